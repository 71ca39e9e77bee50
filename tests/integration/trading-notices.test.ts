import { expect } from 'vitest'
import { HOUR_MS } from '../../src/shared/time.ts'
import { intentTo } from '../support/order-drafts.ts'
import { bought, priceAt } from '../support/trader.ts'
import { test } from '../support/trading-test.ts'

test('a desktop notification reports an order whose answer was lost, and that it was found', async ({
  market,
  session,
}) => {
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(session, -3) })
  await session.trading.submit(order)
  await session.until(order.intent, 'open')
  expect(session.notices.items.map(({ title }) => title)).toEqual([
    'Buy 10 AAPL: unconfirmed',
    'Buy 10 AAPL: confirmed',
  ])
})

test('an order that was answered immediately causes no notification until it fills', async ({ session }) => {
  await bought(session)
  expect(session.notices.items.map(({ kind }) => kind)).toEqual(['filled'])
})

test('if Signal ended while an order was unanswered, the next start reports that it was found', async ({
  market,
  session,
  open,
}) => {
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'lose-answer', by: 'silence', method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(session, -3) })
  void session.trading.submit(order)
  await expect.poll(() => market.orders().length).toBe(1)
  await session.close()
  const next = open()
  await next.ready()
  await next.until(order.intent, 'open')
  expect(next.notices.items.map(({ title }) => title)).toContain('Buy 10 AAPL: confirmed')
  expect(market.orders()).toHaveLength(1)
})

test('a day order that expires at the close is told once, in every window and on the desktop', async ({
  session,
  clock,
}) => {
  const order = intentTo({ type: 'limit', limitPrice: priceAt(session, -3) })
  await session.trading.submit(order)
  await session.until(order.intent, 'open')
  clock.skip(11 * HOUR_MS) // from 10:00 past the end of the extended session
  await session.until(order.intent, 'expired')
  const title = expect.stringMatching(/^Expired: Buy 10 AAPL limit \d+\.\d\d$/)
  expect(session.notices.items).toMatchObject([{ kind: 'expired', title, body: 'Day order, not filled.' }])
  expect(session.noticed.items).toMatchObject([
    {
      kind: 'cancel',
      text: expect.stringMatching(/^Expired: Buy 10 AAPL limit .*\. Day order, not filled\.$/),
      orderId: order.intent,
    },
  ])
})
