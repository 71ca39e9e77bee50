import { Decimal } from 'decimal.js'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { FillView } from '#shared/trading/order'
import { afterTrade, type Holding } from './holding.ts'

/**
 * A holding with the latest fills behind it, in the order of their execution. Average price and realized profit depend on
 * that order, and fills become known in another one: after a break, or when two updates come swapped.
 */
export interface TradedHolding {
  /** Before the first of {@link fills}. */
  readonly base: Holding
  /** Oldest first, by the exchange's time. */
  readonly fills: readonly FillView[]
  /** After all of them. */
  readonly now: Holding
}

/** How many fills of a symbol stay in their order; once twice as many are there, the older half joins the base. */
const MAX_FILLS = 128

/** A holding that no known fill explains, such as the opening one. */
export const untraded = (base: Holding): TradedHolding => ({ base, fills: [], now: base })

/** The same with one fill more, put where it belongs in time. */
export function withFill(holding: TradedHolding | undefined, fill: FillView, start: Holding): TradedHolding {
  const { base, fills, now } = holding ?? untraded(start)
  const later = fills.filter((one) => byExecution(one, fill) > 0)
  const all = [...fills.slice(0, fills.length - later.length), fill, ...later]
  return trimmed({
    base,
    fills: all,
    now: later.length === 0 ? afterFill(now, fill) : all.reduce(afterFill, base),
  })
}

/** The same with these fills in place of the order's. */
export function withFillsOf(
  holding: TradedHolding,
  orderId: string,
  fills: readonly FillView[],
): TradedHolding {
  const all = [...holding.fills.filter((fill) => fill.orderId !== orderId), ...fills].sort(byExecution)
  return { base: holding.base, fills: all, now: all.reduce(afterFill, holding.base) }
}

/** Orders fills by the exchange's time of their execution. */
export const byExecution = (one: FillView, other: FillView): number =>
  one.at - other.at || (one.nanos ?? 0) - (other.nanos ?? 0)

/** An order's fills among those at hand. */
export const fillsOf = ({ fills }: TradedHolding, orderId: string): readonly FillView[] =>
  fills.filter((fill) => fill.orderId === orderId)

/** Shares of these fills together. */
export const sharesIn = (fills: readonly Pick<FillView, 'quantity'>[]): Decimal =>
  fills.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0))

/** Dollars that these fills moved, negative for a purchase. */
export const dollarsOf = (fills: readonly FillView[]): Decimal =>
  fills.reduce(
    (sum, { side, quantity, price }) =>
      sum.plus(new Decimal(quantity).times(price).times(side === 'buy' ? -1 : 1)),
    new Decimal(0),
  )

/** The holding after a fill. */
export const afterFill = (holding: Holding, { at, ...trade }: FillView): Holding =>
  afterTrade(holding, { ...trade, day: exchangeDayOf(at) })

function trimmed(holding: TradedHolding): TradedHolding {
  if (holding.fills.length < 2 * MAX_FILLS) return holding
  const base = holding.fills.slice(0, -MAX_FILLS).reduce(afterFill, holding.base)
  return { ...holding, base, fills: holding.fills.slice(-MAX_FILLS) }
}
