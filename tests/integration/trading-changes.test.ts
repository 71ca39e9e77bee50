import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { price } from '../../src/shared/units.ts'
import { holdingProxy } from '../support/holding-proxy.ts'
import { YES } from '../support/order-drafts.ts'
import type { SkippingClock } from '../support/skipping-clock.ts'
import { bought, resting } from '../support/trader.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { test } from '../support/trading-test.ts'

const PATCH = { method: 'PATCH', path: '/v2/orders', times: 1 } as const

const changeOf = (orderId: string) => ({
  intent: randomUUID(),
  orderId,
  change: { limitPrice: price.parse('1.10') },
  accepted: [...YES],
})

/** The order's state once enough time has passed to settle anything pending. */
const settled = (session: TradingSession, clock: SkippingClock, id: string) =>
  expect.poll(() => {
    clock.skip(4_000)
    return session.order(id)?.state
  })

test('the answer to a change is lost: the new order is found, and the change is sent once', async ({
  market,
  clock,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'lose-answer', ...PATCH })
  const change = changeOf(id)
  expect(await session.trading.replace(change)).toMatchObject({ ok: true, value: { state: 'unconfirmed' } })
  await settled(session, clock, change.intent).toBe('open')
  await settled(session, clock, id).toBe('replaced')
  expect(session.order(id)?.replacedBy).toBe(change.intent)
  expect(market.orders()).toHaveLength(2)
})

test('a change fails at the exchange: it is proven absent, and the old order stays open', async ({
  market,
  clock,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'server-error', status: 500, ...PATCH })
  const change = changeOf(id)
  expect(await session.trading.replace(change)).toMatchObject({ ok: true, value: { state: 'unconfirmed' } })
  expect(session.order(id)?.state).toBe('pending-replace')
  await settled(session, clock, change.intent).toBe('never-arrived')
  expect(session.order(id)?.state).toBe('open')
  expect(await session.trading.replace(changeOf(id))).toMatchObject({ ok: true })
  await session.until(id, 'replaced')
})

test('an order fills before its change arrives: the change is rejected, and nothing more is bought', async ({
  market,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const session = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await session.ready()
  const id = await resting(session)
  const held = proxy.hold('PATCH', '/v2/orders', 'request')
  const change = changeOf(id)
  const answer = session.trading.replace(change)
  await held.reached
  market.injectFault({ kind: 'fill', order: id })
  await session.until(id, 'filled')
  held.release()
  expect(await answer).toMatchObject({ ok: false, error: { problems: [{ code: 'ORDER_NOT_CHANGEABLE' }] } })
  expect(session.order(change.intent)?.state).toBe('rejected')
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
  expect(market.orders()).toHaveLength(1)
  proxy.close()
})

test('an order fills before its cancel arrives: the cancel answers that it is filled', async ({
  market,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const session = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await session.ready()
  const id = await resting(session)
  market.injectFault({ kind: 'lose-updates' })
  const held = proxy.hold('DELETE', '/v2/orders', 'request')
  const answer = session.trading.cancel(id)
  await held.reached
  market.injectFault({ kind: 'fill', order: id })
  held.release()
  expect(await answer).toMatchObject({ ok: true, value: { state: 'filled', filledQuantity: '10' } })
  proxy.close()
})

test('of two simultaneous changes of one order, one succeeds and the other says why it did not', async ({
  market,
  session,
}) => {
  const id = await resting(session)
  const [one, other] = await Promise.all([1, 2].map(async () => session.trading.replace(changeOf(id))))
  expect(one).toMatchObject({ ok: true })
  expect(other).toMatchObject({ ok: false, error: { problems: [{ code: 'ORDER_NOT_CHANGEABLE' }] } })
  await session.until(id, 'replaced')
  expect(market.orders()).toHaveLength(2)
})

test('a cancel without effect is reported after a minute, and can be tried again', async ({
  market,
  clock,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'server-error', status: 503, method: 'DELETE', path: '/v2/orders', times: 4 })
  expect(await session.trading.cancel(id)).toMatchObject({ ok: true, value: { state: 'pending-cancel' } })
  await settled(session, clock, id).toBe('open')
  expect(session.order(id)?.problem).toContain('try again')
  await session.trading.cancel(id)
  await session.until(id, 'canceled')
})

test('a flatten without a network says immediately that the exchange cannot be reached', async ({
  market,
  session,
}) => {
  await bought(session)
  await resting(session)
  market.injectFault({ kind: 'unreachable' })
  expect(await session.trading.flatten(undefined)).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'NOT_CONNECTED' }] },
  })
  market.clearFaults()
  await session.ready()
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
})
