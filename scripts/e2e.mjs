/**
 * The real app, end to end: builds it, finds its Electron and a display, and runs Playwright, whose further arguments
 * are passed on (`npm run test:e2e -- -g "settings"`).
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findElectron } from './electron.mjs'
import { ensureBuilt } from './lib/build.mjs'
import { foreground, say } from './lib/run.mjs'
import { ensureLibraries, installPackages, isRootOnDebian, onPath, openDisplay } from './lib/system.mjs'

try {
  const electron = findElectron()
  ensureLibraries(electron.path)
  // Stands for the newer Chromium of the official Electron; its test says why it is skipped where there is none.
  if (!onPath('chromium') && isRootOnDebian) installPackages(['chromium'], 'There is no Chromium')
  ensureBuilt()
  const display = await openDisplay()
  const env = { ...display.env, SIGNAL_TEST_ELECTRON: electron.path }
  const playwright = dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json'))
  const args = [join(playwright, 'cli.js'), 'test', ...process.argv.slice(2)]
  process.exitCode = await foreground(process.execPath, args, env)
  display.stop()
} catch (cause) {
  say(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 1
}
