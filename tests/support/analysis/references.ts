import type { SeriesBar } from '../../../src/analysis/series.ts'

/** The window of the last `length` entries at each entry, mapped; NaN before there are so many. */
export const overWindows = <Value>(
  values: readonly Value[],
  length: number,
  figureOf: (window: readonly Value[]) => number,
): readonly number[] =>
  values.map((_, at) => (at < length - 1 ? NaN : figureOf(values.slice(at - length + 1, at + 1))))

export const meanOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length

/** An exponential mean with this share, seeded with the mean of the first `length` values. */
export function exponential(values: readonly number[], length: number, share: number): readonly number[] {
  const seed = meanOf(values.slice(0, length))
  let mean = NaN
  return values.map((value, at) => {
    if (at < length - 1) return NaN
    mean = at === length - 1 ? seed : share * value + (1 - share) * mean
    return mean
  })
}

/** The three ranges of which the true range is the largest, from the second bar. */
export const trueRanges = (bars: readonly SeriesBar[]): readonly number[] =>
  bars.map(({ high, low }, at) => {
    const close = bars[at - 1]?.close
    return close === undefined
      ? high - low
      : Math.max(high - low, Math.abs(high - close), Math.abs(low - close))
  })

/** The average true range of `length` bars. */
export const averageTrueRange = (bars: readonly SeriesBar[], length: number): readonly number[] =>
  exponential(trueRanges(bars), length, 1 / length)

/** (highest high + lowest low) / 2 of the last `length` bars. */
export const middles = (bars: readonly SeriesBar[], length: number): readonly number[] =>
  overWindows(
    bars,
    length,
    (window) => (Math.max(...window.map(({ high }) => high)) + Math.min(...window.map(({ low }) => low))) / 2,
  )
