import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedAccountState, plain } from '../../../../tests/support/recorded.ts'
import type { OrderEvent } from '../state/index.ts'
import { noticesOf } from './notices.ts'

/** The notice about the last of these events. */
function notice(events: readonly OrderEvent[]) {
  const { accountState, writer } = openedAccountState()
  const applied = writer.write(accountState, 'order:order-1', ...events).at(-1)
  return applied && noticesOf(applied)[0]
}

const because = (
  type: 'OrderRejected' | 'OrderNeverArrived' | 'OrderUnconfirmed',
  reason: string,
): OrderEvent => ({
  type,
  payload: { version: 1, reason },
})
const open = [asked(), acceptedAs('exchange-1'), plain('OrderOpen')]

test('notices about fills name the price paid', () => {
  expect(notice([...open, filledBy('OrderPartiallyFilled', '4', '99.5')])).toEqual({
    kind: 'partially-filled',
    title: 'Buy 10 AAPL: partly filled',
    body: '4 shares at $99.50; 4 in all.',
  })
  expect(notice([...open, filledBy('OrderFilled', '10', '99.5')])).toEqual({
    kind: 'filled',
    title: 'Bought 10 AAPL',
    body: 'The order is filled at $99.50 on average.',
  })
})

test('a fill that is reported again gives no notice', () => {
  const part = filledBy('OrderPartiallyFilled', '4', '99.5')
  expect(notice([...open, part, part])).toBeUndefined()
  const whole = filledBy('OrderFilled', '10', '99.5')
  expect(notice([...open, whole, whole])).toBeUndefined()
})

test('notices about problems name the reason', () => {
  expect(notice([asked(), because('OrderRejected', 'No buying power.')])).toEqual({
    kind: 'rejected',
    title: 'Buy 10 AAPL: rejected',
    body: 'No buying power.',
  })
  expect(notice([asked(), because('OrderNeverArrived', 'It never arrived.')])).toMatchObject({
    kind: 'never-arrived',
  })
  expect(notice([asked(), because('OrderUnconfirmed', 'timeout')])).toMatchObject({
    kind: 'unconfirmed',
    body: 'Signal is looking for it at the exchange. Do not send it again.',
  })
})

test('an unconfirmed order that is found gives a notice', () => {
  expect(notice([asked(), because('OrderUnconfirmed', 'timeout'), acceptedAs('exchange-1')])).toMatchObject({
    kind: 'found',
    title: 'Buy 10 AAPL: found',
  })
})

test('a requested cancel gives no notice; one by the exchange does', () => {
  const cancel: OrderEvent = { type: 'OrderCancelRequested', payload: { version: 1, by: 'signal' } }
  expect(notice([...open, cancel, plain('OrderCanceled')])).toBeUndefined()
  expect(notice([...open, plain('OrderCanceled')])).toMatchObject({ kind: 'canceled' })
})

test('an order that opens as expected gives no notice', () => {
  expect(notice(open)).toBeUndefined()
})

test('an order that the exchange no longer has gives a notice, even if its cancel was requested', () => {
  const cancel: OrderEvent = { type: 'OrderCancelRequested', payload: { version: 1, by: 'signal' } }
  const gone: OrderEvent = { type: 'OrderCanceled', payload: { version: 1, reason: 'It is gone.' } }
  expect(notice([...open, cancel, gone])).toMatchObject({ kind: 'canceled', body: 'It is gone.' })
})

test('an order that shows up although it was said never to have arrived gives a notice', () => {
  const never = because('OrderNeverArrived', 'It never arrived; send it again.')
  expect(notice([asked(), never, acceptedAs('exchange-1')])).toMatchObject({
    kind: 'found',
    title: 'Buy 10 AAPL: found',
  })
})
