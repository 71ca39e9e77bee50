import type { MarketRow } from '#shared/market'
import { unreachable } from '#shared/result'
import type { EpochMs } from '#shared/units'
import { briefDuration } from '../ui/times.ts'

/** Nobody can tell whether the price still holds: it is hatched. */
export const isDoubtful = (freshness: MarketRow['freshness']): boolean =>
  freshness === 'stale' || freshness === 'disconnected'

/** Rises and falls are coloured while they happen; a price that stands for other reasons is neutral. */
export const hasColour = ({ freshness, halt }: Pick<MarketRow, 'freshness' | 'halt'>): boolean =>
  !halt && (freshness === 'live' || freshness === 'ageing' || freshness === 'quiet')

/** How old a price is in market time, ms; absent without a price. */
export const ageOf = ({ origin }: Pick<MarketRow, 'origin'>, now: EpochMs): number | undefined =>
  origin && Math.max(0, now - origin.at)

/**
 * What stands beside a price that is not plainly live: short, since it shares the cell with the figure. Empty while
 * there is nothing to say.
 */
export function describeFreshness(
  row: Pick<MarketRow, 'freshness' | 'origin' | 'halt'>,
  now: EpochMs,
): string {
  if (row.halt) return 'halted'
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
      return 'quiet'
    case 'closed':
      return 'at close'
    case 'disconnected':
      return 'no feed'
    case 'waiting':
      return 'waiting for first quote'
    default:
      return unreachable(row.freshness)
  }
}
