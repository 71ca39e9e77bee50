import type { ProcessState } from '#shared/health'
import type { Log } from './log.ts'

/** A process beside main, with messages in both directions. */
export interface Child {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also if it was killed or could not be started. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}

/** Starts a process. Electron's utilityProcess in the app, child_process in tests. */
export type Fork = () => Child

interface Supervision {
  readonly name: string
  readonly fork: Fork
  readonly log: Log
  /** Sends the process what it needs to start; called at every start. */
  readonly onStart: (child: Child) => void
  readonly onMessage: (message: unknown, child: Child) => void
  readonly onState: (state: ProcessState) => void
  /** First pause before a restart, doubled up to 30 s while it keeps dying. */
  readonly firstDelayMs?: number
}

const LONGEST_DELAY_MS = 30_000
/** A process that lived this long counts as healthy: its next death is the first again. */
const SOUND_AFTER_MS = 30_000

/** Keeps a process running: restarts it whenever it dies, with growing pauses. Returns its stop. */
export function supervise(supervision: Supervision): () => void {
  const { name, fork, log, onStart, onMessage, onState, firstDelayMs = 250 } = supervision
  let child: Child | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let deaths = 0

  const start = () => {
    onState(deaths === 0 ? 'starting' : 'restarting')
    const startedAt = Date.now()
    const started = fork()
    child = started
    started.onMessage((message) => {
      if (!stopped) onMessage(message, started)
    })
    started.onExit((code) => {
      if (stopped) return
      if (Date.now() - startedAt > SOUND_AFTER_MS) deaths = 0
      const delayMs = Math.min(LONGEST_DELAY_MS, firstDelayMs * 2 ** deaths++)
      log.error({ code, delayMs }, `The ${name} process ended; starting it again`)
      onState('restarting')
      timer = setTimeout(start, delayMs)
    })
    onStart(started)
  }

  start()
  return () => {
    stopped = true
    clearTimeout(timer)
    child?.kill()
    onState('stopped')
  }
}
