import type { EpochMs } from '#shared/units'

/**
 * Values below are counted exactly; above, each doubling is split into this many buckets (12% wide at most).
 */
const SPLIT = 8
const SPLIT_BITS = 3
/** About a day; a longer delay is counted as this long. */
const LONGEST_MS = 2 ** 26
const BUCKETS = bucketOf(LONGEST_MS) + 1
/** Number of slices of the last minute; the oldest is dropped as a whole. */
const SLICES = 6
const SLICE_MS = 10_000

/** Latencies of the last minute, 50 to 60 s of it. Adding takes constant time and allocates no memory. */
export class LatencyHistogram {
  readonly #slices = Array.from({ length: SLICES }, () => new Uint32Array(BUCKETS))
  #slice = 0

  /** Negative times, which come from a slow clock, count as 0. */
  add(at: EpochMs, elapsedMs: number): void {
    this.#advance(at)
    const counts = this.#slices[this.#slice % SLICES]
    const bucket = bucketOf(Math.min(LONGEST_MS, Math.max(0, Math.floor(elapsedMs))))
    if (counts !== undefined) counts[bucket] = (counts[bucket] ?? 0) + 1
  }

  /**
   * For each share (0 to 1), the time that this share did not exceed, ms; undefined without a message in the
   * last minute.
   */
  quantiles(now: EpochMs, shares: readonly number[]): readonly number[] | undefined {
    this.#advance(now)
    const totals = new Float64Array(BUCKETS)
    let count = 0
    for (const slice of this.#slices) {
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const here = slice[bucket] ?? 0
        totals[bucket] = (totals[bucket] ?? 0) + here
        count += here
      }
    }
    return count === 0 ? undefined : shares.map((share) => quantile(totals, share * count))
  }

  #advance(at: EpochMs): void {
    const slice = Math.floor(at / SLICE_MS)
    if (slice <= this.#slice) return
    for (let next = Math.max(this.#slice + 1, slice - SLICES + 1); next <= slice; next++)
      this.#slices[next % SLICES]?.fill(0)
    this.#slice = slice
  }
}

function quantile(totals: Float64Array, rank: number): number {
  let seen = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    seen += totals[bucket] ?? 0
    if (seen >= rank && seen > 0) return lowerBoundOf(bucket)
  }
  return LONGEST_MS
}

/** Maps whole milliseconds to a bucket, by the position of the highest bit and the three bits after it. */
function bucketOf(elapsedMs: number): number {
  if (elapsedMs < SPLIT) return elapsedMs
  const octave = 31 - Math.clz32(elapsedMs)
  return (octave - SPLIT_BITS + 1) * SPLIT + ((elapsedMs >> (octave - SPLIT_BITS)) & (SPLIT - 1))
}

function lowerBoundOf(bucket: number): number {
  if (bucket < SPLIT) return bucket
  const octave = Math.floor(bucket / SPLIT) - 1 + SPLIT_BITS
  return (SPLIT + (bucket % SPLIT)) * 2 ** (octave - SPLIT_BITS)
}
