import type { FillView, OrderState, OrderView } from '#shared/trading/order'
import type { EpochMs, ExchangeDay } from '#shared/units'
import { newYorkDay } from '../ui/times.ts'
import { STATE_WORDS, describeKind } from './describe-state.ts'

/** What a list is narrowed to; what is absent lets all through. */
export interface TradeFilter {
  /** Description that must all be found in the line. */
  readonly text: string
  readonly side?: 'buy' | 'sell' | undefined
  readonly state?: OrderState | undefined
  /** The day in New York. */
  readonly day?: ExchangeDay | undefined
}

/** Lets everything through. */
export const NO_FILTER: TradeFilter = { text: '' }

/** Something narrows the list. */
export const isFiltering = ({ text, side, state, day }: TradeFilter): boolean =>
  text.trim() !== '' || side !== undefined || state !== undefined || day !== undefined

/** Every word stands somewhere in the line; a word in capitals is a symbol, which must begin so. */
function matchesText(filter: TradeFilter, symbol: string, line: readonly (string | undefined)[]): boolean {
  const words = filter.text.trim().split(/\s+/).filter(Boolean)
  const searched = line.join(' ').toLowerCase()
  return words.every((word) =>
    /^[A-Z.]+$/.test(word) ? symbol.startsWith(word) : searched.includes(word.toLowerCase()),
  )
}

const isOn = (day: ExchangeDay | undefined, at: EpochMs): boolean =>
  day === undefined || newYorkDay(at) === day

/** The orders that a filter lets through, by the day that they ended. */
export const matchingOrders = (orders: readonly OrderView[], filter: TradeFilter): readonly OrderView[] =>
  orders.filter(
    (order) =>
      (filter.side === undefined || order.side === filter.side) &&
      (filter.state === undefined || order.state === filter.state) &&
      isOn(filter.day, order.updatedAt) &&
      matchesText(filter, order.symbol, [
        order.symbol,
        order.side,
        describeKind(order),
        STATE_WORDS[order.state].text,
        order.problem,
        order.id,
        order.exchangeId,
        order.limitPrice,
        order.stopPrice,
      ]),
  )

/** The fills that a filter lets through. */
export const matchingFills = (fills: readonly FillView[], filter: TradeFilter): readonly FillView[] =>
  fills.filter(
    ({ side, at, symbol, quantity, price, orderId, executionId }) =>
      (filter.side === undefined || side === filter.side) &&
      isOn(filter.day, at) &&
      matchesText(filter, symbol, [symbol, side, quantity, price, orderId, executionId]),
  )
