import type { EpochMs, ExchangeDay } from '#shared/units'
import { addDays, exchangeDayOf, midnightOf } from '#shared/calendar/new-york'
import { HOUR_MS } from '#shared/time'

/** Time ranges that the log can be filtered by. */
export const RANGES = ['any', 'hour', 'today', 'week', 'days'] as const
export type RangeKind = (typeof RANGES)[number]

/** A choice of time; the days are used if the kind is `days`, the last one included. */
export interface TimeChoice {
  readonly kind: RangeKind
  readonly first: ExchangeDay
  readonly last: ExchangeDay
}

/** from <= at < until; an absent end is open. Days are in New York. */
export function rangeOf(
  { kind, first, last }: TimeChoice,
  now: EpochMs,
): { readonly from?: EpochMs; readonly until?: EpochMs } {
  switch (kind) {
    case 'hour':
      return { from: now - HOUR_MS }
    case 'today':
      return { from: midnightOf(exchangeDayOf(now)) }
    case 'week':
      return { from: midnightOf(addDays(exchangeDayOf(now), -6)) }
    case 'days':
      return {
        ...(first !== '' && { from: midnightOf(first) }),
        ...(last !== '' && { until: midnightOf(addDays(last, 1)) }),
      }
    default:
      return {}
  }
}
