import { app, dialog } from 'electron'
import type { Log } from '#process/log'

/**
 * Tells the user that Signal could not start, and quits: without a window it would look as if it had never
 * been started.
 */
export async function endFailedStart(cause: unknown, log: Log, logFile: string): Promise<void> {
  log.error({ err: cause }, 'Signal could not start')
  await dialog.showMessageBox({
    type: 'error',
    title: 'Signal',
    message: 'Signal could not start.',
    detail: `${cause instanceof Error ? cause.message : String(cause)}\n\nWhat happened stands in ${logFile}. Start Signal again; if this stays, report it with that file.`,
    buttons: ['Quit'],
  })
  app.exit(1)
}
