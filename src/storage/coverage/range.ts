import type { EpochMs } from '#shared/units'

/** A time range: from <= t < until. */
export interface TimeRange {
  readonly from: EpochMs
  readonly until: EpochMs
}

/** The ranges in order, with touching or overlapping ones merged and empty ones removed. */
export function union(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const ordered = ranges.filter(({ from, until }) => from < until).sort((one, other) => one.from - other.from)
  const merged: TimeRange[] = []
  for (const range of ordered) {
    const last = merged.at(-1)
    if (last === undefined || range.from > last.until) merged.push(range)
    else merged[merged.length - 1] = { from: last.from, until: Math.max(last.until, range.until) }
  }
  return merged
}

/** The parts of `ranges` that are in none of `taken`, in order. */
export function without(ranges: readonly TimeRange[], taken: readonly TimeRange[]): readonly TimeRange[] {
  const holes = union(taken)
  return union(ranges).flatMap(({ from, until }) => {
    const left: TimeRange[] = []
    let start = from
    for (const hole of holes) {
      if (hole.until <= start) continue
      if (hole.from >= until) break
      if (hole.from > start) left.push({ from: start, until: hole.from })
      start = hole.until
    }
    if (start < until) left.push({ from: start, until })
    return left
  })
}
