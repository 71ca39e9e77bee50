import { backoffMs } from '#shared/backoff'
import type { ProcessState } from '#shared/health'
import type { Clock } from './clock.ts'
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
  readonly clock: Clock
  readonly log: Log
  /** Sends the process what it needs to start; called at every start. */
  readonly onStart: (child: Child) => void
  readonly onMessage: (message: unknown, child: Child) => void
  readonly onState: (state: ProcessState) => void
}

/** The pause before a restart, doubled while the process keeps dying. */
const DELAYS = { firstMs: 250, longestMs: 30_000 }
/** A process that lived this long counts as healthy: its next death is the first again. */
const SOUND_AFTER_MS = 30_000

/** Keeps a process running: restarts it whenever it dies, with growing pauses. Returns its stop. */
export function supervise(supervision: Supervision): () => void {
  const { name, fork, clock, log, onStart, onMessage, onState } = supervision
  let child: Child | undefined
  let stopWaiting = () => {}
  let stopped = false
  let deaths = 0

  const start = () => {
    onState(deaths === 0 ? 'starting' : 'restarting')
    const startedAt = clock.now()
    const started = fork()
    child = started
    started.onMessage((message) => {
      if (!stopped) onMessage(message, started)
    })
    started.onExit((code) => {
      if (stopped) return
      if (clock.now() - startedAt > SOUND_AFTER_MS) deaths = 0
      const delayMs = backoffMs(DELAYS, deaths++)
      log.error({ code, delayMs }, `The ${name} process ended; starting it again`)
      onState('restarting')
      stopWaiting = clock.after(delayMs, start)
    })
    onStart(started)
  }

  start()
  return () => {
    stopped = true
    stopWaiting()
    child?.kill()
    onState('stopped')
  }
}
