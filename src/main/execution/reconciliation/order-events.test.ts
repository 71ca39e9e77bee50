import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isClosed } from '#shared/trading/order'
import { reported, reportedFilled } from '../../../../tests/support/recorded.ts'
import { NOW } from '../../../../tests/support/risk-context.ts'
import type { Order } from '#alpaca'
import { applyOrderEvent, type OrderRecord } from '../state/index.ts'
import { eventsOf, type ReportContext } from './order-events.ts'
import { filledOf } from './exchange-order.ts'

const nobody: ReportContext = { now: NOW, idOf: () => undefined }

/** The order after the exchange reported all of this, in this order. */
function after(reports: readonly Order[], more: Partial<ReportContext> = {}): OrderRecord | undefined {
  let order: OrderRecord | undefined
  for (const report of reports)
    for (const event of eventsOf(order, report, { ...nobody, ...more }))
      order = applyOrderEvent(order, event, { id: report.clientOrderId, version: 1, at: NOW })
  return order
}
const types = (known: OrderRecord | undefined, order: Order, more: Partial<ReportContext> = {}) =>
  eventsOf(known, order, { ...nobody, ...more }).map(({ type }) => type)

test('an external order is detected, opens and fills', () => {
  expect(types(undefined, reportedFilled(4))).toEqual(['ExternalOrderDetected', 'OrderPartiallyFilled'])
  expect(types(undefined, reported())).toEqual(['ExternalOrderDetected', 'OrderOpen'])
})

test('an order that Signal does not support is left out', () => {
  expect(types(undefined, reported({ symbol: 'BTC/USD' }))).toEqual([])
})

test.each(['', 'x'.repeat(129), 'nul\0', '\ud800'])(
  'an external order whose id %j cannot name a stream is left out',
  (id) => {
    expect(types(undefined, reported({ clientOrderId: id }))).toEqual([])
    expect(after([reported({ legs: [reported({ clientOrderId: id })] })])).toMatchObject({ legs: [] })
  },
)

test('the price of shares without a reported execution follows from the averages', () => {
  const [event] = eventsOf(after([reportedFilled(4, '100')]), reportedFilled(10, '103'), nobody)
  expect(event).toMatchObject({
    type: 'OrderFilled',
    payload: { quantity: '6', price: '105', filledQuantity: '10' },
  })
})

test('an execution that is reported with its order keeps its own id and price', () => {
  const execution = {
    id: 'execution-7',
    price: new Decimal('99.99'),
    quantity: new Decimal(4),
    at: NOW,
    nanos: 0,
  }
  expect(eventsOf(after([reported()]), reportedFilled(4), { ...nobody, execution })).toMatchObject([
    { type: 'OrderPartiallyFilled', payload: { executionId: 'execution-7', price: '99.99', quantity: '4' } },
  ])
})

test('an execution after one that was lost counts the fills of both', () => {
  const execution = {
    id: 'execution-2',
    price: new Decimal('101'),
    quantity: new Decimal(3),
    at: NOW,
    nanos: 0,
  }
  const [event] = eventsOf(after([reported()]), reportedFilled(7, '100'), { ...nobody, execution })
  expect(event).toMatchObject({ payload: { quantity: '7', price: '100' } })
})

test('shares filled before the account state began are in its positions already, and the order can still end', () => {
  const begun = eventsOf(undefined, reportedFilled(10), {
    ...nobody,
    filledBefore: filledOf(reportedFilled(10)),
  })
  expect(begun).toMatchObject([
    { type: 'ExternalOrderDetected', payload: { filledBefore: '10' } },
    { type: 'OrderFilled', payload: { quantity: '0', filledQuantity: '10' } },
  ])
  expect(after([reportedFilled(10)], { filledBefore: filledOf(reportedFilled(10)) })).toMatchObject({
    state: 'filled',
    filledQuantity: '10',
  })
})

test('a stop that shrinks while its target fills is updated in the account state', () => {
  const known = after([reported({ qty: new Decimal(10) })])
  expect(eventsOf(known, reported({ qty: new Decimal(6) }), nobody)).toMatchObject([
    { type: 'OrderUpdated', payload: { terms: { quantity: '6' } } },
  ])
})

test('a late report of an order’s terms does not bring old ones back', () => {
  const full = reported({ qty: new Decimal(10), updatedAt: NOW })
  const shrunk = reported({ qty: new Decimal(6), updatedAt: NOW + 5 })
  expect(after([full, shrunk, full])?.terms.quantity).toBe('6')
  expect(after([full, shrunk, reported({ qty: new Decimal(4), updatedAt: NOW + 9 })])?.terms.quantity).toBe(
    '4',
  )
})

test('a cancel that the exchange rejects is taken back, once', () => {
  const asking = after([reported(), reported({ status: 'pending_cancel' })])
  expect(asking?.cancelRequestedAt).toBe(NOW)
  expect(types(asking, reported(), { refused: 'cancel' })).toEqual(['OrderCancelRejected'])
  expect(types(after([reported()]), reported(), { refused: 'cancel' })).toEqual([])
})

