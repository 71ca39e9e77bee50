import { Decimal } from 'decimal.js'
import { dollars, dollarsEach } from '#shared/format/money'
import { describeShares, formatShares } from '#shared/format/shares'
import { describeIntent, describeTerms } from '#shared/trading/describe-order'
import { orderKey } from '#shared/trading/notice'
import type { EpochMs } from '#shared/units'
import {
  amendmentName,
  describeAmendment,
  excessOver,
  type Applied,
  type EventOf,
  type OrderRecord,
} from '../state/index.ts'
import type { OrderNotice } from '../deps.ts'
import { describeExcess } from './describe-excess.ts'

/** What a notice about an order takes to know besides the order itself. */
export interface NoticeContext {
  /** The entry of an exit; undefined for any other order. */
  readonly entryOf: (orderId: string) => string | undefined
  /** Whether the trader had Signal cancel it. */
  readonly isUnwanted: (orderId: string) => boolean
  /** Whether Signal cancels it to send it anew, so that nothing ends. */
  readonly isToResend: (orderId: string) => boolean
  /** Whether it is an exit that works already: its entry has filled. */
  readonly isActiveExit: (orderId: string) => boolean
  /** Whether that moment, by the exchange's time, is news: not what happened while Signal was closed. */
  readonly isNews: (at: EpochMs) => boolean
}

/** The notices to show about an event; none for most events. */
export function noticesOf(applied: Applied, context: NoticeContext): readonly OrderNotice[] {
  const { event, order, overfilled, corrected } = applied
  if (event.type === 'PositionAdjusted') return [adjusted(event)]
  return [
    order && aboutOrder(applied, order, context),
    overfilled && tooMuch(overfilled, order),
    event.type === 'OrderFillsRestated' && corrected && correction(corrected),
  ].filter((notice) => typeof notice === 'object')
}

function aboutOrder(applied: Applied, order: OrderRecord, context: NoticeContext): OrderNotice | undefined {
  const words = wordsAbout(applied, order, context)
  return words && { ...words, key: orderKey(order.id), symbol: order.terms.symbol, orderId: order.id }
}

type NoticeWords = Pick<OrderNotice, 'kind' | 'title' | 'body' | 'onlyInWindows'>

function wordsAbout(
  { event, at, before, fill, corrected }: Applied,
  order: OrderRecord,
  context: NoticeContext,
): NoticeWords | undefined {
  const name = describeIntent(order.terms)
  switch (event.type) {
    case 'OrderAccepted':
      return before?.state === 'unconfirmed' || before?.state === 'never-arrived'
        ? { kind: 'found', title: `${name}: confirmed`, body: 'Alpaca has the order.' }
        : undefined
    case 'OrderFilled':
      return fill && filled(order, context.isUnwanted(order.id) && before?.cancelRequestedAt !== undefined)
    case 'OrderPartiallyFilled':
      return (
        fill && {
          kind: 'partially-filled',
          title: `${name}: partial fill`,
          body: `${describeShares(fill.quantity)} at ${dollarsEach(fill.price)}; ${formatShares(order.filledQuantity)} total.`,
        }
      )
    case 'OrderRejected':
      return { kind: 'rejected', title: `${name}: rejected`, body: event.payload.reason }
    case 'OrderNeverArrived':
      return { kind: 'never-arrived', title: `${name}: not sent`, body: event.payload.reason }
    case 'OrderUnconfirmed':
      return {
        kind: 'unconfirmed',
        title: `${name}: unconfirmed`,
        body: 'No reply from Alpaca; checking. Don’t resend.',
      }
    case 'OrderCanceled':
      return canceled(event, order, context)
    case 'OrderTradeBusted':
    case 'OrderTradeCorrected':
      return {
        kind: 'amended',
        title: `${amendmentName(event)}: ${describeTerms(order.terms)}`,
        body: [describeAmendment(event), corrected && positionChange(corrected)].filter(Boolean).join(' '),
      }
    case 'OrderExpired':
      return context.isNews(event.payload.expiredAt ?? at) ? expired(order, context) : undefined
    case 'OrderDoneForDay':
      return context.isNews(event.payload.doneAt) ? doneForDay(order) : undefined
    case 'OrderCancelRejected':
      return context.isUnwanted(order.id)
        ? {
            kind: 'cancel-rejected',
            title: `Cancel failed: ${describeTerms(order.terms)}`,
            body: event.payload.reason,
            onlyInWindows: true,
          }
        : undefined
    default:
      return undefined
  }
}

function positionChange({ before, after }: NonNullable<Applied['corrected']>): string | undefined {
  const [one, other] = [before, after].map(({ quantity }) => formatShares(quantity.toFixed()))
  return one === other ? undefined : `${after.symbol} position ${one} → ${other}.`
}

