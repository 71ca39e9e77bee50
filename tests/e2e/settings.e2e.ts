import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { connection, health, inMain, price, row, statusBar } from '../support/market-page.ts'
import { environmentOf, expect, SYMBOLS, test } from '../support/signal-app.ts'

const openSettings = (page: Page) => page.keyboard.press('Control+,')
const openMarket = (page: Page) => page.keyboard.press('Control+1')

/** Connected to the market, with a watchlist that the environment does not fix. */
function freeSymbols(market: DemoMarket): Record<string, string> {
  const { SIGNAL_SYMBOLS: _fixed, ...env } = environmentOf(market)
  return env
}

const keepSettings = (dataDir: string, settings: unknown) =>
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings))

test('theme, palette, symbols, throttle and notifications survive a restart', async ({
  launch,
  dataDir,
  market,
}) => {
  keepSettings(dataDir, { symbols: SYMBOLS, welcomed: true })
  const first = await launch({ env: freeSymbols(market) })
  await openSettings(first.page)
  await first.page.getByLabel('Theme').selectOption('dark')
  await first.page.getByLabel('Palette').selectOption('color-blind')
  await first.page.getByLabel('Symbols', { exact: true }).fill('amd')
  await first.page.keyboard.press('Enter')
  await first.page.getByLabel('Refresh rate').fill('250')
  await first.page.keyboard.press('Enter')
  await first.page.getByLabel('Feed notifications').uncheck()
  await expect(first.page.getByText('Feed notifications: off')).toBeVisible()
  await first.close()

  const { page } = await launch({ env: freeSymbols(market) })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'color-blind')
  await openMarket(page)
  await expect(page.getByRole('rowheader')).toHaveText([...SYMBOLS, 'AMD'])
  await openSettings(page)
  await expect(page.getByLabel('Refresh rate')).toHaveValue('250')
  await expect(page.getByLabel('Feed notifications')).not.toBeChecked()
})

test('an added symbol gets its price immediately, a removed one is gone, the others continue', async ({
  launch,
  dataDir,
  market,
}) => {
  keepSettings(dataDir, { symbols: ['AAPL', 'TSLA'], welcomed: true })
  const { page } = await launch({ env: freeSymbols(market) })
  await expect(price(page, 'AAPL')).toHaveAttribute('data-freshness', 'live')
  await openSettings(page)
  await page.getByLabel('Symbols', { exact: true }).fill('ibm')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Remove TSLA' }).click()
  await openMarket(page)
  await expect(page.getByRole('rowheader')).toHaveText(['AAPL', 'IBM'])
  await expect(price(page, 'IBM')).toHaveText(/\d\.\d/)
  await expect(price(page, 'IBM')).toHaveAttribute('data-freshness', 'live')
  await expect(connection(page)).toHaveText('Connected')
  expect(market.sent().connections).toBe(1)
  const quotesOf = (symbol: string) => market.sent().bySymbol[symbol]?.quotes ?? 0
  await expect
    .poll(async () => {
      const [tesla, ibm] = [quotesOf('TSLA'), quotesOf('IBM')]
      await expect.poll(() => quotesOf('IBM')).toBeGreaterThan(ibm + 5)
      return quotesOf('TSLA') - tesla
    })
    .toBe(0)
})

test('text that is not a list of symbols is refused in words and changes nothing', async ({
  launch,
  dataDir,
  market,
}) => {
  keepSettings(dataDir, { symbols: ['AAPL'], welcomed: true })
  const { page } = await launch({ env: freeSymbols(market) })
  await openSettings(page)
  await page.getByLabel('Symbols', { exact: true }).fill('12x')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Invalid symbol: 12x')).toBeVisible()
  await page.getByLabel('Refresh rate').fill('20')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Refresh rate is at least 50 ms. Kept 100 ms.')).toBeVisible()
  await openMarket(page)
  await expect(page.getByRole('rowheader')).toHaveText(['AAPL'])
})

