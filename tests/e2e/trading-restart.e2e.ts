import { once } from 'node:events'
import type { ElectronApplication, Page } from '@playwright/test'
import { connection, signalIn } from '../support/market-page.ts'
import {
  cellOf,
  expectOnce,
  field,
  lineOf,
  newestOrder,
  press,
  send,
  sendLimit,
  sentOrder,
  stage,
  submit,
  table,
  tradingOf,
} from '../support/trading-page.ts'
import { environmentOf, expect, test } from '../support/signal-app.ts'

const ready = async (page: Page) => {
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('status', { name: 'Trading' })).toHaveText('Trading on')
}

const steps = (page: Page) => page.getByRole('list', { name: 'Timeline' }).getByRole('listitem')

test('after a restart everything is there: the order, the position, the fills and the timeline', async ({
  connected: { page, market, close },
  launch,
}) => {
  await ready(page)
  market.injectFault({ kind: 'hold-matching' })
  const price = await sendLimit(page, { symbol: 'NVDA', key: 'b', shares: 50, percent: 0 })
  await expect(sentOrder(page)).toContainText('Working')
  const { id } = await newestOrder(page, 'NVDA')
  market.injectFault({ kind: 'fill', order: id, qty: '17', price })
  await expect(sentOrder(page)).toContainText('17 of 50 filled')
  await close()
  market.injectFault({ kind: 'fill', order: id, qty: '3', price })

  const { page: again } = await launch({ env: environmentOf(market) })
  await ready(again)
  await press(again, 'Control+3')
  await expect(lineOf(again, 'Orders', 'NVDA')).toContainText(/20 of 50.*Partial fill/)
  await expect(cellOf(lineOf(again, 'Positions', 'NVDA'), 'quantity')).toHaveText('20')
  await press(again, 'Alt+2')
  await expect(cellOf(lineOf(again, 'Fills', 'NVDA'), 'quantity')).toHaveText(['3', '17'])
  await press(again, 'Alt+1')
  await lineOf(again, 'Orders', 'NVDA').focus()
  await press(again, 'Alt+i')
  await expect(steps(again)).toHaveText([
    /^Submitted.*Buy 50 NVDA/,
    /Accepted/,
    /Open/,
    /Partial fill.*17 @/,
    /Partial fill.*3 @ .*total 20/,
    /Fills corrected.*2 executions/,
  ])
  expectOnce(market, 1)
})

test('after a kill with an answer outstanding, the order is found at the next start, once, with a notice', async ({
  connected: { page, electron, market },
  launch,
}) => {
  await ready(page)
  market.injectFault({ kind: 'hold-matching' })
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'lose-answer', by: 'silence', method: 'POST', path: '/v2/orders', times: 1 })
  await stage(page, 'MSFT', 'b')
  await field(page, 'Quantity').fill('4')
  await press(page, 'Control+Enter')
  await expect(submit(page)).toBeFocused()
  await press(page, 'Enter')
  await expect.poll(() => market.orders().length).toBe(1)
  const ended = once(electron.process(), 'exit')
  electron.process().kill('SIGKILL')
  await ended
  market.clearFaults()

  const { page: again } = await launch({ env: environmentOf(market) })
  await ready(again)
  const orders = async () => (await tradingOf(again)).orders.filter(({ symbol }) => symbol === 'MSFT')
  await expect.poll(async () => (await orders()).map(({ state }) => state)).toEqual(['open'])
  const [found] = await orders()
  expect(found?.exchangeId).toBe(market.orders()[0]?.id)
  await press(again, 'Control+3')
  await expect(again.getByRole('tabpanel')).toContainText('No reply at first; Alpaca received it once.')
  await lineOf(again, 'Orders', 'MSFT').focus()
  await press(again, 'Alt+i')
  await expect(steps(again)).toHaveText([
    /^Submitted.*Buy 4 MSFT/,
    /No reply.*Signal closed/,
    /Accepted/,
    /Open/,
  ])
  expectOnce(market, 1)
})

