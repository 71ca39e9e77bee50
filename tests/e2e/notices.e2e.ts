import type { Page } from '@playwright/test'
import type { TradingNotice } from '../../src/shared/trading/notice.ts'
import { stockSymbol } from '../../src/shared/units.ts'
import { expectAccessibleInEveryLook } from '../support/accessibility.ts'
import { chromiumPath, expect, holdTimers, NO_CHROMIUM, NOW, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const messages = (page: Page) => page.getByLabel('Messages')
const toasts = (page: Page) => messages(page).locator('[data-toast]')
const ticket = (page: Page) => page.getByRole('form', { name: 'Order ticket' })
const field = (page: Page, name: string) => ticket(page).getByLabel(name, { exact: true })
const orders = (page: Page) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: /^Orders/ })

const notice = (nth: number, more: Partial<TradingNotice> = {}): TradingNotice => ({
  kind: 'fill',
  key: `order ${nth}`,
  tone: 'done',
  text: `Bought ${nth} AAPL. Avg $228.00.`,
  symbol: stockSymbol.parse('AAPL'),
  orderId: String(nth),
  ...more,
})

test('a cancel is told, and Undo puts the order into the ticket, ready to be reviewed', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await page.keyboard.press('Alt+x')
  await expect(toasts(page)).toHaveText(/Canceled: Buy 50 NVDA limit 139\.50/)
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(field(page, 'Symbol')).toHaveValue('NVDA')
  await expect(field(page, 'Quantity')).toHaveValue('50')
  await expect(field(page, 'Limit price')).toHaveValue('139.50')
  await expect(field(page, 'Time in force')).toHaveValue('gtc')
  await expect(field(page, 'Quantity')).toBeFocused()
  expect(await page.evaluate('fake.submissions()')).toEqual([])
})

test('a cancel that is rejected says why, and leaves once the order is closed', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await tell('refuseNext', [
    { code: 'UNCONFIRMED', level: 'refuse', sentence: 'Order unconfirmed; cancel when found.' },
  ])
  await page.keyboard.press('Alt+x')
  const failed = 'Cancel failed: Buy 50 NVDA limit 139.50. Order unconfirmed; cancel when found.'
  await expect(toasts(page)).toHaveText(failed)
  const order = await page.evaluate<never>(
    `signal.trading.snapshot().then(({ value }) => value.orders.find(({ id }) => id === 'earlier-nvda'))`,
  )
  await tell('tradingChange', { orders: [{ ...(order as object), state: 'expired' } as never] })
  await expect(toasts(page)).toHaveCount(0)
})

test('several orders canceled at once are one message that leads to them', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  for (const nth of [1, 2, 3])
    await tell('noticed', notice(nth, { kind: 'cancel', text: `Canceled: Buy ${nth} AAPL limit 220.00` }))
  await expect(toasts(page)).toHaveText(/^3 orders canceled/)
  await toasts(page).getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true')
})

test('messages stack with the newest below, five are shown, and fills of one order are one', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await holdTimers(page)
  await tell('noticed', notice(1, { text: 'Buy 10 AAPL: partial fill. 4 shares at $228.00; 4 total.' }))
  await tell('noticed', notice(1))
  await expect(toasts(page)).toHaveText(['Bought 1 AAPL. Avg $228.00.'])
  for (const nth of [2, 3, 4, 5, 6, 7, 8]) await tell('noticed', notice(nth))
  await expect(toasts(page)).toHaveText([4, 5, 6, 7, 8].map((nth) => new RegExp(`^Bought ${nth} AAPL`)))
  await expect(messages(page)).toContainText('+3 more')
  await page.getByRole('button', { name: /^Dismiss all/ }).click()
  await expect(toasts(page)).toHaveCount(0)
})

test('Orders counts fills and rejections that were not seen, and no longer once it is shown', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await expect(orders(page)).toHaveAccessibleName('Orders')
  await tell('noticed', notice(1))
  await tell('noticed', notice(1))
  await tell(
    'noticed',
    notice(2, { kind: 'rejection', tone: 'failed', text: 'Buy 2 AAPL: rejected. No buying power.' }),
  )
  await tell('noticed', notice(3, { kind: 'cancel', text: 'Canceled: Buy 3 AAPL' }))
  await expect(orders(page)).toHaveAccessibleName('Orders, 2 new')
  await page.keyboard.press('Control+3')
  await expect(orders(page)).toHaveAccessibleName('Orders')
  await tell('noticed', notice(4))
  await expect(toasts(page).last()).toContainText('Bought 4 AAPL')
  await expect(orders(page)).toHaveAccessibleName('Orders')
})

