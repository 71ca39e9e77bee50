import type { ExchangeDay } from '#shared/units'
import type { DailyBar, SymbolView } from './symbol-state.ts'

/** The running bar of a day and the one whose close is the base line of its changes. */
export interface DayView {
  readonly today: DailyBar | undefined
  readonly before: DailyBar | undefined
}

/**
 * What is known of `day`. As soon as the exchange starts a day for which no bar has come yet, the last bar is
 * yesterday's: its close is the base line and today has no open, high, low or volume. Without a day (the demo market,
 * which never closes) the latest bar is today's.
 */
export function dayView({ daily, previousDaily }: SymbolView, day: ExchangeDay | undefined): DayView {
  if (daily === undefined || day === undefined || daily.day >= day)
    return { today: daily, before: previousDaily }
  return { today: undefined, before: daily }
}
