/** `npm run screenshots`: makes the pictures in docs/images with the real app on the demo market, always the same seed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { _electron } from '@playwright/test'
import { findElectron } from './electron.mjs'
import { ensureBuilt, ROOT } from './lib/build.mjs'
import { say } from './lib/run.mjs'
import { ensureLibraries, openDisplay, sandboxFlags } from './lib/system.mjs'

const IMAGES = join(ROOT, 'docs', 'images')

/** Each picture: the theme, and the keys that lead to its screen. */
const PICTURES = [
  { name: 'market-dark', theme: 'dark', screen: 'Market' },
  { name: 'market-light', theme: 'light', screen: 'Market' },
  { name: 'history', theme: 'dark', screen: 'History' },
  { name: 'settings', theme: 'light', screen: 'Settings' },
]

const { path } = findElectron()
ensureLibraries(path)
ensureBuilt()
const display = await openDisplay()
mkdirSync(IMAGES, { recursive: true })
const dataDir = mkdtempSync(join(tmpdir(), 'signal-picture-'))
writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ welcomed: true }))
const env = { ...display.env, SIGNAL_DATA_DIR: dataDir, SIGNAL_MODE: 'demo', SIGNAL_DEMO_SEED: '7' }
const app = await _electron.launch({ executablePath: path, args: [...sandboxFlags, ROOT], env })
const page = await app.firstWindow()
await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))

say('Waiting for the first minute bars ...')
const bars = () => page.evaluate('window.signal.monitor.stats().then((answer) => answer.value.received.bars)')
while (Number(await bars()) <= 16) await setTimeout(1000)

for (const { name, theme, screen } of PICTURES) {
  await page.evaluate(`window.signal.settings.save({ theme: '${theme}' })`)
  await page.getByRole('navigation').getByText(screen, { exact: true }).click()
  await page.mouse.move(640, 799)
  await setTimeout(1000) // the new theme has been drawn, and prices have moved
  await page.screenshot({ path: join(IMAGES, `${name}.png`) })
  say(`docs/images/${name}.png`)
}
await app.close()
rmSync(dataDir, { recursive: true, force: true })
display.stop()
