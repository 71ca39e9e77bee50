import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { price } from '../../src/shared/units.ts'
import { holdingProxy } from '../support/holding-proxy.ts'
import { YES } from '../support/order-drafts.ts'
import type { SkippingClock } from '../support/skipping-clock.ts'
import { bought, resting } from '../support/trader.ts'
import type { TradingDesk } from '../support/trading-desk.ts'
import { test } from '../support/trading-test.ts'

const PATCH = { method: 'PATCH', path: '/v2/orders', times: 1 } as const

const changeOf = (orderId: string) => ({
  intent: randomUUID(),
  orderId,
  change: { limitPrice: price.parse('1.10') },
  accepted: [...YES],
})

/** The order's state once time has gone on for long enough to settle what hangs. */
const settled = (desk: TradingDesk, clock: SkippingClock, id: string) =>
  expect.poll(
    () => {
      clock.skip(4_000)
      return desk.order(id)?.state
    },
    { timeout: 10_000 },
  )

test('the answer to a change is lost: the new order is found, and the change is sent once', async ({
  market,
  clock,
  desk,
}) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'lose-updates' })
  market.misbehave({ kind: 'lose-answer', ...PATCH })
  const change = changeOf(id)
  expect(await desk.trading.replace(change)).toMatchObject({ ok: true, value: { state: 'unknown' } })
  await settled(desk, clock, change.intent).toBe('working')
  await settled(desk, clock, id).toBe('replaced')
  expect(desk.order(id)?.replacedBy).toBe(change.intent)
  expect(market.orders()).toHaveLength(2)
})

test('a change fails at the exchange: it is proven absent, and the old order works on', async ({
  market,
  clock,
  desk,
}) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'server-error', status: 500, ...PATCH })
  const change = changeOf(id)
  expect(await desk.trading.replace(change)).toMatchObject({ ok: true, value: { state: 'unknown' } })
  expect(desk.order(id)?.state).toBe('replace-pending')
  await settled(desk, clock, change.intent).toBe('not-sent')
  expect(desk.order(id)?.state).toBe('working')
  expect(await desk.trading.replace(changeOf(id))).toMatchObject({ ok: true })
  await desk.until(id, 'replaced')
})

test('an order fills before its change arrives: the change is refused, and nothing more is bought', async ({
  market,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const desk = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await desk.ready()
  const id = await resting(desk)
  const held = proxy.hold('PATCH', '/v2/orders', 'request')
  const change = changeOf(id)
  const answer = desk.trading.replace(change)
  await held.reached
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(id, 'filled')
  held.release()
  expect(await answer).toMatchObject({ ok: false, error: { problems: [{ code: 'ORDER_NOT_CHANGEABLE' }] } })
  expect(desk.order(change.intent)?.state).toBe('rejected')
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10' }])
  expect(market.orders()).toHaveLength(1)
  proxy.close()
})

test('an order fills before its cancel arrives: it is filled, and that is what is answered', async ({
  market,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const desk = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await desk.ready()
  const id = await resting(desk)
  market.misbehave({ kind: 'lose-updates' })
  const held = proxy.hold('DELETE', '/v2/orders', 'request')
  const answer = desk.trading.cancel(id)
  await held.reached
  market.misbehave({ kind: 'fill', order: id })
  held.release()
  expect(await answer).toMatchObject({ ok: true, value: { state: 'filled', filledQuantity: '10' } })
  proxy.close()
})

test('two changes of one order at once: one is made, the other told why not', async ({ market, desk }) => {
  const id = await resting(desk)
  const [one, other] = await Promise.all([1, 2].map(async () => desk.trading.replace(changeOf(id))))
  expect(one).toMatchObject({ ok: true })
  expect(other).toMatchObject({ ok: false, error: { problems: [{ code: 'ORDER_NOT_CHANGEABLE' }] } })
  await desk.until(id, 'replaced')
  expect(market.orders()).toHaveLength(2)
})

test('a cancel that nothing came of is told after a minute, and can be tried again', async ({
  market,
  clock,
  desk,
}) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'server-error', status: 503, method: 'DELETE', path: '/v2/orders', times: 4 })
  expect(await desk.trading.cancel(id)).toMatchObject({ ok: true, value: { state: 'cancel-pending' } })
  await settled(desk, clock, id).toBe('working')
  expect(desk.order(id)?.problem).toContain('try again')
  await desk.trading.cancel(id)
  await desk.until(id, 'canceled')
})

test('a flatten without a network says at once that the exchange is not reached', async ({
  market,
  desk,
}) => {
  await bought(desk)
  await resting(desk)
  market.misbehave({ kind: 'unreachable' })
  expect(await desk.trading.flatten(undefined)).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'NOT_CONNECTED' }] },
  })
  market.behave()
  await desk.ready()
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10' }])
})