test('a kind that is muted is not shown, and is still counted', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await page.keyboard.press('Control+,')
  await page.getByLabel('Fills', { exact: true }).uncheck()
  await expect(messages(page)).toContainText('Fills: muted')
  await tell('noticed', notice(1))
  await tell('noticed', notice(2, { kind: 'rejection', tone: 'failed', text: 'Buy 2 AAPL: rejected. No.' }))
  await expect(messages(page)).toContainText('Buy 2 AAPL: rejected')
  await expect(messages(page)).not.toContainText('Bought 1 AAPL')
  await expect(orders(page)).toHaveAccessibleName('Orders, 2 new')
  await page.getByLabel('Sound').selectOption('Loud')
  await expect(messages(page)).toContainText('Sound: Loud')
})

test('an alert about the feed leaves once the feed is back', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await tell('connection', { status: 'disconnected' })
  const message = 'Data feed down for over 5 min. Prices are stale.'
  await tell('anomaly', { kind: 'disconnected', severity: 'error', at: NOW, message })
  await expect(toasts(page)).toHaveText(message)
  await tell('connection', { status: 'connected' })
  await expect(toasts(page)).toHaveCount(0)
})

test('a halt stays told until trading resumes, and no recovery of the feed takes it away', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await holdTimers(page)
  const halt = (symbol: string) =>
    tell('anomaly', {
      kind: 'halt',
      severity: 'warning',
      at: NOW,
      message: `${symbol} halted: Halt News Pending.`,
      symbol,
    })
  await tell('halt', 'TSLA', { code: 'T1', reason: 'Halt News Pending', at: NOW })
  await tell('halt', 'AMD', { code: 'T1', reason: 'Halt News Pending', at: NOW })
  await page.clock.runFor(100)
  await halt('TSLA')
  await halt('AMD')
  await tell('stats', { health: { level: 'degraded', reasons: ['Quotes delayed 2.1 s.'] } })
  await tell('stats', { health: { level: 'healthy', reasons: [] } })
  await page.clock.runFor(600_000)
  await expect(toasts(page)).toHaveText([/^TSLA halted/, /^AMD halted/])
  await tell('halt', 'TSLA', undefined)
  await page.clock.runFor(100)
  await expect(toasts(page)).toHaveText(/^AMD halted/)
  await toasts(page).getByRole('button', { name: 'Dismiss' }).click()
  await expect(toasts(page)).toHaveCount(0)
  await expect(page.locator('[data-key=AMD]')).toContainText('HALT')
})

test('a row that is moved by several presses is told in one message', async ({ openRenderer }) => {
  const { page } = await openRenderer()
  await page.getByRole('rowheader', { name: 'AAPL' }).click()
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByRole('rowheader').nth(3)).toHaveText('AAPL')
  await expect(toasts(page)).toHaveText(/^Moved AAPL in Watchlist/)
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('rowheader').nth(2)).toHaveText('AAPL')
})

for (const [width, height] of [
  [2560, 1300],
  [1280, 800],
  [640, 400],
  [380, 740],
] as const) {
  test(`messages leave the buttons that send free, and move nothing, at ${width} by ${height}`, async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer({ width, height })
    await page.keyboard.press('Alt+o')
    const review = ticket(page).getByRole('button', { name: /^(Review|Submit|Send)/ })
    const before = await review.boundingBox()
    for (const nth of [1, 2, 3, 4, 5, 6, 7]) await tell('noticed', notice(nth))
    await expect(messages(page)).toContainText('more')
    expect(await review.boundingBox()).toEqual(before)
    const shown = await toasts(page).all()
    expect(shown.length).toBeGreaterThan(1)
    for (const toast of shown) expect(overlap(await toast.boundingBox(), before)).toBe(0)
  })
}

test('messages and the badge are accessible in every look', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await tell('noticed', notice(1, { kind: 'rejection', tone: 'failed', text: 'Buy 1 AAPL: rejected. No.' }))
  await tell('noticed', notice(2, { kind: 'order', tone: 'warning', text: 'Buy 2 AAPL: unconfirmed.' }))
  await expect(toasts(page)).toHaveCount(2)
  await expectAccessibleInEveryLook(page)
})

type Box = Awaited<ReturnType<ReturnType<Page['locator']>['boundingBox']>>

/** Area that two boxes share, px². */
function overlap(one: Box, other: Box): number {
  if (!one || !other) return 0
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, width) * Math.max(0, height)
}
