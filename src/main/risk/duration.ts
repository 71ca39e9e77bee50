import { MINUTE_MS } from '#shared/time'
import { formatCount } from '#shared/format/numbers'
import { exact } from './amounts.ts'

/** A duration as text: `350 ms`, `2.5 s`, `4 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.ceil(ms)} ms`
  if (ms < 120_000) return `${exact(ms).div(1_000).toDecimalPlaces(1).toFixed()} s`
  return `${formatCount(Math.floor(ms / MINUTE_MS))} min`
}
