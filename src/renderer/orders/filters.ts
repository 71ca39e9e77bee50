import { exchangeDayOf } from '#shared/calendar/new-york'
import type { FillView, OrderState, OrderView } from '#shared/trading/order'
import type { EpochMs, ExchangeDay } from '#shared/units'
import { STATE_WORDS, describeKind } from './describe-state.ts'

/** Filter of a list; an absent field matches everything. */
export interface TradeFilter {
  /** Words that must all appear in the line. */
  readonly text: string
  readonly side?: 'buy' | 'sell' | undefined
  readonly state?: OrderState | undefined
  /** The exchange's day. */
  readonly day?: ExchangeDay | undefined
}

/** Matches everything. */
export const NO_FILTER: TradeFilter = { text: '' }

/** Whether a filter is set. */
export const isFiltering = ({ text, side, state, day }: TradeFilter): boolean =>
  text.trim() !== '' || side !== undefined || state !== undefined || day !== undefined

/** Whether every word appears in the line; a word in capitals must be the start of the symbol. */
function matchesText(filter: TradeFilter, symbol: string, line: readonly (string | undefined)[]): boolean {
  const words = filter.text.trim().split(/\s+/).filter(Boolean)
  const searched = line.join(' ').toLowerCase()
  return words.every((word) =>
    /^[A-Z.]+$/.test(word) ? symbol.startsWith(word) : searched.includes(word.toLowerCase()),
  )
}

const isOn = (day: ExchangeDay | undefined, at: EpochMs): boolean =>
  day === undefined || exchangeDayOf(at) === day

/** The orders that match a filter; its day is the day they ended. */
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

/** The fills that match a filter. */
export const matchingFills = (fills: readonly FillView[], filter: TradeFilter): readonly FillView[] =>
  fills.filter(
    ({ side, at, symbol, quantity, price, orderId, executionId }) =>
      (filter.side === undefined || side === filter.side) &&
      isOn(filter.day, at) &&
      matchesText(filter, symbol, [symbol, side, quantity, price, orderId, executionId]),
  )
