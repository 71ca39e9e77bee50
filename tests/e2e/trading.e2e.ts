import { Decimal } from 'decimal.js'
import {
  cellOf,
  expectOnce,
  field,
  lineOf,
  messages,
  newestOrder,
  press,
  send,
  sendLimit,
  sentOrder,
  stage,
  table,
  ticket,
  tradingOf,
} from '../support/trading-page.ts'
import { connection } from '../support/market-page.ts'
import { expect, test } from '../support/signal-app.ts'

test.beforeEach(async ({ connected: { page } }) => {
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('status', { name: 'Trading' })).toHaveText('Trading on')
})

test('twenty shares are bought at the market by keyboard alone, and the focus is back at its row', async ({
  connected: { page, market },
}) => {
  await press(page, 'Alt+g', 'ArrowDown')
  const apple = page.getByRole('rowheader', { name: 'AAPL', exact: true })
  await expect(apple).toBeFocused()
  await press(page, 'Alt+b')
  await expect(field(page, 'Quantity')).toBeFocused()
  await page.keyboard.type('20')
  await press(page, 'Control+t')
  await expect(field(page, 'Order type')).toHaveValue('market')
  await expect(ticket(page).getByLabel('Estimate')).toContainText(/Cost to cross\$\d+\.\d\d/)
  await press(page, 'Control+Enter')
  await expect(ticket(page).locator('[data-review]')).toHaveText(
    /^BUY 20 AAPL, market, day — \$[\d,]+\.\d\d — DEMO …\w{4}$/,
  )
  await press(page, 'Enter')
  await expect(sentOrder(page)).toContainText(/Buy 20 AAPL market.*Filled 20 @ \d+\.\d+/)
  await expect(apple).toBeFocused()
  await press(page, 'Control+3')
  const held = lineOf(page, 'Positions', 'AAPL')
  await expect(cellOf(held, 'quantity')).toHaveText('20')
  await expect(cellOf(held, 'last')).toHaveText(/^\d+\.\d\d$/)
  await expect(cellOf(held, 'day')).toHaveText(/^[+−]?[\d,]+\.\d\d$/)
  expectOnce(market, 1)
})

test('a limit order rests, is changed in its line and canceled', async ({ connected: { page, market } }) => {
  const price = await sendLimit(page, { symbol: 'AAPL', key: 'b', shares: 10, percent: -2 })
  await press(page, 'Control+3')
  const line = lineOf(page, 'Orders', 'AAPL')
  await expect(line).toContainText('Working')
  await expect(cellOf(line, 'limit')).toHaveText(price)
  await line.focus()
  await press(page, 'Enter')
  const better = new Decimal(price).plus(1).toFixed(2)
  await page.getByLabel('New limit price').fill(better)
  await press(page, 'Enter')
  await expect(cellOf(line, 'limit')).toHaveText(better)
  await expect(line).toContainText('Working')
  await expect(line).toHaveCount(1)
  await press(page, 'Delete')
  await expect(table(page, 'Orders')).toContainText('No open orders.')
  await press(page, 'Alt+3')
  await expect(lineOf(page, 'Order history', 'AAPL')).toHaveText([/Canceled/, /Replaced/])
  expectOnce(market, 1)
  expect(market.orders().map(({ status, limitPrice }) => [status, limitPrice])).toEqual([
    ['replaced', new Decimal(price).toFixed()],
    ['canceled', new Decimal(better).toFixed()],
  ])
})

test('a partial fill is shown in the ticket, in the list and in the position', async ({
  connected: { page, market },
}) => {
  market.injectFault({ kind: 'hold-matching' })
  const price = await sendLimit(page, { symbol: 'NVDA', key: 'b', shares: 50, percent: 0 })
  await expect(sentOrder(page)).toContainText('Working')
  const { id } = await newestOrder(page, 'NVDA')
  market.injectFault({ kind: 'fill', order: id, qty: '17', price })
  await expect(sentOrder(page)).toContainText(`17 of 50 filled at ${price}, rest working`)
  await press(page, 'Control+3')
  await expect(lineOf(page, 'Orders', 'NVDA')).toContainText(/17 of 50.*Partial fill/)
  await expect(cellOf(lineOf(page, 'Positions', 'NVDA'), 'quantity')).toHaveText('17')
  market.injectFault({ kind: 'fill', order: id, price })
  await expect(sentOrder(page)).toContainText(`Filled 50 @ ${price}`)
  await expect(cellOf(lineOf(page, 'Positions', 'NVDA'), 'quantity')).toHaveText('50')
  expectOnce(market, 1)
})

