import { fork } from 'node:child_process'
import type { TradingHandlers } from '../../src/main/execution/index.ts'
import { once } from 'node:events'
import { expect } from 'vitest'
import type { AuditEvent } from '../../src/shared/trading/audit.ts'
import type { TradingSnapshot } from '../../src/shared/trading/account.ts'
import { withCompileCache } from './compile-cache.ts'
import { Inbox } from './inbox.ts'
import { isAlive } from './is-alive.ts'
import type { HostOptions, HostWord } from './trading-host.ts'

type ExecutionEngine = TradingHandlers

/** Starts main's trading in its own process, and resolves once it may trade. */
export async function startTradingHost(options: HostOptions) {
  const child = fork(new URL('./trading-host.ts', import.meta.url), [JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: withCompileCache(),
  })
  const [text, events] = [new Inbox<HostWord>(), new Inbox<AuditEvent>()]
  let shown: TradingSnapshot | undefined
  child.on('message', (word: HostWord) => {
    if (word.type === 'event') events.add(word.event)
    if (word.type === 'shown') shown = word.snapshot
    text.add(word)
  })
  let calls = 0
  const ready = await text.until<Extract<HostWord, { type: 'ready' }>>(({ type }) => type === 'ready')
  const storagePid = ready.storagePid ?? 0
  return {
    events,
    storagePid,
    /** Sends a call of the contract, and resolves with its answer, if the process lives that long. */
    async ask<Name extends keyof ExecutionEngine>(name: Name, input: Parameters<ExecutionEngine[Name]>[0]) {
      const id = ++calls
      child.send({ id, name, input })
      const { answer } = await text.until<Extract<HostWord, { type: 'answer' }>>(
        (word) => word.type === 'answer' && word.id === id,
      )
      return answer as Awaited<ReturnType<ExecutionEngine[Name]>> // what that call answers
    },
    /** Resolves once this is true of what a window would show. */
    async when(holds: (shown: TradingSnapshot) => boolean): Promise<void> {
      await text.until(() => shown !== undefined && holds(shown), Math.max(0, text.items.length - 1))
    },
    /** kill -9; resolves once the storage process has noticed and ended too. */
    async kill(): Promise<void> {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await expect.poll(() => isAlive(storagePid), { timeout: 10_000 }).toBe(false)
    },
    /** kill -9 of both together, as when the machine loses power. */
    async killAll(): Promise<void> {
      process.kill(storagePid, 'SIGKILL')
      await this.kill()
    },
  }
}

export type TradingHost = Awaited<ReturnType<typeof startTradingHost>>