test('what the environment fixes is shown as fixed, with the name of the variable', async ({
  shared: { page, market },
}) => {
  await openSettings(page)
  await expect(page.getByLabel('Mode')).toBeDisabled()
  await expect(page.getByLabel('Symbols', { exact: true })).toBeDisabled()
  await expect(page.getByLabel('Feed', { exact: true })).toBeDisabled()
  for (const variable of ['SIGNAL_MODE', 'SIGNAL_SYMBOLS', 'ALPACA_WS_URL']) {
    await expect(page.getByText(`Set by ${variable} (environment)`)).toBeVisible()
  }
  const end = market.environment['ALPACA_API_KEY']?.slice(-4)
  await expect(page.getByText(`Key ending in ${end}, set by environment variable.`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove AAPL' })).toHaveCount(0)
})

test('a broken settings file is backed up, defaults are used, and a warning is shown', async ({
  launch,
  dataDir,
  market,
}) => {
  writeFileSync(join(dataDir, 'settings.json'), '{"theme": "dark", oops')
  const { page } = await launch({ env: environmentOf(market) })
  await expect(
    page.getByText(/settings file couldn’t be read .* Backed up as .*; using defaults/),
  ).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(connection(page)).toHaveText('Connected')
  const kept = readdirSync(dataDir).filter((name) => name.startsWith('settings.json.broken-'))
  expect(kept).toHaveLength(1)
  expect(readFileSync(join(dataDir, kept[0] ?? ''), 'utf8')).toBe('{"theme": "dark", oops')
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByText(/settings file couldn’t be read/)).toHaveCount(0)
})

test('one setting that breaks its rule is named, and the others apply', async ({
  launch,
  dataDir,
  market,
}) => {
  keepSettings(dataDir, { theme: 'dark', throttleMs: 5 })
  const { page } = await launch({ env: environmentOf(market) })
  await expect(page.getByText('The setting "throttleMs" is at least 50 ms; using its default.')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('malformed variables are named with their rule, and the app starts anyway', async ({ launch }) => {
  const { page } = await launch({
    env: { SIGNAL_SYMBOLS: 'AAPL,B@D,TSLA', SIGNAL_MODE: 'casino', ALPACA_API_KEY: 'PKONLYTHEKEY' },
  })
  await expect(page.getByText(/SIGNAL_SYMBOLS: Invalid symbol: B@D/)).toBeVisible()
  await expect(page.getByText(/SIGNAL_MODE is ignored/)).toBeVisible()
  await expect(
    page.getByText(/API keys from the environment aren’t used: .*ALPACA_API_SECRET is missing/),
  ).toBeVisible()
  await expect(page.getByText('DEMO', { exact: true })).toBeVisible()
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('rowheader')).toHaveText(['AAPL', 'TSLA'])
})

test('paper mode without keys says that it is not configured, and what to do', async ({ launch }) => {
  const { page } = await launch({ env: { SIGNAL_MODE: 'paper' } })
  await expect(connection(page)).toHaveText('Not configured')
  await expect(page.getByText('PAPER', { exact: true })).toBeVisible()
  await expect(health(page)).toHaveText('Error')
  const words = /No Alpaca API keys/
  await expect(inMain(page, words)).toBeVisible()
  await expect(statusBar(page)).not.toContainText(words) // not twice
  await expect(price(page, 'AAPL')).toHaveAttribute('data-freshness', 'waiting')
})

test('a data folder that cannot be written does not stop the app from starting, and is reported', async ({
  launch,
  dataDir,
  market,
}) => {
  const occupied = join(dataDir, 'occupied')
  writeFileSync(occupied, 'a file stands where the folder should be')
  const { page } = await launch({ env: environmentOf(market), dataDir: occupied })
  await expect(connection(page)).toHaveText('Connected')
  await expect(row(page, 'AAPL')).toBeVisible()
  await expect(inMain(page, /Can’t write to .*occupied/)).toBeVisible()
  await page.keyboard.press('Alt+t')
  await expect(page.getByLabel('Messages')).toContainText(/Not saved: can’t write to .*occupied/)
})
