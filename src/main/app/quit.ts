import { app } from 'electron'

/** However long closing takes, the user's wish to quit is granted after this. */
const LONGEST_MS = 2_000

/** Lets the app close its connections before it quits. */
export function closeBeforeQuit(close: () => Promise<void>): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    const timeout = new Promise((resolve) => setTimeout(resolve, LONGEST_MS))
    // Electron 25 was once seen to stay after exit(), when it had just started a process of ours.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2 * LONGEST_MS)
    // Not quit(), which does nothing while this event is still being told.
    void Promise.race([close(), timeout]).finally(() => setImmediate(() => app.exit()))
  })
}