test('a bracket shows its exits below it; the stop is moved, the target fills, and the stop is gone', async ({
  connected: { page, market },
}) => {
  market.injectFault({ kind: 'hold-matching' })
  await stage(page, 'TSLA', 'b')
  await field(page, 'Quantity').fill('12')
  const entry = new Decimal(await field(page, 'Limit price').inputValue())
  await field(page, 'Exits').selectOption('bracket')
  await field(page, 'Unit of the stop').selectOption('price')
  await field(page, 'Stop loss').fill(entry.minus(10).toFixed(2))
  await field(page, 'Unit of the target').selectOption('r')
  await field(page, 'Target').fill('2')
  await expect(ticket(page).getByLabel('Estimate')).toContainText(
    /Risk at stop\$120\.00Reward at target\$240\.00, 2 R/,
  )
  await send(page)
  await press(page, 'Control+3')
  const lines = table(page, 'Orders').locator('[role=row][data-key]')
  await expect(lines).toHaveText([
    /^BuyTSLA.*Working/,
    /^↳SellTSLATarget.*Waiting for entry/,
    /^↳SellTSLAStop loss.*Waiting for entry/,
  ])
  market.injectFault({ kind: 'fill', order: (await parent(page)).id })
  await expect(lines).toHaveText([
    /^SellTSLAexit of TSLATarget.*Working/,
    /^SellTSLAexit of TSLAStop loss.*OCO standby/,
  ])
  await lines.nth(1).focus()
  await press(page, 'Enter')
  const closer = entry.minus(5).toFixed(2)
  await page.getByLabel('New stop price').fill(closer)
  await press(page, 'Enter')
  await expect(cellOf(lines.filter({ hasText: 'Stop loss' }), 'stop')).toHaveText(closer)
  const target = (await tradingOf(page)).orders.find(
    ({ leg, state }) => leg === 'take-profit' && state === 'open',
  )
  market.injectFault({ kind: 'fill', order: target?.id ?? '' })
  await expect(table(page, 'Orders')).toContainText('No open orders.')
  await expect(table(page, 'Positions')).toContainText('No positions.')
  await press(page, 'Alt+3')
  await expect(lineOf(page, 'Order history', /Target/)).toContainText('Filled')
  await expect(lineOf(page, 'Order history', /Stop loss.*Canceled/)).toHaveCount(1)
  expectOnce(market, 1)
})

test('an order that the checks refuse is reported at its field, and never sent', async ({
  connected: { page, market },
}) => {
  await stage(page, 'AAPL', 'b')
  await field(page, 'Quantity').fill('20000')
  await expect(field(page, 'Quantity')).toHaveAccessibleDescription(
    /20,000 shares exceed your 10,000-share limit\./,
  )
  await field(page, 'Quantity').fill('5')
  await field(page, 'Limit price').fill('1.005')
  await expect(field(page, 'Limit price')).toHaveAttribute('aria-invalid', 'true')
  await press(page, 'Control+Enter')
  await expect(ticket(page).locator('[data-review]')).toHaveCount(0)
  expectOnce(market, 0)
})

test('an order that the exchange rejects says why, and is not sent again', async ({
  connected: { page, market },
}) => {
  market.injectFault({ kind: 'reject-order', times: 1 })
  await sendLimit(page, { symbol: 'AMZN', key: 'b', shares: 5, percent: 0 })
  await expect(sentOrder(page)).toContainText(/Rejected\. \w+/)
  await press(page, 'Control+3', 'Alt+3')
  await expect(lineOf(page, 'Order history', 'AMZN')).toContainText('Rejected')
  expectOnce(market, 1)
})

test('a symbol off the watchlist has prices in the ticket, and its position ticks', async ({
  connected: { page, market },
}) => {
  await stage(page, 'AAPL', 'b')
  await field(page, 'Symbol').fill('ibm')
  await field(page, 'Quantity').fill('3')
  await expect(ticket(page).getByRole('region', { name: 'Quote of IBM' })).toContainText(/Bid.*\d+\.\d\d/)
  await field(page, 'Order type').selectOption('market')
  await send(page)
  await expect(sentOrder(page)).toContainText(/Buy 3 IBM market.*Filled 3 @/)
  await press(page, 'Control+3')
  await expect(cellOf(lineOf(page, 'Positions', 'IBM'), 'last')).toHaveText(/^\d+\.\d\d$/)
  const value = cellOf(lineOf(page, 'Positions', 'IBM'), 'value')
  const before = await value.textContent()
  await expect(value).not.toHaveText(before ?? '')
  expectOnce(market, 1)
})

test('F7 cancels all open orders, wherever the focus is', async ({ connected: { page, market } }) => {
  await sendLimit(page, { symbol: 'AAPL', key: 'b', shares: 3, percent: -2 })
  await sendLimit(page, { symbol: 'MSFT', key: 'b', shares: 2, percent: -2 })
  await press(page, 'F7')
  await expect(messages(page)).toContainText('2 orders canceled')
  await press(page, 'Control+3')
  await expect(table(page, 'Orders')).toContainText('No open orders.')
  expectOnce(market, 2)
})

/** The bracket's entry. */
async function parent(page: Parameters<typeof tradingOf>[0]) {
  const { orders } = await tradingOf(page)
  const entry = orders.find(({ orderClass, leg }) => orderClass === 'bracket' && leg === undefined)
  if (!entry) throw new Error('there is no bracket')
  return entry
}
