import { join } from 'node:path'
import type { Page } from '@playwright/test'
import BetterSqlite3 from 'better-sqlite3'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { newYorkTime } from '../../src/shared/calendar/new-york.ts'
import { exchangeDayOf } from '../../src/shared/exchange-calendar.ts'
import { childrenOf } from '../support/children-of.ts'
import { isAlive } from '../support/is-alive.ts'
import { recordingProxy } from '../support/recording-proxy.ts'
import { environmentOf, expect, test, type SignalApp } from '../support/signal-app.ts'

const SYMBOLS = ['AAPL', 'TSLA']

/** How to poll for a load that is to be stopped halfway, and the fault that then keeps it there. */
const POLL = { intervals: [50] }
const BARS_HANG = { kind: 'no-answer', path: '/v2/stocks' } as const

const region = (page: Page) => page.getByRole('region', { name: 'Load history' })
const button = (page: Page, name: string) => region(page).getByRole('button', { name, exact: true })
const whole = (page: Page) => region(page).getByRole('progressbar', { name: 'Whole load' })
/** How many bars the displayed load has stored. */
const stored = async (page: Page) =>
  Number(
    /([\d,]+) bars/.exec((await whole(page).getAttribute('aria-valuetext')) ?? '')?.[1]?.replaceAll(',', ''),
  )

async function choose(page: Page, days: string): Promise<void> {
  await expect(page.getByRole('status', { name: 'Database' })).toHaveText('Database: OK')
  await page.keyboard.press('Control+4')
  await region(page).getByRole('radio', { name: days }).check()
}

/** Records desktop notifications, since a test has no desktop to show them. */
async function notifications({ electron }: SignalApp): Promise<() => Promise<readonly string[]>> {
  const shown = await electron.evaluateHandle(({ Notification }) => {
    const texts: string[] = []
    Notification.isSupported = () => true
    Notification.prototype.show = function show(this: Electron.Notification) {
      texts.push(`${this.title}: ${this.body}`)
    }
    return texts
  })
  return () => shown.evaluate((texts) => [...texts])
}

test('a month of two symbols is checked, loaded into SQLite, announced, and verified', async ({
  launch,
  market,
}) => {
  const app = await launch({ env: environmentOf(market, SYMBOLS) })
  const { page } = app
  const reported = await notifications(app)
  await choose(page, '1 month')
  await button(page, 'Check coverage').click()
  const aapl = page.getByRole('region', { name: 'Coverage of AAPL' })
  await expect(aapl).toContainText(/To download: /)
  await button(page, 'Start').click()
  await expect(page.getByText('Download complete.')).toBeVisible()
  for (const symbol of SYMBOLS) {
    await expect(region(page).getByRole('progressbar', { name: symbol })).toHaveAttribute(
      'aria-valuenow',
      '100',
    )
  }

  await expect
    .poll(reported)
    .toEqual([expect.stringMatching(/^Signal: history downloaded: [\d,]+ bars of 2 symbols$/)])

  await button(page, 'View report').click()
  const report = page.getByRole('table', { name: 'Verified symbols' })
  await expect(report.getByRole('rowheader')).toHaveCount(2)
  await expect(report).toContainText('Demo market')
  await expect(page.getByRole('region', { name: 'Quality by symbol and month' })).toBeVisible()

  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Coverage' }).click()
  await expect(aapl).toContainText(/\d\d+ of \d\d+ days/)
  await expect(aapl.getByRole('slider')).toHaveAttribute('aria-valuetext', /\d+ of \d+ minutes/)
  await aapl.getByRole('slider').focus()
  await page.keyboard.press('Home')
  await expect(aapl.getByRole('slider')).toHaveAttribute(
    'aria-valuetext',
    /: \d+ of (390|210) minutes, (complete|all this feed has)$/,
  )
})

