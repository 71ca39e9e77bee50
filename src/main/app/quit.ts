import { app } from 'electron'
import { within, type Clock } from '#process/clock'

/** Signal quits after this time, however long closing takes. */
const LONGEST_MS = 2_000

/** Lets the app close its connections before it quits. */
export function closeBeforeQuit(close: () => Promise<void>, clock: Clock): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    // Electron 25 once stayed open after exit(), when it had just started one of our processes.
    clock.after(2 * LONGEST_MS, () => process.kill(process.pid, 'SIGKILL'))
    // Not quit(), which does nothing while this event is being handled.
    void within(clock, LONGEST_MS, close()).finally(() => setImmediate(() => app.exit()))
  })
}
