import type { Page } from '@playwright/test'
import { environmentOf, expect, test, type SignalApp } from '../support/signal-app.ts'

const SYMBOLS = ['AAPL', 'TSLA']

const region = (page: Page) => page.getByRole('region', { name: 'Load history' })
const button = (page: Page, name: string) => region(page).getByRole('button', { name, exact: true })
const whole = (page: Page) => region(page).getByRole('progressbar', { name: 'Whole load' })
/** How many bars the load that is shown has stored. */
const stored = async (page: Page) =>
  Number(
    /([\d,]+) bars/.exec((await whole(page).getAttribute('aria-valuetext')) ?? '')?.[1]?.replaceAll(',', ''),
  )

async function choose(page: Page, days: string): Promise<void> {
  await expect(page.getByRole('status', { name: 'Database' })).toHaveText('Database open')
  await page.keyboard.press('Control+4')
  await region(page).getByRole('radio', { name: days }).check()
}

/** Takes down the desktop notifications, which no desktop of a test shows. */
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

test('a month of two symbols is looked at, loaded into SQLite, told, and verified', async ({
  launch,
  market,
}) => {
  const app = await launch({ env: environmentOf(market, SYMBOLS) })
  const { page } = app
  const told = await notifications(app)
  await choose(page, '1 month')
  await button(page, 'See coverage').click()
  const aapl = page.getByRole('region', { name: 'Coverage of AAPL' })
  await expect(aapl).toContainText(/To load: /)
  await button(page, 'Start').click()
  await expect(page.getByText('All that was missing is stored.')).toBeVisible()
  for (const symbol of SYMBOLS) {
    await expect(region(page).getByRole('progressbar', { name: symbol })).toHaveAttribute(
      'aria-valuenow',
      '100',
    )
  }

  await expect
    .poll(told)
    .toEqual([expect.stringMatching(/^Signal: history is loaded: [\d,]+ bars of 2 symbols$/)])

  await button(page, 'Show the report').click()
  const report = page.getByRole('region', { name: 'Verified symbols' })
  await expect(report.getByRole('rowheader')).toHaveCount(2)
  await expect(report).toContainText('Demo market')
  await expect(page.getByRole('region', { name: 'Quality by symbol and month' })).toBeVisible()

  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Coverage' }).click()
  await expect(aapl).toContainText(/\d\d+ of \d\d+ days/)
  await expect(aapl.getByRole('slider')).toHaveAttribute('aria-valuetext', /\d+ of \d+ minutes/)
  await aapl.getByRole('slider').focus()
  await page.keyboard.press('Home')
  await expect(aapl.getByRole('slider')).toHaveAttribute('aria-valuetext', /: 390 of 390 minutes, complete$/)
})

test('a load goes on by itself when Signal is closed in the middle of it and opened again', async ({
  launch,
  market,
}) => {
  const env = environmentOf(market, SYMBOLS)
  const first = await launch({ env })
  await choose(first.page, '1 year')
  market.misbehave({ kind: 'slow', ms: 500 })
  await button(first.page, 'Start').click()
  await expect.poll(() => stored(first.page)).toBeGreaterThanOrEqual(20_000)
  await expect(region(first.page).getByRole('heading', { name: 'Loading AAPL, TSLA' })).toBeVisible()
  const before = await stored(first.page)
  await first.close()

  market.behave()
  const { page } = await launch({ env })
  await expect(page.getByRole('status', { name: 'Database' })).toHaveText('Database open')
  await page.keyboard.press('Control+4')
  await expect(region(page).getByRole('heading', { name: /^(Loading|Loaded) AAPL, TSLA$/ })).toBeVisible()
  expect(await stored(page)).toBeGreaterThanOrEqual(before)
  await expect(page.getByText('All that was missing is stored.')).toBeVisible({ timeout: 30_000 })
})