test('a load continues by itself when Signal is closed halfway and opened again', async ({
  launch,
  market,
}) => {
  const env = environmentOf(market, SYMBOLS)
  const first = await launch({ env })
  await choose(first.page, '1 year')
  market.injectFault({ kind: 'slow', ms: 500 })
  await button(first.page, 'Start').click()
  await expect.poll(() => stored(first.page), POLL).toBeGreaterThanOrEqual(20_000)
  market.injectFault(BARS_HANG)
  await expect(region(first.page).getByRole('heading', { name: 'Downloading AAPL, TSLA' })).toBeVisible()
  const before = await stored(first.page)
  await first.close()

  market.clearFaults()
  const { page } = await launch({ env })
  await expect(page.getByRole('status', { name: 'Database' })).toHaveText('Database: OK')
  await page.keyboard.press('Control+4')
  await expect(
    region(page).getByRole('heading', { name: /^(Downloading|Downloaded) AAPL, TSLA$/ }),
  ).toBeVisible()
  await expect.poll(() => stored(page)).toBeGreaterThanOrEqual(before)
  await expect(page.getByText('Download complete.')).toBeVisible({ timeout: 30_000 })
})

test('a load continues by itself when Signal is killed halfway, and has every bar exactly once', async ({
  launch,
  market,
  dataDir,
}) => {
  const proxy = await recordingProxy(market.urls.dataUrl)
  const env = { ...environmentOf(market, SYMBOLS), ALPACA_DATA_URL: proxy.url }
  // The warm-up requests all symbols together; a load requests each on its own.
  const pagesOf = (symbol: string) => proxy.asked.filter((asked) => asked.symbol === symbol)
  const killed = await launch({ env })
  await choose(killed.page, '1 year')
  market.injectFault({ kind: 'slow', ms: 500 })
  await button(killed.page, 'Start').click()
  await expect.poll(() => stored(killed.page), POLL).toBeGreaterThanOrEqual(40_000)
  market.injectFault(BARS_HANG)
  const main = killed.electron.process()
  const pids = [main.pid ?? 0, ...childrenOf(main.pid ?? 0)]
  expect(pids.length).toBeGreaterThan(2)
  main.kill('SIGKILL')
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
  const before = SYMBOLS.map((symbol) => ({
    symbol,
    ...storedIn(dataDir, symbol),
    pages: pagesOf(symbol).length,
  }))
  for (const { bars } of before) expect(bars).toBeGreaterThan(0)

  market.clearFaults()
  const { page, close } = await launch({ env })
  await page.keyboard.press('Control+4')
  await expect(page.getByText('Download complete.')).toBeVisible({ timeout: 30_000 })
  const today = newYorkTime(exchangeDayOf(Date.now()), '00:00')
  await close()
  for (const { symbol, reached, pages } of before) {
    const [first, ...further] = pagesOf(symbol).slice(pages)
    expect(first, symbol).toEqual({ symbol, start: reached, isFurther: false })
    expect(further.every(({ isFurther }) => isFurther)).toBe(true)
    const { minutes } = storedIn(dataDir, symbol, today)
    expect(minutes).toEqual(await sentBy(market, symbol, pagesOf(symbol)[0]?.start ?? 0, today))
    // Pages of 10,000; one more for where it was cut, and one for what was in flight then.
    expect(pagesOf(symbol).length).toBeLessThanOrEqual(Math.ceil(minutes.length / 10_000) + 2)
  }
  proxy.close()
})

/** The minutes of a symbol in the file, oldest first, up to where the loader has recorded it as complete. */
function storedIn(dataDir: string, symbol: string, until = Infinity) {
  const file = new BetterSqlite3(join(dataDir, 'signal.demo.sqlite'), { readonly: true })
  const minutes = file
    .prepare<[string, number], number>(
      'select bar_time from market_bars where symbol = ? and bar_time < ? order by bar_time',
    )
    .pluck()
    .all(symbol, until)
  const reached = file
    .prepare<[string], number>('select max(until_time) from coverage where symbol = ?')
    .pluck()
    .get(symbol)
  file.close()
  return { minutes, bars: minutes.length, reached }
}

/** The minutes that the market itself has for a symbol, oldest first. */
async function sentBy(market: DemoMarket, symbol: string, from: number, until: number) {
  const client = new AlpacaClient(alpacaConfig(market.environment))
  const bars = await client.getBars({ symbols: [symbol], start: from, end: until - 60_000, feed: 'sip' })
  return (bars.get(symbol) ?? []).map(({ at }) => at)
}
