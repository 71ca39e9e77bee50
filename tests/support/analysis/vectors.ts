import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { SeriesBar } from '../../../src/analysis/series.ts'

const VECTORS = new URL('../../../../shared/data/indicators/', import.meta.url)

/** An indicator vector of the shared data: the bars and the values expected at them. */
export interface IndicatorVector {
  /** Figures that the file does not have are NaN. */
  readonly bars: readonly SeriesBar[]
  /** A column, one number for each bar; NaN where it is empty. */
  readonly column: (name: string) => readonly number[]
}

/** Reads `<name>.csv`. */
export function readVector(name: string): IndicatorVector {
  const [header = '', ...lines] = readFileSync(new URL(`${name}.csv`, VECTORS), 'utf8')
    .trim()
    .split('\n')
  const names = header.split(',')
  const rows = lines.map((line) => line.split(','))
  const column = (wanted: string) => {
    const at = names.indexOf(wanted)
    return rows.map((cells) => (cells[at] ? Number(cells[at]) : NaN))
  }
  const [open, high, low, close, volume] = ['open', 'high', 'low', 'close', 'volume'].map(column)
  const bars = rows.map((_, minute) => ({
    minute,
    open: open?.[minute] ?? NaN,
    high: high?.[minute] ?? NaN,
    low: low?.[minute] ?? NaN,
    close: close?.[minute] ?? NaN,
    volume: volume?.[minute] ?? NaN,
    vwap: NaN,
  }))
  return { bars, column }
}

/** Expects the same numbers, each within `tolerance`, and NaN at the same places. */
export function expectNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = '',
): void {
  expect(actual.length, what).toBe(expected.length)
  for (let at = 0; at < expected.length; at += 1) {
    const [ours, theirs] = [actual[at] ?? NaN, expected[at] ?? NaN]
    const isNear = Number.isNaN(theirs) ? Number.isNaN(ours) : Math.abs(ours - theirs) <= tolerance
    if (!isNear) expect.fail(`${what} at ${at}: ${ours} instead of ${theirs}`)
  }
}
