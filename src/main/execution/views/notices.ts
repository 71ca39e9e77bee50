import { dollars, dollarsEach } from '#shared/format/money'
import { describeShares, formatShares } from '#shared/format/shares'
import { sideName } from '#shared/trading/describe-order'
import type { Applied, OrderRecord } from '../state/index.ts'
import type { OrderNotice } from '../deps.ts'

/** The notice to show outside the window about an order's event; nothing for most events. */
export function noticeOf({ event, order, before, fill }: Applied): OrderNotice | undefined {
  if (order === undefined) return undefined
  const name = nameOf(order)
  switch (event.type) {
    case 'OrderAccepted':
      return before?.state === 'unconfirmed'
        ? {
            kind: 'found',
            title: `${name}: found`,
            body: 'No answer had come, but the exchange has it, once. Look at Orders.',
          }
        : undefined
    case 'OrderFilled':
      return fill === undefined
        ? undefined
        : {
            kind: 'filled',
            title: `${order.terms.side === 'buy' ? 'Bought' : 'Sold'} ${formatShares(order.filledQuantity)} ${order.terms.symbol}`,
            body: `The order is filled at ${dollarsEach(order.averagePrice ?? '0')} on average.`,
          }
    case 'OrderPartiallyFilled':
      return fill === undefined
        ? undefined
        : {
            kind: 'partially-filled',
            title: `${name}: partly filled`,
            body: `${describeShares(fill.quantity)} at ${dollarsEach(fill.price)}; ${formatShares(order.filledQuantity)} in all.`,
          }
    case 'OrderRejected':
      return { kind: 'rejected', title: `${name}: rejected`, body: event.payload.reason }
    case 'OrderNeverArrived':
      return { kind: 'never-arrived', title: `${name}: not sent`, body: event.payload.reason }
    case 'OrderUnconfirmed':
      return {
        kind: 'unconfirmed',
        title: `${name}: no answer`,
        body: 'Signal is looking for it at the exchange. Do not send it again.',
      }
    case 'OrderCanceled':
      return before?.cancelRequestedAt === undefined && order.draft !== undefined
        ? { kind: 'canceled', title: `${name}: canceled`, body: 'The order works no more.' }
        : undefined
    default:
      return undefined
  }
}

function nameOf({ terms: { side, quantity, notional, symbol } }: OrderRecord): string {
  const amount = quantity === undefined ? dollars(notional ?? '0') : formatShares(quantity)
  return `${sideName(side)} ${amount} ${symbol}`
}
