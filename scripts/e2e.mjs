/**
 * Tests the real app end to end: builds it, finds its Electron and a display, and runs Playwright, which gets
 * any further arguments (`npm run test:e2e -- -g "settings"`).
 */
import { findElectron } from './electron.mjs'
import { ensureBuilt } from './lib/build.mjs'
import { ensureChromium, PLAYWRIGHT } from './lib/chromium.mjs'
import { foreground, say } from './lib/run.mjs'
import { ensureLibraries, openDisplay } from './lib/system.mjs'

try {
  const electron = await findElectron()
  ensureLibraries(electron.path)
  ensureChromium()
  ensureBuilt()
  const display = await openDisplay()
  const env = { ...display.env, SIGNAL_TEST_ELECTRON: electron.path }
  process.exitCode = await foreground(process.execPath, [PLAYWRIGHT, 'test', ...process.argv.slice(2)], env)
  display.stop()
} catch (cause) {
  say(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 1
}
