import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedAccountState, plain } from '../../../../tests/support/recorded.ts'
import { NOW, p, q } from '../../../../tests/support/risk-context.ts'
import type { OrderEvent } from '../state/index.ts'
import { noticesOf, type NoticeContext } from './notices.ts'

/** Nothing was done in Signal, and no order is an exit. */
const nothing: NoticeContext = {
  entryOf: () => undefined,
  isUnwanted: () => false,
  isToResend: () => false,
  isActiveExit: () => false,
  isNews: () => true,
}

/** The notice about the last of these events. */
function notice(events: readonly OrderEvent[], context: Partial<NoticeContext> = {}) {
  const { accountState, writer } = openedAccountState()
  const applied = writer.write(accountState, 'order:order-1', ...events).at(-1)
  return applied && noticesOf(applied, { ...nothing, ...context })[0]
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
    key: 'order order-1',
    title: 'Buy 10 AAPL: partial fill',
    body: '4 shares at $99.50; 4 total.',
    symbol: 'AAPL',
    orderId: 'order-1',
  })
  expect(notice([...open, filledBy('OrderFilled', '10', '99.5')])).toMatchObject({
    kind: 'filled',
    title: 'Bought 10 AAPL',
    body: 'Avg $99.50.',
  })
})

test('a fill that is reported again gives no notice', () => {
  const part = filledBy('OrderPartiallyFilled', '4', '99.5')
  expect(notice([...open, part, part])).toBeUndefined()
  const whole = filledBy('OrderFilled', '10', '99.5')
  expect(notice([...open, whole, whole])).toBeUndefined()
})

test('notices about problems name the reason', () => {
  expect(notice([asked(), because('OrderRejected', 'No buying power.')])).toMatchObject({
    kind: 'rejected',
    title: 'Buy 10 AAPL: rejected',
    body: 'No buying power.',
  })
  expect(notice([asked(), because('OrderNeverArrived', 'It never arrived.')])).toMatchObject({
    kind: 'never-arrived',
  })
  expect(notice([asked(), because('OrderUnconfirmed', 'timeout')])).toMatchObject({
    kind: 'unconfirmed',
    body: 'No reply from Alpaca; checking. Don’t resend.',
  })
})

test('an unconfirmed order that is found gives a notice', () => {
  expect(notice([asked(), because('OrderUnconfirmed', 'timeout'), acceptedAs('exchange-1')])).toMatchObject({
    kind: 'found',
    title: 'Buy 10 AAPL: confirmed',
  })
})

const cancel: OrderEvent = { type: 'OrderCancelRequested', payload: { version: 1, by: 'signal' } }
const unwanted = { isUnwanted: (id: string) => id === 'order-1' }

test('a cancel from Signal is told in its windows alone, one at Alpaca by the desktop too', () => {
  expect(notice([...open, cancel, plain('OrderCanceled')], unwanted)).toEqual({
    kind: 'canceled',
    key: 'order order-1',
    title: 'Canceled: Buy 10 AAPL limit 100.00',
    body: '',
    symbol: 'AAPL',
    orderId: 'order-1',
    onlyInWindows: true,
  })
  const atAlpaca = notice([...open, plain('OrderCanceled')])
  expect(atAlpaca).toMatchObject({ kind: 'canceled', body: 'Canceled at Alpaca, not in Signal.' })
  expect(atAlpaca).not.toHaveProperty('onlyInWindows')
})

test('a cancel tells how much was filled before', () => {
  const part = filledBy('OrderPartiallyFilled', '4', '99.5')
  expect(notice([...open, part, cancel, plain('OrderCanceled')], unwanted)).toMatchObject({
    body: '4 of 10 filled.',
  })
})

test('an order that filled before its cancel arrived is told as too late', () => {
  expect(notice([...open, cancel, filledBy('OrderFilled', '10', '99.5')], unwanted)).toMatchObject({
    kind: 'filled-late',
    title: 'Bought 10 AAPL: too late to cancel',
    body: 'Avg $99.50.',
  })
})

test('a cancel that Alpaca rejects is told with its reason', () => {
  const rejected: OrderEvent = {
    type: 'OrderCancelRejected',
    payload: { version: 1, reason: 'The order is being replaced.' },
  }
  expect(notice([...open, cancel, rejected], unwanted)).toMatchObject({
    kind: 'cancel-rejected',
    title: 'Cancel failed: Buy 10 AAPL limit 100.00',
    body: 'The order is being replaced.',
  })
})