function filled({ terms, filledQuantity, averagePrice }: OrderRecord, isLate: boolean): NoticeWords {
  const done = `${terms.side === 'buy' ? 'Bought' : 'Sold'} ${formatShares(filledQuantity)} ${terms.symbol}`
  return {
    kind: isLate ? 'filled-late' : 'filled',
    title: isLate ? `${done}: too late to cancel` : done,
    body: `Avg ${dollarsEach(averagePrice ?? '0')}.`,
  }
}

/**
 * Exits that end with their entry, or because the other one filled, are not told by themselves, nor is an order that is
 * canceled to be sent anew.
 */
function canceled(
  { payload: { reason } }: EventOf<'OrderCanceled'>,
  order: OrderRecord,
  context: NoticeContext,
): NoticeWords | undefined {
  const isAsked = context.isUnwanted(order.id)
  const entry = context.entryOf(order.id)
  const isAlone = entry === undefined || (isAsked && !context.isUnwanted(entry))
  if (reason === undefined && (!isAlone || context.isToResend(order.id))) return undefined
  const part = new Decimal(order.filledQuantity).gt(0) && describeFilled(order)
  const by = !isAsked && 'Canceled at Alpaca, not in Signal.'
  const words: NoticeWords = {
    kind: 'canceled',
    title: `Canceled: ${describeTerms(order.terms)}`,
    body: reason ?? [part, by].filter(Boolean).join(' '),
  }
  const isKnown = isAsked || order.draft === undefined
  return isKnown && reason === undefined ? { ...words, onlyInWindows: true } : words
}

/** An exit that ends with its entry is not told by itself. */
function expired(order: OrderRecord, context: NoticeContext): NoticeWords | undefined {
  const isExit = context.entryOf(order.id) !== undefined
  if (isExit && !context.isActiveExit(order.id)) return undefined
  const words: NoticeWords = {
    kind: 'expired',
    title: `Expired: ${describeTerms(order.terms)}`,
    body: `${order.terms.timeInForce === 'day' ? 'Day' : order.terms.timeInForce.toUpperCase()} order, ${describeProgress(order)}`,
  }
  return order.draft === undefined && !isExit ? { ...words, onlyInWindows: true } : words
}

const doneForDay = (order: OrderRecord): NoticeWords => ({
  kind: 'done-for-day',
  title: `Done for the day: ${describeTerms(order.terms)}`,
  body: `Alpaca doesn’t fill it anymore today; ${describeProgress(order)}`,
  ...(order.draft === undefined && { onlyInWindows: true }),
})

const describeProgress = (order: OrderRecord): string =>
  new Decimal(order.filledQuantity).gt(0) ? describeFilled(order) : 'not filled.'

const describeFilled = ({ filledQuantity, terms: { quantity } }: OrderRecord): string =>
  quantity === undefined
    ? `${describeShares(filledQuantity)} filled.`
    : `${formatShares(filledQuantity)} of ${formatShares(quantity)} filled.`

/** Nothing once the order that replaced it is over without more than was wanted. */
function tooMuch(replacement: OrderRecord, old: OrderRecord | undefined): OrderNotice | undefined {
  const body = old && describeExcess(replacement, excessOver(replacement, old))
  return body === undefined
    ? undefined
    : {
        kind: 'overfilled',
        key: `excess ${replacement.id}`,
        title: `${describeIntent(replacement.terms)}: overfilled`,
        body,
        symbol: replacement.terms.symbol,
        orderId: replacement.id,
      }
}

/** Alpaca's figure was taken over; nothing in Signal explains it. */
function adjusted({ payload }: EventOf<'PositionAdjusted'>): OrderNotice {
  const { symbol, before, quantity, averagePrice, averageBefore } = payload
  const isSameQuantity = new Decimal(before).eq(quantity)
  const body = isSameQuantity
    ? `Avg price is ${priceText(averagePrice)} at Alpaca; Signal had ${priceText(averageBefore)}.`
    : `Alpaca reports ${describeShares(quantity)}; Signal had ${describeShares(before)}. No order explains it: a split, transfer or account reset may.`
  return {
    kind: 'adjusted',
    key: `position ${symbol}`,
    title: `${symbol}: position adjusted to Alpaca`,
    body,
    symbol,
  }
}

function correction({ before, after }: NonNullable<Applied['corrected']>): OrderNotice | undefined {
  const [one, other] = [before, after].map(({ averagePrice, realized }) => ({
    average: priceText(averagePrice),
    realized: dollars(realized.toDecimalPlaces(2)),
  }))
  if (one?.average === other?.average && one?.realized === other?.realized) return undefined
  const { symbol } = after
  return {
    kind: 'adjusted',
    key: `position ${symbol}`,
    title: `${symbol}: fills reordered`,
    body: `By Alpaca’s list of fills, avg price is ${other?.average} (Signal had ${one?.average}) and realized today is ${other?.realized} (was ${one?.realized}).`,
    symbol,
  }
}

const priceText = (amount: Decimal | string | undefined): string =>
  amount === undefined ? 'unknown' : dollarsEach(new Decimal(amount).toDecimalPlaces(4).toFixed())
