/** `npm run screenshots`: makes the pictures in docs/images with the real app on the demo market, always the same seed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
for (const { name, theme, screen } of PICTURES) {
  const dataDir = mkdtempSync(join(tmpdir(), 'signal-picture-'))
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ theme, welcomed: true }))
  const env = { ...display.env, SIGNAL_DATA_DIR: dataDir, SIGNAL_MODE: 'demo', SIGNAL_DEMO_SEED: '7' }
  const app = await _electron.launch({ executablePath: path, args: [...sandboxFlags, ROOT], env })
  const page = await app.firstWindow()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
  // A minute mark must have passed, so that the bars are there.
  await page.waitForFunction(
    'window.signal.monitor.stats().then((answer) => answer.value.received.bars > 16)',
    null,
    {
      timeout: 120_000,
      polling: 500,
    },
  )
  await page.getByRole('navigation').getByText(screen, { exact: true }).click()
  await page.mouse.move(640, 799)
  await page.screenshot({ path: join(IMAGES, `${name}.png`) })
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
  say(`docs/images/${name}.png`)
}
display.stop()
