import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedAccountState, plain } from '../../../../tests/support/recorded.ts'
import type { OrderEvent } from '../state/index.ts'
import { noticeOf } from './notices.ts'

/** What the trader is told of the last of these events. */
function notice(events: readonly OrderEvent[]) {
  const { accountState, writer } = openedAccountState()
  const applied = writer.write(accountState, 'order:order-1', ...events).at(-1)
  return applied && noticeOf(applied)
}

const because = (
  type: 'OrderRejected' | 'OrderNeverArrived' | 'OrderUnconfirmed',
  reason: string,
): OrderEvent => ({
  type,
  payload: { version: 1, reason },
})
const working = [asked(), acceptedAs('exchange-1'), plain('OrderOpen')]

test('fills are told with what was paid', () => {
  expect(notice([...working, filledBy('OrderPartiallyFilled', '4', '99.5')])).toEqual({
    kind: 'partially-filled',
    title: 'Buy 10 AAPL: partly filled',
    body: '4 shares at $99.50; 4 in all.',
  })
  expect(notice([...working, filledBy('OrderFilled', '10', '99.5')])).toEqual({
    kind: 'filled',
    title: 'Bought 10 AAPL',
    body: 'The order is filled at $99.50 on average.',
  })
})

test('a fill that is told again is no news', () => {
  const part = filledBy('OrderPartiallyFilled', '4', '99.5')
  expect(notice([...working, part, part])).toBeUndefined()
  const whole = filledBy('OrderFilled', '10', '99.5')
  expect(notice([...working, whole, whole])).toBeUndefined()
})

test('what went wrong is told with its reason', () => {
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

test('an order that was looked for and is found is told of', () => {
  expect(notice([asked(), because('OrderUnconfirmed', 'timeout'), acceptedAs('exchange-1')])).toMatchObject({
    kind: 'found',
    title: 'Buy 10 AAPL: found',
  })
})

test('a cancel that was asked for is no news; one by the exchange is', () => {
  const cancel: OrderEvent = { type: 'OrderCancelRequested', payload: { version: 1, by: 'signal' } }
  expect(notice([...working, cancel, plain('OrderCanceled')])).toBeUndefined()
  expect(notice([...working, plain('OrderCanceled')])).toMatchObject({ kind: 'canceled' })
})

test('an order that works as it should is no news', () => {
  expect(notice(working)).toBeUndefined()
})
