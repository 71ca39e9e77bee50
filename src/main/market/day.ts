import type { CloseSource } from '#shared/market'
import type { ExchangeDay } from '#shared/units'
import { describeSplits, splitAdjusted } from './splits.ts'
import type { DailyBar, SymbolView } from './symbol-state.ts'

/** The close that a day's changes are measured from, in shares of today. */
export interface PreviousClose {
  readonly close: number
  readonly of: CloseSource
}

/** The running bar of a day, and the baseline of its changes. */
export interface DayView {
  readonly today: DailyBar | undefined
  readonly previousClose: PreviousClose | undefined
}

/**
 * The bar of `day` and the close before it. Until the first bar of a new exchange day arrives, the last bar is
 * yesterday's: its close is the baseline, and today has no open, high, low or volume. Without a day (the demo
 * market, which never closes) the latest bar is today's. The official close replaces that of the session's
 * feed, unless the feed knows a later day.
 */
export function dayView(view: SymbolView, day: ExchangeDay | undefined): DayView {
  const { daily, previousDaily, official } = view
  const isToday = daily === undefined || day === undefined || daily.day >= day
  const [today, before] = isToday ? [daily, previousDaily] : [undefined, daily]
  const current = day ?? daily?.day
  const isOfficial =
    official !== undefined &&
    (current === undefined || official.day < current) &&
    (before === undefined || official.day >= before.day)
  return { today, previousClose: previousClose(view, isOfficial ? official : before) }
}

function previousClose({ splits }: SymbolView, from: DailyBar | undefined): PreviousClose | undefined {
  if (from === undefined) return undefined
  const { day, feed, bar } = from
  const { close, at } = bar.message
  const split = describeSplits(splits, at)
  return {
    close: splitAdjusted(close, at, splits),
    of: { feed, day, ...(split !== undefined && { split }) },
  }
}
