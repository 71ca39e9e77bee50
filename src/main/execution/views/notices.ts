import { Decimal } from 'decimal.js'
import { dollars, dollarsEach } from '#shared/format/money'
import { describeShares, formatShares } from '#shared/format/shares'
import { describeIntent } from '#shared/trading/describe-order'
import { excessOver, type Applied, type EventOf, type OrderRecord } from '../state/index.ts'
import type { OrderNotice } from '../deps.ts'
import { describeExcess } from './describe-excess.ts'

/** The notices to show outside the window about an event; none for most events. */
export function noticesOf(applied: Applied): readonly OrderNotice[] {
  const { event, order, overfilled, corrected } = applied
  if (event.type === 'PositionAdjusted') return [adjusted(event)]
  return [
    order && aboutOrder(applied, order),
    overfilled && tooMuch(overfilled, order),
    corrected && correction(corrected),
  ].filter((notice) => notice !== undefined)
}

function aboutOrder({ event, before, fill }: Applied, order: OrderRecord): OrderNotice | undefined {
  const name = describeIntent(order.terms)
  switch (event.type) {
    case 'OrderAccepted':
      return before?.state === 'unconfirmed' || before?.state === 'never-arrived'
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
    case 'OrderCanceled': {
      const { reason } = event.payload
      const isUnasked = before?.cancelRequestedAt === undefined && order.draft !== undefined
      return isUnasked || reason !== undefined
        ? { kind: 'canceled', title: `${name}: canceled`, body: reason ?? 'The order works no more.' }
        : undefined
    }
    default:
      return undefined
  }
}

/** Nothing once the order that replaced it is over without more than was wanted. */
function tooMuch(replacement: OrderRecord, old: OrderRecord | undefined): OrderNotice | undefined {
  const body = old && describeExcess(replacement, excessOver(replacement, old))
  return body === undefined
    ? undefined
    : { kind: 'overfilled', title: `${describeIntent(replacement.terms)}: more than you wanted`, body }
}

/** The exchange's figure was taken over; nothing in Signal explains it. */
function adjusted({ payload }: EventOf<'PositionAdjusted'>): OrderNotice {
  const { symbol, before, quantity, averagePrice, averageBefore } = payload
  const isSameQuantity = new Decimal(before).eq(quantity)
  const body = isSameQuantity
    ? `Alpaca says that a share cost ${priceText(averagePrice)} on average; Signal had ${priceText(averageBefore)}.`
    : `Alpaca says that you hold ${describeShares(quantity)}; Signal had ${describeShares(before)}. No order explains it: a split, a transfer or a reset of the account may.`
  return { kind: 'adjusted', title: `${symbol}: position taken from Alpaca`, body }
}

function correction({ before, after }: NonNullable<Applied['corrected']>): OrderNotice | undefined {
  const [one, other] = [before, after].map(({ averagePrice, realized }) => ({
    average: priceText(averagePrice),
    realized: dollars(realized.toDecimalPlaces(2)),
  }))
  if (one?.average === other?.average && one?.realized === other?.realized) return undefined
  return {
    kind: 'adjusted',
    title: `${after.symbol}: fills put in order`,
    body: `By Alpaca’s list of fills, a share cost ${other?.average} on average (Signal had ${one?.average}), and today’s realized profit is ${other?.realized} (it was ${one?.realized}).`,
  }
}

const priceText = (amount: Decimal | string | undefined): string =>
  amount === undefined ? 'an unknown price' : dollarsEach(new Decimal(amount).toDecimalPlaces(4).toFixed())
