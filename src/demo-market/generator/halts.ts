import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { PathOfDay } from './price-path.ts'
import type { Listing } from './listing.ts'
import { keyOf, uniformAt } from './random.ts'

/** A trading halt: no trade from <= t < until. Both are whole minutes. */
export interface PlannedHalt {
  readonly from: EpochMs
  readonly until: EpochMs
}

/** That day's halt, if any: more likely for volatile stocks. It lasts five to fifteen minutes. */
export function haltOn({ key, start, minutes }: PathOfDay, listing: Listing): PlannedHalt | undefined {
  const halts = keyOf(key, 'halts')
  const likelihood = Math.max(0, 6 * (listing.dailyVolatility - 0.012))
  if (uniformAt(halts, 0) >= likelihood) return undefined
  const minute = Math.floor(uniformAt(halts, 1) * (minutes - 20))
  const length = 5 + Math.floor(uniformAt(halts, 2) * 11)
  return { from: start + minute * MINUTE_MS, until: start + (minute + length) * MINUTE_MS }
}
