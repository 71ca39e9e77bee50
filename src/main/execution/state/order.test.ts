import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isClosed } from '#shared/trading/order'
import { acceptedAs, asked, filledBy, plain } from '../../../../tests/support/recorded.ts'
import { NOW, p, q } from '../../../../tests/support/risk-context.ts'
import type { OrderEvent } from './event.ts'
import { applyOrderEvent, stateOf, type OrderRecord } from './order.ts'

const place = { id: 'order-1', version: 1, at: NOW }

function after(...events: readonly OrderEvent[]): OrderRecord {
  let order: OrderRecord | undefined
  for (const [nth, event] of events.entries())
    order = applyOrderEvent(order, event, { ...place, version: nth + 1 }) ?? order
  if (order === undefined) throw new Error('no order began')
  return order
}

const shown = (...events: readonly OrderEvent[]) => stateOf(after(...events))
const cancelAsked: OrderEvent = { type: 'OrderCancelRequested', payload: { version: 1, by: 'signal' } }
const because = (
  type: 'OrderRejected' | 'OrderNeverArrived' | 'OrderUnconfirmed' | 'OrderCancelRejected',
): OrderEvent => ({
  type,
  payload: { version: 1, reason: 'why' },
})

test('an order goes from its request to its last share', () => {
  const open = [asked(), acceptedAs('exchange-1'), plain('OrderOpen')]
  expect(shown(asked())).toBe('requested')
  expect(shown(asked(), acceptedAs('exchange-1'))).toBe('accepted')
  expect(shown(...open)).toBe('open')
  const part = filledBy('OrderPartiallyFilled', '4', '100')
  expect(after(...open, part)).toMatchObject({
    state: 'partially-filled',
    filledQuantity: '4',
    averagePrice: '100',
  })
  const rest = filledBy('OrderFilled', '6', '99', { filledQuantity: '10', average: '99.4' })
  expect(after(...open, part, rest)).toMatchObject({
    state: 'filled',
    filledQuantity: '10',
    averagePrice: '99.4',
  })
})

test('the first final state stays, and pending requests end with it', () => {
  const ended = after(
    asked(),
    acceptedAs('exchange-1'),
    cancelAsked,
    plain('OrderCanceled'),
    plain('OrderExpired'),
  )
  expect(ended).toMatchObject({ state: 'canceled' })
  expect(ended.cancelRequestedAt).toBeUndefined()
})

test('fills that are reported after the end are kept', () => {
  const late = filledBy('OrderPartiallyFilled', '3', '100')
  expect(after(asked(), acceptedAs('exchange-1'), plain('OrderCanceled'), late)).toMatchObject({
    state: 'canceled',
    filledQuantity: '3',
  })
})

test('totals never decrease', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }), (totals) => {
      const fills = [...totals, ...totals].map((total) =>
        filledBy('OrderPartiallyFilled', String(total), '100'),
      )
      expect(after(asked(), ...fills).filledQuantity).toBe(String(Math.max(...totals)))
    }),
  )
})

test('an order that was taken for never sent can turn up after all', () => {
  const found = after(
    asked(),
    because('OrderUnconfirmed'),
    because('OrderNeverArrived'),
    acceptedAs('exchange-1'),
  )
  expect(found).toMatchObject({ state: 'accepted', exchangeId: 'exchange-1' })
  expect(found.problem).toBeUndefined()
  expect(isClosed(found)).toBe(false)
})

test('a cancel is pending until it is done or rejected', () => {
  const asking = [asked(), acceptedAs('exchange-1'), plain('OrderOpen'), cancelAsked]
  expect(shown(...asking)).toBe('pending-cancel')
  expect(shown(...asking, because('OrderCancelRejected'))).toBe('open')
  expect(shown(...asking, plain('OrderCanceled'))).toBe('canceled')
})

test('a replacement is pending until the new order takes the old one’s place', () => {
  const asking = [asked(), acceptedAs('exchange-1'), plain('OrderOpen')]
  const change: OrderEvent = { type: 'OrderReplaceRequested', payload: { version: 1, replacedBy: 'order-2' } }
  const done: OrderEvent = { type: 'OrderReplaced', payload: { version: 1, replacedBy: 'order-2' } }
  expect(shown(...asking, change)).toBe('pending-replace')
  expect(after(...asking, change, done)).toMatchObject({ state: 'replaced', replacedBy: 'order-2' })
})

test('no order begins with an event that only happens to an existing one', () => {
  expect(applyOrderEvent(undefined, plain('OrderOpen'), place)).toBeUndefined()
})

test('an OCO order is its own take profit', () => {
  const oco = asked({
    side: 'sell',
    orderClass: 'oco',
    limitPrice: undefined,
    takeProfit: { limitPrice: p('110') },
    stopLoss: { stopPrice: p('90') },
  })
  expect(after(oco).terms).toMatchObject({ limitPrice: '110', quantity: q('10') })
})