test('a replacement that the exchange rejects is taken back, once', () => {
  const asking = after([reported(), reported({ status: 'pending_replace' })])
  expect(asking?.replaceRequestedAt).toBe(NOW)
  expect(types(asking, reported(), { refused: 'replace' })).toEqual(['OrderReplaceRejected'])
  expect(types(after([reported()]), reported(), { refused: 'replace' })).toEqual([])
})

test('of two reports with the same timestamp the later one counts', () => {
  const withQuantity = (shares: number, at: number) => reported({ qty: new Decimal(shares), updatedAt: at })
  const reports = [withQuantity(10, NOW), withQuantity(6, NOW + 5), withQuantity(4, NOW + 5)]
  expect(after(reports)?.terms.quantity).toBe('4')
})

test('an exit that is known is no news, and neither is the cancel of an order that is over', () => {
  const leg = reported({ id: 'leg', clientOrderId: 'leg' })
  const entry = reported({ legs: [leg] })
  expect(types(after([entry]), entry)).toEqual([])
  const canceled = after([
    reported(),
    reported({ status: 'pending_cancel' }),
    reported({ status: 'canceled' }),
  ])
  expect(types(canceled, reported({ status: 'canceled' }), { refused: 'cancel' })).toEqual([])
})

test('a stop that the exchange moves is recorded, but not the one that trails the market all day', () => {
  const stopAt = (type: 'stop' | 'trailing_stop', price: number, at: number) =>
    reported({
      type,
      limitPrice: undefined,
      stopPrice: new Decimal(price),
      ...(type === 'trailing_stop' && { trailPrice: new Decimal(1) }),
      updatedAt: at,
    })
  expect(types(after([stopAt('stop', 90, NOW)]), stopAt('stop', 91, NOW + 1))).toEqual(['OrderUpdated'])
  const trailing = after([stopAt('trailing_stop', 90, NOW)])
  expect(types(trailing, stopAt('trailing_stop', 91, NOW + 1))).toEqual([])
})

/** A life at the exchange: it works, fills bit by bit, and ends or not. */
const lifecycle = fc
  .record({
    steps: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
    end: fc.constantFrom('filled', 'canceled', 'expired', 'open'),
  })
  .map(({ steps, end }) => {
    const totals = steps.sort((one, other) => one - other)
    const last = totals.at(-1) ?? 0
    const fills = totals.map((total) => reportedFilled(total, String(100 - total)))
    const filledQuantity =
      last > 0 ? { filledQty: new Decimal(last), filledAvgPrice: new Decimal(100 - last) } : {}
    const ended =
      end === 'open'
        ? []
        : end === 'filled'
          ? [reportedFilled(10, '90')]
          : [reported({ status: end, ...filledQuantity })]
    return [reported({ status: 'accepted' }), reported(), ...fills, ...ended]
  })

test('what is known already gives no event', () => {
  fc.assert(
    fc.property(lifecycle, (reports) => {
      const order = after(reports)
      for (const report of reports) expect(types(order, report)).toEqual([])
    }),
  )
})

test('reports may come twice and in any order: the order ends the same', () => {
  const mixed = lifecycle.chain((reports) =>
    fc.record({
      reports: fc.constant(reports),
      received: fc
        .array(fc.constantFrom(...reports), { maxLength: 8 })
        .chain((more) =>
          fc.shuffledSubarray([...reports, ...more], { minLength: reports.length + more.length }),
        ),
    }),
  )
  fc.assert(
    fc.property(mixed, ({ reports, received }) => {
      const [inOrder, anyhow] = [after(reports), after(received)]
      expect(anyhow?.filledQuantity).toBe(inOrder?.filledQuantity)
      expect(anyhow?.averagePrice).toBe(inOrder?.averagePrice)
      expect(anyhow?.state).toBe(inOrder?.state)
      expect(anyhow !== undefined && isClosed(anyhow)).toBe(inOrder !== undefined && isClosed(inOrder))
    }),
  )
})

test('every share is counted once, whichever reports are lost', () => {
  const withLosses = lifecycle.chain((reports) =>
    fc.subarray([...reports], { minLength: 1 }).map((received) => [...received, ...reports.slice(-1)]),
  )
  fc.assert(
    fc.property(withLosses, (received) => {
      let [order, shares, dollars]: [OrderRecord | undefined, Decimal, Decimal] = [
        undefined,
        new Decimal(0),
        new Decimal(0),
      ]
      for (const report of received)
        for (const event of eventsOf(order, report, nobody)) {
          order = applyOrderEvent(order, event, { id: report.clientOrderId, version: 1, at: NOW })
          if (event.type !== 'OrderFilled' && event.type !== 'OrderPartiallyFilled') continue
          shares = shares.plus(event.payload.quantity)
          dollars = dollars.plus(new Decimal(event.payload.quantity).times(event.payload.price))
        }
      expect(shares.toFixed()).toBe(order?.filledQuantity)
      const paid = new Decimal(order?.averagePrice ?? 0).times(shares)
      expect(dollars.minus(paid).abs().lt('0.0001')).toBe(true)
    }),
  )
})

