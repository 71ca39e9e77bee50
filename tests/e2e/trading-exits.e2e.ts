import { connection, inMain } from '../support/market-page.ts'
import {
  cellOf,
  expectOnce,
  field,
  lineOf,
  messages,
  newestOrder,
  press,
  pressTwice,
  send,
  sendLimit,
  sentOrder,
  stage,
  table,
  ticket,
} from '../support/trading-page.ts'
import { expect, test } from '../support/signal-app.ts'

type Page = Parameters<typeof ticket>[0]

const trading = (page: Page) => page.getByRole('status', { name: 'Trading' })

test.beforeEach(async ({ connected: { page } }) => {
  await expect(connection(page)).toHaveText('Connected')
  await expect(trading(page)).toHaveText('Trading on')
})

async function buyAtMarket(page: Page, symbol: string, shares: number): Promise<void> {
  await stage(page, symbol, 'b')
  await field(page, 'Quantity').fill(String(shares))
  await field(page, 'Order type').selectOption('market')
  await send(page)
  await expect(sentOrder(page)).toContainText(`Filled ${shares} @`)
}

test('half of a position is closed by its button, the rest by key, and the realized profit is shown', async ({
  connected: { page, market },
}) => {
  await buyAtMarket(page, 'AAPL', 20)
  await press(page, 'Control+3')
  const held = lineOf(page, 'Positions', 'AAPL')
  await page.getByRole('button', { name: 'Sell half of AAPL' }).click()
  await expect(cellOf(held, 'quantity')).toHaveText('10')
  await held.focus()
  await press(page, 'Alt+q')
  await expect(table(page, 'Positions')).toContainText('No positions.')
  await press(page, 'Alt+2')
  await expect(lineOf(page, 'Fills', 'AAPL')).toHaveCount(3)
  // With no positions, all of the day's profit or loss is realized.
  const [line, details] = ['Account', 'Account details'].map((name) =>
    page.getByRole('region', { name, exact: true }),
  )
  const dayPnl = async () => /Day P&L([+−]?\$[\d,]+\.\d\d)/.exec((await line?.textContent()) ?? '')?.[1]
  await expect
    .poll(async () => (await details?.textContent())?.includes(`Realized today${await dayPnl()}`))
    .toBe(true)
  expectOnce(market, 3)
})

test('F6 twice cancels all orders and closes all positions, and says that the exchange agrees', async ({
  connected: { page, market },
}) => {
  await buyAtMarket(page, 'AAPL', 7)
  await sendLimit(page, { symbol: 'MSFT', key: 's', shares: 4, percent: 2 })
  await stage(page, 'TSLA', 'b')
  await pressTwice(page, 'F6', () =>
    expect(messages(page)).toContainText(
      /Press F6 again to flatten: cancel 1 order, close 1 position \(\$[\d,]+\)\./,
    ),
  )
  await expect(messages(page)).toContainText('Canceled 1 order and closed 1 position. Confirmed flat.')
  await expect(messages(page)).not.toContainText('Press F6 again')
  await press(page, 'Control+3')
  await expect(table(page, 'Positions')).toContainText('No positions.')
  await expect(table(page, 'Orders')).toContainText('No open orders.')
  expectOnce(market, 3)
})

test('F8 twice halts: no new orders, but cancels and exits work; after a minute UNLOCK releases', async ({
  connected: { page, market, electron },
}) => {
  await buyAtMarket(page, 'AAPL', 6)
  await sendLimit(page, { symbol: 'MSFT', key: 'b', shares: 2, percent: -2 })
  // A halt lasts a minute: this one is already a minute old.
  await electron.evaluate(() => {
    const { now } = Date
    Object.assign(globalThis, { rightTime: now })
    Date.now = () => now() - 61_000
  })
  await pressTwice(page, 'F8')
  await expect(trading(page)).toHaveText('Blocked')
  await electron.evaluate(() => void (Date.now = Reflect.get(globalThis, 'rightTime') as () => number)) // put there above
  await expect(
    inMain(page, 'New orders blocked. Kill switch is on. Cancel, close and flatten still work'),
  ).toBeVisible()

  await stage(page, 'NVDA', 'b')
  await expect(ticket(page)).toContainText('Kill switch is on.')
  await press(page, 'Control+Enter')
  await expect(ticket(page).getByRole('button', { name: /^Submit/ })).toHaveCount(0)

  await press(page, 'Control+3')
  await lineOf(page, 'Orders', 'MSFT')
    .getByRole('button', { name: /^Cancel/ })
    .click()
  await expect(table(page, 'Orders')).toContainText('No open orders.')
  await page.getByRole('button', { name: 'Close AAPL', exact: true }).click()
  await expect(table(page, 'Positions')).toContainText('No positions.')

  await press(page, 'F8')
  const dialog = page.getByRole('dialog', { name: 'Turn off kill switch' })
  await dialog.getByLabel('Type UNLOCK').fill('UNLOCK')
  await press(page, 'Enter')
  await expect(trading(page)).toHaveText('Trading on')
  await sendLimit(page, { symbol: 'NVDA', key: 'b', shares: 2, percent: -2 })
  await expect(sentOrder(page)).toContainText('Working')
  expectOnce(market, 4)
})

test('a flatten that the market does not fill immediately says what is still held', async ({
  connected: { page, market },
}) => {
  await buyAtMarket(page, 'AAPL', 5)
  market.injectFault({ kind: 'hold-matching' })
  await pressTwice(page, 'F6')
  await expect(messages(page)).toContainText('Flattening…')
  await expect(messages(page)).toContainText('Still holding 5 AAPL')
  market.injectFault({ kind: 'fill', order: (await newestOrder(page, 'AAPL')).id })
  await press(page, 'Control+3')
  await expect(table(page, 'Positions')).toContainText('No positions.')
  expectOnce(market, 2)
})
