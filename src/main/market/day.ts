import type { ExchangeDay } from '#shared/units'
import type { DailyBar, SymbolView } from './symbol-state.ts'

/** The running bar of a day, and the bar whose close is the baseline of its changes. */
export interface DayView {
  readonly today: DailyBar | undefined
  readonly before: DailyBar | undefined
}

/**
 * The bars of `day`. Until the first bar of a new exchange day arrives, the last bar is yesterday's: its
 * close is the baseline, and today has no open, high, low or volume. Without a day (the demo market, which
 * never closes) the latest bar is today's.
 */
export function dayView({ daily, previousDaily }: SymbolView, day: ExchangeDay | undefined): DayView {
  if (daily === undefined || day === undefined || daily.day >= day)
    return { today: daily, before: previousDaily }
  return { today: undefined, before: daily }
}
