import { app } from 'electron'
import { pause, type Clock } from '#process/clock'

/** However long closing takes, the user's wish to quit is granted after this. */
const LONGEST_MS = 2_000

/** Lets the app close its connections before it quits. */
export function closeBeforeQuit(close: () => Promise<void>, clock: Clock): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    // Electron 25 was once seen to stay after exit(), when it had just started a process of ours.
    clock.after(2 * LONGEST_MS, () => process.kill(process.pid, 'SIGKILL'))
    // Not quit(), which does nothing while this event is still being told.
    void Promise.race([close(), pause(clock, LONGEST_MS)]).finally(() => setImmediate(() => app.exit()))
  })
}
