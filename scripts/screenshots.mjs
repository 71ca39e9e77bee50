/**
 * `npm run screenshots`: takes the pictures in docs/images with the real app on the demo market, always with
 * the same seed.
 */
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

/** Each picture: the theme, and the keys that open its screen. */
const PICTURES = [
  { name: 'market-dark', theme: 'dark', screen: 'Market' },
  { name: 'market-light', theme: 'light', screen: 'Market' },
  { name: 'ticket', theme: 'dark', screen: 'Market', prepare: stageBracket },
  { name: 'orders', theme: 'dark', screen: 'Orders' },
  { name: 'audit', theme: 'light', screen: 'Audit' },
  { name: 'history', theme: 'dark', screen: 'History' },
  { name: 'settings', theme: 'light', screen: 'Settings' },
]

/** Orders to send before the pictures: a position, an open order, and its timeline. */
const ORDERS = [
  { symbol: 'NVDA', quantity: '40', type: 'market' },
  { symbol: 'PLTR', quantity: '55', type: 'market' },
  { symbol: 'AMD', quantity: '30', type: 'limit', limitPrice: '276.00' },
]

/** Puts a bracket into the ticket, ready for its review. */
async function stageBracket() {
  await page.getByRole('rowheader', { name: 'NFLX', exact: true }).click()
  await page.keyboard.press('Alt+b')
  const ticket = page.getByRole('form', { name: 'Order ticket' })
  await ticket.getByLabel('Exits', { exact: true }).selectOption('bracket')
  await ticket.getByLabel('Quantity', { exact: true }).fill('50')
}

/** Takes away what a trader would have read by now. */
async function dismissMessages() {
  const dismiss = page.getByLabel('Messages').getByRole('button', { name: 'Dismiss', exact: true })
  while ((await dismiss.count()) > 0) await dismiss.first().click()
  await page.mouse.move(640, 799)
}

async function trade() {
  for (const order of ORDERS) {
    const draft = {
      ...order,
      side: 'buy',
      timeInForce: 'day',
      orderClass: 'simple',
      extendedHours: false,
    }
    const intent = crypto.randomUUID()
    const input = JSON.stringify({
      mode: 'demo',
      intent,
      draft,
      accepted: ['PRICE_OUTSIDE_BAND', 'SPREAD_TOO_WIDE'],
    })
    const answer = await page.evaluate(`window.signal.trading.submit(${input})`)
    say(`${order.symbol}: ${answer.ok ? answer.value.state : JSON.stringify(answer.error)}`)
  }
}

const { path } = await findElectron()
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

say('Waiting for 1-minute bars ...')
const bars = () => page.evaluate('window.signal.monitor.stats().then((answer) => answer.value.received.bars)')
while (Number(await bars()) <= 16) await setTimeout(1000)

await trade()
for (const { name, theme, screen, prepare } of PICTURES) {
  await page.evaluate(`window.signal.settings.save({ theme: '${theme}' })`)
  await page.getByRole('navigation').getByText(screen, { exact: true }).click()
  await prepare?.()
  await page.mouse.move(640, 799)
  await setTimeout(1000) // the new theme is drawn, and prices have moved
  await dismissMessages()
  await page.screenshot({ path: join(IMAGES, `${name}.png`) })
  say(`docs/images/${name}.png`)
}
await app.close()
rmSync(dataDir, { recursive: true, force: true })
display.stop()