test('an order canceled to be sent anew, and an exit that ends with its entry, are not told', () => {
  const canceled = [...open, cancel, plain('OrderCanceled')]
  expect(notice(canceled, { isToResend: () => true })).toBeUndefined()
  expect(notice(canceled, { entryOf: () => 'entry', isUnwanted: () => true })).toBeUndefined()
  expect(notice([...open, plain('OrderCanceled')], { entryOf: () => 'entry' })).toBeUndefined()
  expect(notice(canceled, { entryOf: () => 'entry', ...unwanted })).toMatchObject({ kind: 'canceled' })
})

const expiredAt = NOW - 90_000
const expired: OrderEvent = { type: 'OrderExpired', payload: { version: 1, expiredAt } }

test('an order that expires is told like a cancel, with what it is and how much of it was filled', () => {
  expect(notice([...open, expired])).toEqual({
    kind: 'expired',
    key: 'order order-1',
    title: 'Expired: Buy 10 AAPL limit 100.00',
    body: 'Day order, not filled.',
    symbol: 'AAPL',
    orderId: 'order-1',
  })
  const gtc = [asked({ timeInForce: 'gtc' }), ...open.slice(1), filledBy('OrderPartiallyFilled', '4', '99.5')]
  expect(notice([...gtc, expired])).toMatchObject({ body: 'GTC order, 4 of 10 filled.' })
})

test('an order that expires is told once, and not if it expired while Signal was closed', () => {
  expect(notice([...open, expired], { isNews: (at) => at >= expiredAt })).toMatchObject({ kind: 'expired' })
  expect(notice([...open, expired], { isNews: (at) => at > expiredAt })).toBeUndefined()
})

test('an exit that expires is told once its entry has filled: before that, it ends with its entry', () => {
  const exit = { entryOf: () => 'entry' }
  expect(notice([...open, expired], exit)).toBeUndefined()
  expect(notice([...open, expired], { ...exit, isActiveExit: () => true })).toMatchObject({
    title: 'Expired: Buy 10 AAPL limit 100.00',
  })
})

const done: OrderEvent = { type: 'OrderDoneForDay', payload: { version: 1, doneAt: expiredAt } }

test('an order that is done for the day is told with how much of it was filled, unless that is no news', () => {
  const part = filledBy('OrderPartiallyFilled', '4', '99.5')
  expect(notice([...open, part, done])).toMatchObject({
    kind: 'done-for-day',
    title: 'Done for the day: Buy 10 AAPL limit 100.00',
    body: 'Alpaca doesn’t fill it anymore today; 4 of 10 filled.',
  })
  expect(notice([...open, done], { isNews: (at) => at > expiredAt })).toBeUndefined()
})

test('a busted trade is told with what it was, what the order still has, and the position', () => {
  const totals = {
    filledBefore: q('10'),
    filledQuantity: q('4'),
    averageBefore: p('99.5'),
    averagePrice: p('99.5'),
  }
  const busted: OrderEvent = {
    type: 'OrderTradeBusted',
    payload: {
      version: 1,
      report: 'bust',
      execution: { executionId: 'x', quantity: q('6'), price: p('99.5') },
      ...totals,
      amendedAt: NOW,
    },
  }
  const bought = [...open, filledBy('OrderFilled', '10', '99.5')]
  expect(notice([...bought, busted])).toEqual({
    kind: 'amended',
    key: 'order order-1',
    title: 'Trade busted: Buy 10 AAPL limit 100.00',
    body: 'Alpaca took back 6 shares at $99.50. Filled 10 → 4. AAPL position 10 → 4.',
    symbol: 'AAPL',
    orderId: 'order-1',
  })
  const execution = { executionId: 'x', quantity: q('10'), price: p('98') }
  const payload = { ...busted.payload, ...totals, execution, filledQuantity: q('10'), averagePrice: p('98') }
  expect(notice([...bought, { type: 'OrderTradeCorrected', payload }])).toMatchObject({
    title: 'Trade corrected: Buy 10 AAPL limit 100.00',
    body: 'Alpaca corrected an execution to 10 shares at $98.00. Avg $99.50 → $98.00.',
  })
})

test('an order that opens as expected gives no notice', () => {
  expect(notice(open)).toBeUndefined()
})

test('an order that the exchange no longer has gives a notice, even if its cancel was requested', () => {
  const gone: OrderEvent = { type: 'OrderCanceled', payload: { version: 1, reason: 'It is gone.' } }
  expect(notice([...open, cancel, gone])).toMatchObject({ kind: 'canceled', body: 'It is gone.' })
})

test('an order that shows up although it was said never to have arrived gives a notice', () => {
  const never = because('OrderNeverArrived', 'It never arrived; send it again.')
  expect(notice([asked(), never, acceptedAs('exchange-1')])).toMatchObject({
    kind: 'found',
    title: 'Buy 10 AAPL: confirmed',
  })
})
