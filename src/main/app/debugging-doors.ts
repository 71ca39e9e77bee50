import { app } from 'electron'
import { unknownSwitches } from './unknown-switches.ts'

/**
 * Takes from a packaged Signal every switch that it does not know, before Chromium acts on it: some open a debugging port or
 * start other programs, which no fuse prevents. Must run before the app is ready. Returns what to tell the user.
 */
export function refuseSwitches(): readonly string[] {
  if (!app.isPackaged) return []
  const names = unknownSwitches(process.argv.slice(1), process.platform)
  for (const name of names) app.commandLine.removeSwitch(name)
  return names.map(
    (name) => `Signal was started with --${name}, which it does not support. Start it without.`,
  )
}

/**
 * Keeps a packaged Signal running when it gets the signal that asks Node for a debugger: no debugger opens, and without a
 * listener the signal would end it.
 */
export function ignoreDebuggerSignal(): void {
  if (app.isPackaged && process.platform !== 'win32') process.on('SIGUSR1', () => {})
}