test('two windows that send the same order at the same time buy once, and the second must confirm', async ({
  connected: { page, electron, market },
}) => {
  await ready(page)
  const opened = electron.waitForEvent('window')
  await press(page, 'Alt+w')
  const other = await opened
  await expect(other.getByRole('form', { name: 'Order ticket' })).toContainText('DEMO')
  const buy = async (window: Page) => {
    const api = await signalIn(window)
    return api.evaluate(({ trading }) =>
      trading.submit({
        mode: 'demo',
        intent: crypto.randomUUID(),
        draft: {
          symbol: 'AAPL',
          side: 'buy',
          type: 'market',
          quantity: '3',
          timeInForce: 'day',
          orderClass: 'simple',
          extendedHours: false,
        },
        accepted: ['SPREAD_TOO_WIDE'],
      }),
    )
  }
  const answers = await Promise.all([page, other].map(buy))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.find(({ ok }) => !ok)).toMatchObject({
    error: { problems: [{ code: 'DUPLICATE_ORDER', level: 'ask' }] },
  })
  expectOnce(market, 1)
})

test('an order, a close and a flatten meant for another account are refused', async ({
  connected: { page, market },
}) => {
  await ready(page)
  const api = await signalIn(page)
  const answers = await api.evaluate(async ({ trading }) => {
    const order = { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1' } as const
    const draft = { ...order, timeInForce: 'day', orderClass: 'simple', extendedHours: false } as const
    const intent = () => crypto.randomUUID()
    return [
      await trading.submit({ mode: 'live', intent: intent(), draft, accepted: [] }),
      await trading.closePosition({ mode: 'paper', intent: intent(), symbol: 'AAPL' }),
      await trading.flatten({ mode: 'live' }),
    ]
  })
  const why = (mode: string) =>
    `The market was switched to demo meanwhile; this was meant for ${mode}. Nothing was sent.`
  for (const [nth, mode] of ['live', 'paper', 'live'].entries())
    expect(answers[nth]).toMatchObject({ ok: false, error: { problems: [{ sentence: why(mode) }] } })
  expectOnce(market, 0)
})

test('the ticket in its own window trades, and the first window shows it', async ({
  connected: { page, electron, market },
}) => {
  await ready(page)
  await stage(page, 'TSLA', 'b')
  const opened = electron.waitForEvent('window')
  await press(page, 'Alt+w')
  const own = await opened
  await expect(field(own, 'Symbol')).toHaveValue('TSLA')
  await field(own, 'Quantity').fill('2')
  await field(own, 'Order type').selectOption('market')
  await send(own)
  await expect(sentOrder(own)).toContainText('Filled 2 @')
  await press(page, 'Control+3')
  await expect(cellOf(lineOf(page, 'Positions', 'TSLA'), 'quantity')).toHaveText('2')
  await own.close()
  await expect(table(page, 'Positions')).toBeVisible()
  expectOnce(market, 1)
})

test('the desktop is notified of fills and rejections, until the setting is off', async ({
  connected: { page, electron, market },
}) => {
  await ready(page)
  const reported = await notices(electron)
  const buy = async (symbol: string) => {
    await stage(page, symbol, 'b')
    await field(page, 'Quantity').fill('2')
    await field(page, 'Order type').selectOption('market')
    await send(page)
  }
  await buy('AAPL')
  await expect.poll(reported).toEqual([expect.stringMatching(/^Signal: Bought 2 AAPL \| Avg \$[\d.]+\.$/)])
  market.injectFault({ kind: 'reject-order', times: 1 })
  await buy('MSFT')
  await expect.poll(reported).toHaveLength(2)
  expect((await reported())[1]).toMatch(/^Signal: Buy 2 MSFT: rejected \| \w+/)
  await press(page, 'Control+,')
  await page.getByLabel('Order notifications').uncheck()
  await expect(page.getByText('Order notifications: off')).toBeVisible()
  await buy('NVDA')
  await expect(sentOrder(page)).toContainText('Filled 2 @')
  expect(await reported()).toHaveLength(2)
  expectOnce(market, 3)
})

/** Records desktop notifications instead of showing them; answers how to read them. */
async function notices(electron: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await electron.evaluate(({ Notification }) => {
    const reported: string[] = []
    Object.assign(globalThis, { reported })
    Notification.isSupported = () => true
    Notification.prototype.show = function show(this: Electron.Notification) {
      reported.push(`${this.title} | ${this.body}`)
    }
  })
  return () => electron.evaluate(() => Reflect.get(globalThis, 'reported') as readonly string[]) // put there above
}