test('an order that is done for the day may work again on the next one; a late report of the day does not say so', () => {
  const at = (hours: number) => NOW + hours * 3_600_000
  const done = reported({ status: 'done_for_day', updatedAt: at(6) })
  const told = [reported({ updatedAt: at(0) }), done]
  expect(eventsOf(after(told), reported({ updatedAt: at(5) }), nobody)).toEqual([])
  expect(eventsOf(after(told), done, nobody)).toEqual([])
  expect(eventsOf(after(told), reported({ updatedAt: at(22) }), nobody)).toMatchObject([
    { type: 'OrderOpen' },
  ])
  const again = [...told, reported({ updatedAt: at(22) })]
  expect(
    eventsOf(after(again), reported({ status: 'done_for_day', updatedAt: at(30) }), nobody),
  ).toMatchObject([{ type: 'OrderDoneForDay' }])
})

test('an order for a coin is not a stock order, even under a name like a stock’s', () => {
  expect(eventsOf(undefined, reported({ symbol: 'BTCUSD', assetClass: 'crypto' }), nobody)).toEqual([])
})

test('an average price that the exchange tells later or corrects is taken over, without another fill', () => {
  const known = after([
    reported({ limitPrice: new Decimal(190) }),
    { ...reportedFilled(10), filledAvgPrice: undefined },
  ])
  const told = reportedFilled(10, '188.5')
  expect(eventsOf(known, told, nobody)).toMatchObject([
    { type: 'OrderFilled', payload: { quantity: '0', filledQuantity: '10', averagePrice: '188.5' } },
  ])
  const order = after([reported(), reportedFilled(10, '189'), told])
  expect(order).toMatchObject({ state: 'filled', filledQuantity: '10', averagePrice: '188.5' })
  expect(types(order, told)).toEqual([])
  const part = after([
    reported(),
    reportedFilled(4, '189'),
    reported({ status: 'canceled', filledQty: new Decimal(4) }),
  ])
  const corrected = { ...reportedFilled(4, '188'), status: 'canceled' }
  expect(types(part, corrected)).toEqual(['OrderPartiallyFilled'])
  expect(types(part, { ...corrected, filledAvgPrice: undefined })).toEqual([])
})

test('an order expired when the exchange says so, however late it is reported', () => {
  const expired = reported({ status: 'expired', expiredAt: NOW - 7_000, updatedAt: NOW - 5_000 })
  const at = (order: Order) => eventsOf(after([reported()]), order, nobody)
  expect(at(expired)).toEqual([{ type: 'OrderExpired', payload: { version: 1, expiredAt: NOW - 7_000 } }])
  expect(at({ ...expired, expiredAt: undefined })).toMatchObject([{ payload: { expiredAt: NOW - 5_000 } }])
})

const bust = (report: string) => ({ type: 'OrderTradeBusted', report, previousId: 'x-1' }) as const

test('a busted trade lowers what is filled, once, and an older report of the order does not raise it again', () => {
  const at = (ms: number) => ({ updatedAt: NOW + ms })
  const filled = [reported(at(0)), reportedFilled(10, '100', at(1))]
  const busted = reportedFilled(6, '99', { status: 'filled', ...at(9) })
  const [event, ...others] = eventsOf(after(filled), busted, { ...nobody, amendment: bust('one') })
  expect(others).toEqual([])
  expect(event).toMatchObject({
    type: 'OrderTradeBusted',
    payload: {
      filledBefore: '10',
      filledQuantity: '6',
      averageBefore: '100',
      averagePrice: '99',
      amendedAt: NOW + 9,
    },
  })
  const order = applyOrderEvent(after(filled), event ?? never(), { id: 'order-1', version: 3, at: NOW })
  expect(order).toMatchObject({
    state: 'filled',
    filledQuantity: '6',
    problem: 'Trade busted. Alpaca took back an execution. Filled 10 → 6. Avg $100.00 → $99.00.',
  })
  expect(eventsOf(order, busted, { ...nobody, amendment: bust('one') })).toEqual([])
  expect(eventsOf(order, reportedFilled(10, '100', at(1)), nobody)).toEqual([])
  const late = reportedFilled(8, '99.5', { status: 'filled', ...at(5) })
  expect(eventsOf(order, late, { ...nobody, amendment: bust('two') })).toMatchObject([
    { type: 'OrderTradeBusted', payload: { filledBefore: '6', filledQuantity: '6' } },
  ])
  expect(types(order, reportedFilled(10, '99.4', { status: 'filled', ...at(20) }))).toEqual(['OrderFilled'])
})

test('a bust that comes with fills not known yet is recorded after them', () => {
  const order = after([reported({ updatedAt: NOW })])
  const busted = reportedFilled(6, '99', { updatedAt: NOW + 9 })
  expect(types(order, busted, { amendment: bust('one') })).toEqual([
    'OrderPartiallyFilled',
    'OrderTradeBusted',
  ])
})

const never = (): never => {
  throw new Error('an event is expected')
}
