import type { MarketRow } from '#shared/market'
import { unreachable } from '#shared/result'
import type { EpochMs } from '#shared/units'
import { briefDuration } from '../ui/times.ts'

/** Whether it is uncertain that the price still holds: it is drawn hatched. */
export const isDoubtful = (freshness: MarketRow['freshness']): boolean =>
  freshness === 'stale' || freshness === 'disconnected'

/**
 * Whether the price is colored. Rises and falls are colored while live; a price that stands for other reasons
 * is neutral.
 */
export const hasColor = ({ freshness, halt }: Pick<MarketRow, 'freshness' | 'halt'>): boolean =>
  !halt && (freshness === 'live' || freshness === 'ageing' || freshness === 'quiet')

/** Why the price is not that of the quote, short enough for the cell. */
const QUOTE_NOTES: Record<NonNullable<MarketRow['quoteProblem']>, string> = {
  'one-sided': 'one-sided',
  crossed: 'crossed',
  wide: 'wide quote',
}

/** Age of a price in market time, ms; absent without a price. */
export const ageOf = ({ origin }: Pick<MarketRow, 'origin'>, now: EpochMs): number | undefined =>
  origin && Math.max(0, now - origin.at)

/**
 * Short note beside a price that is not simply live; it shares the cell with the number. Empty if there is
 * nothing to say.
 */
export function describeFreshness(
  row: Pick<MarketRow, 'freshness' | 'origin' | 'halt' | 'quoteProblem'>,
  now: EpochMs,
): string {
  if (row.halt) return 'halted'
  if (row.quoteProblem !== undefined && hasColor(row)) return QUOTE_NOTES[row.quoteProblem]
  const age = ageOf(row, now)
  const old = age === undefined ? '' : ` ${briefDuration(age)}`
  switch (row.freshness) {
    case 'live':
      return ''
    case 'ageing':
      return age === undefined ? '' : briefDuration(age)
    case 'stale':
      return `stale${old}`
    case 'quiet':
      return 'no trades'
    case 'closed':
      return 'closed'
    case 'disconnected':
      return 'no feed'
    case 'waiting':
      return 'waiting for quote'
    default:
      return unreachable(row.freshness)
  }
}
