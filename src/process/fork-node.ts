// oxlint-disable-next-line no-restricted-imports -- The one place that may, since it always says which Node.
import { fork } from 'node:child_process'
import type { Fork } from './supervisor.ts'

interface ForkNodeOptions {
  /** The Node to run it with. Without one, a packaged Electron would start the whole app again. */
  readonly node: string
  readonly entry: string
  readonly env: Readonly<Record<string, string>>
  readonly flags: readonly string[]
}

/** Runs a built entry with a Node of its own. */
export const forkNode =
  ({ node, entry, env, flags }: ForkNodeOptions): Fork =>
  () => {
    const child = fork(entry, {
      execPath: node,
      env: { ...env },
      execArgv: [...flags],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    return {
      send: (message) => {
        if (!child.connected || message === null || typeof message !== 'object') return
        child.send(message, () => {}) // without a callback, a process that just died would crash main
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
