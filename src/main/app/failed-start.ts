import { app, dialog } from 'electron'
import type { Log } from '#process/log'

/**
 * Tells the user that Signal could not start, and quits: without a window it would look as if it had never
 * been started.
 */
export async function endFailedStart(cause: unknown, log: Log, logFile: string): Promise<void> {
  log.error({ err: cause }, 'Signal could not start')
  const reason = cause instanceof Error ? cause.message : String(cause)
  await endWith(
    'Signal couldn’t start.',
    `${reason}\n\nDetails are in ${logFile}. Restart Signal; if it persists, report it with that file.`,
  )
}

/**
 * Tells the user why this version does not start on these data, and quits. Nothing has been started yet, and a version
 * that fits may start meanwhile.
 */
export async function refuseStart(reason: string, log: Log): Promise<void> {
  app.releaseSingleInstanceLock()
  app.on('will-quit', () => app.exit(1)) // by the system, while nobody is there to press the button
  await app.whenReady()
  log.error(`Signal did not start: ${reason}`)
  await endWith('This version of Signal is too old for its data.', reason)
}

async function endWith(message: string, detail: string): Promise<void> {
  await dialog.showMessageBox({ type: 'error', title: 'Signal', message, detail, buttons: ['Quit'] })
  app.exit(1)
}
