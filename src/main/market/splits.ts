import { midnightOf } from '#shared/calendar/new-york'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { BarMessage, CorporateAction, TradeMessage } from '#alpaca'
import { Exact } from './quote.ts'

/** A split of one symbol: from `exDay` on, `oldRate` shares are `newRate` shares. */
export interface Split {
  readonly exDay: ExchangeDay
  /** When `exDay` begins in New York: prices from before are in old shares. */
  readonly from: EpochMs
  readonly oldRate: number
  readonly newRate: number
}

/** Decimal places of adjusted prices, as Alpaca gives raw ones. */
const PLACES = 4

/** The splits among corporate actions. */
export const splitsOf = (actions: readonly CorporateAction[]): readonly Split[] =>
  actions.flatMap((action) => {
    if (action.type !== 'forward_split' && action.type !== 'reverse_split') return []
    const { exDate: exDay, oldRate, newRate } = action
    return [{ exDay, from: midnightOf(exDay), oldRate, newRate }]
  })

/** The splits that lie between that instant and now. */
const since = (splits: readonly Split[], at: EpochMs): readonly Split[] =>
  splits.length === 0 ? splits : splits.filter(({ from }) => at < from)

/** Whether prices of that instant are in shares of today. */
export const isInTodaysShares = (splits: readonly Split[], at: EpochMs): boolean =>
  since(splits, at).length === 0

/** The price of that instant in shares of today, with four decimals if splits changed it. */
export function splitAdjusted(price: number, at: EpochMs, splits: readonly Split[]): number {
  const between = since(splits, at)
  if (between.length === 0) return price
  return between
    .reduce((amount, { oldRate, newRate }) => amount.times(oldRate).div(newRate), new Exact(price))
    .toDecimalPlaces(PLACES)
    .toNumber()
}

/** The trade in shares of today. Its size stays as it was. */
export const splitAdjustedTrade = (trade: TradeMessage, splits: readonly Split[]): TradeMessage =>
  isInTodaysShares(splits, trade.at)
    ? trade
    : { ...trade, price: splitAdjusted(trade.price, trade.at, splits) }

/** The bar with its prices in shares of today. Its volume stays as it was. */
export function splitAdjustedBar(bar: BarMessage, splits: readonly Split[]): BarMessage {
  if (isInTodaysShares(splits, bar.at)) return bar
  const { vwap, ...rest } = bar
  const adjusted = (price: number) => splitAdjusted(price, bar.at, splits)
  return {
    ...rest,
    open: adjusted(bar.open),
    high: adjusted(bar.high),
    low: adjusted(bar.low),
    close: adjusted(bar.close),
    ...(vwap !== undefined && { vwap: adjusted(vwap) }),
  }
}

/** The splits between that instant and now in words, such as "4-for-1"; undefined without any. */
export function describeSplits(splits: readonly Split[], at: EpochMs): string | undefined {
  const between = since(splits, at).map(({ oldRate, newRate }) => `${newRate}-for-${oldRate}`)
  return between.length === 0 ? undefined : between.join(' and ')
}
