/**
 * `npm start`: builds what changed, finds an Electron and a display, prints what it runs on, and opens
 * Signal.
 */
import { describeRuntime, findElectron } from './electron.mjs'
import { ensureBuilt, ROOT } from './lib/build.mjs'
import { isChromiumNoise } from './lib/chromium-noise.mjs'
import { foreground, say } from './lib/run.mjs'
import { ensureLibraries, openDisplay, sandboxFlags } from './lib/system.mjs'

try {
  const runtime = await findElectron()
  ensureLibraries(runtime.path)
  ensureBuilt()
  const display = await openDisplay()
  const notes = [
    describeRuntime(runtime),
    ...(display.virtual ? ['on a virtual display'] : []),
    ...(sandboxFlags.length > 0 ? ['as root, so without Chromium’s own sandbox'] : []),
  ]
  say(`Signal runs on ${notes.join('; ')}.`)
  process.exitCode = await foreground(runtime.path, [...sandboxFlags, ROOT], display.env, isChromiumNoise)
  display.stop()
} catch (cause) {
  say(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 1
}
