import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { connection, signalIn } from '../support/market-page.ts'
import {
  expectOnce,
  field,
  lineOf,
  messages,
  newestOrder,
  press,
  sendLimit,
  sentOrder,
  table,
  ticket,
} from '../support/trading-page.ts'
import { expect, test, type ConnectedApp } from '../support/signal-app.ts'

/** Buys fifty shares of NVDA, which fill in two parts with this average price. */
async function fillInTwoParts({ page, market }: ConnectedApp): Promise<void> {
  market.injectFault({ kind: 'hold-matching' })
  await sendLimit(page, { symbol: 'NVDA', key: 'b', shares: 50, percent: 0 })
  await expect(sentOrder(page)).toContainText('Working')
  const { id } = await newestOrder(page, 'NVDA')
  market.injectFault({ kind: 'fill', order: id, qty: '20', price: '160.5' })
  await expect(sentOrder(page)).toContainText('20 of 50 filled')
  market.injectFault({ kind: 'fill', order: id, qty: '30', price: '160' })
  await expect(sentOrder(page)).toContainText('Filled 50 @ 160.20')
}

/** Answers every save dialog with that path. */
const savesTo = (electron: ElectronApplication, path: string) =>
  electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)

test.beforeEach(async ({ connected: { page } }) => {
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('status', { name: 'Trading' })).toHaveText('Trading on')
})

test('the exchange’s view agrees with ours, order by order and share by share, and all say DEMO', async ({
  connected,
}) => {
  const { page, market } = connected
  await fillInTwoParts(connected)
  await sendLimit(page, { symbol: 'AAPL', key: 'b', shares: 3, percent: -2 })
  await expect(ticket(page)).toContainText('DEMO')
  await press(page, 'Control+3', 'Alt+4')
  await expect(page).toHaveTitle('DEMO · Orders · Signal')
  await expect(page.getByRole('banner')).toContainText('DEMO')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByRole('status', { name: 'Reconciliation' })).toHaveText('In sync with Alpaca.')
  await expect(lineOf(page, 'Reconcile with Alpaca', 'NVDA')).toHaveText(
    /50 at 160\.20.*50 at 160\.20.*Match/,
  )
  await expect(lineOf(page, 'Reconcile with Alpaca', 'Buy AAPL')).toHaveText(
    /0 of 3 filled.*0 of 3 filled.*Match/,
  )
  expectOnce(market, 2)
})

test('an order that Signal refused is in the history with its reason, and in the audit with all its terms', async ({
  connected: { page, market },
}) => {
  const api = await signalIn(page)
  // As by a ticket whose last check is older than the limit.
  const answer = await api.evaluate(({ trading }) =>
    trading.submit({
      mode: 'demo',
      intent: crypto.randomUUID(),
      draft: {
        symbol: 'NVDA',
        side: 'sell',
        type: 'trailing_stop',
        quantity: '2000000',
        trailPercent: '2.5',
        timeInForce: 'gtc',
        orderClass: 'simple',
        extendedHours: false,
      },
      accepted: [],
    }),
  )
  expect(answer).toMatchObject({ ok: false, error: { kind: 'refused' } })
  await press(page, 'Control+3', 'Alt+3')
  const line = lineOf(page, 'Order history', 'NVDA')
  await expect(line).toContainText('Denied')
  await expect(line).toContainText('10,000')
  await line.focus()
  await press(page, 'Alt+i')
  await expect(page.getByRole('list', { name: 'Timeline' }).getByRole('listitem')).toHaveText([
    /^Denied by Signal.*Sell 2,000,000 NVDA, trailing stop, trail 2\.5%, GTC, by trader; .*10,000/,
  ])
  expectOnce(market, 0)
})

test('the audit screen shows the timeline from the intent to the last fill, proves the log and exports it', async ({
  connected,
}) => {
  const { page, electron, dataDir, market } = connected
  await fillInTwoParts(connected)
  await press(page, 'Control+3', 'Alt+3')
  await lineOf(page, 'Order history', 'NVDA').focus()
  await press(page, 'Alt+i')
  await expect(page).toHaveTitle('DEMO · Audit · Signal')
  await expect(page.getByRole('list', { name: 'Timeline' }).getByRole('listitem')).toHaveText([
    /^Submitted.*Buy 50 NVDA, limit \d+\.\d\d, Day/,
    /Accepted/,
    /Open/,
    /Partial fill.*20 @ 160\.50/,
    /Filled.*30 @ 160\.00 \(total 50, avg 160\.20\)/,
  ])
  await press(page, 'Escape')
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByRole('status', { name: 'Hash chain' })).toHaveText(
    /^Hashes verified, all \d+ events intact\./,
  )
  await expect(page.getByRole('status', { name: 'Rebuilt account' })).toHaveText(
    'Positions and P&L rebuilt from events match the account.',
  )
  for (const line of await table(page, 'Events').locator('[role=row][data-key]').allInnerTexts())
    expect(line).not.toContain('{')
  const file = join(dataDir, 'events.jsonl')
  await savesTo(electron, file)
  await page.getByRole('button', { name: 'Export' }).click()
  await expect(messages(page)).toContainText(`Saved as ${file}`)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const types = lines.map((line) => (JSON.parse(line) as { type: string }).type)
  expect(types).toEqual(
    expect.arrayContaining(['OrderRequested', 'OrderAccepted', 'OrderPartiallyFilled', 'OrderFilled']),
  )
  expectOnce(market, 1)
})

test('fills are saved as CSV', async ({ connected }) => {
  const { page, electron, dataDir, market } = connected
  await fillInTwoParts(connected)
  const file = join(dataDir, 'fills.csv')
  await savesTo(electron, file)
  await press(page, 'Control+3', 'Alt+2')
  await page.getByRole('button', { name: 'CSV' }).click()
  await expect(messages(page)).toContainText(`Saved as ${file}`)
  const [header, ...fills] = readFileSync(file, 'utf8').trim().split('\r\n')
  expect(header).toBe('time,symbol,side,quantity,price,value,order_id,execution_id')
  expect(fills.map((line) => line.split(',').slice(1, 6).join(' '))).toEqual([
    'NVDA buy 30 160 4800',
    'NVDA buy 20 160.5 3210',
  ])
  expectOnce(market, 1)
})

test('a position, an order and the buttons to close them are visible in a window of any size', async ({
  connected,
}) => {
  const { page, electron, market } = connected
  await fillInTwoParts(connected)
  await sendLimit(page, { symbol: 'AAPL', key: 'b', shares: 3, percent: -2 })
  await closeTicket(page)
  await press(page, 'Control+3')
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
    [380, 800],
  ] as const) {
    await test.step(`${width} by ${height}`, async () => {
      await electron.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height] as const,
      )
      await expect.poll(() => page.evaluate<number>('innerWidth')).toBe(width)
      for (const way of [
        lineOf(page, 'Positions', 'NVDA').getByRole('button', { name: 'Close NVDA' }),
        lineOf(page, 'Orders', 'AAPL').getByRole('button', { name: /^Cancel/ }),
        page.getByRole('button', { name: 'Flatten all' }),
        page.getByRole('button', { name: 'Kill switch' }),
      ])
        await expect(way).toBeInViewport({ ratio: 1 })
      await expect.poll(() => page.evaluate<boolean>('document.body.scrollWidth > innerWidth')).toBe(false)
    })
  }
  expectOnce(market, 2)
})

async function closeTicket(page: Page): Promise<void> {
  await field(page, 'Quantity').focus()
  await press(page, 'Escape')
  await expect(ticket(page)).toHaveCount(0)
}
