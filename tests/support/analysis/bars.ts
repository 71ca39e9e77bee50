import fc from 'fast-check'
import type { IndicatorDescriptor } from '../../../src/analysis/indicator.ts'
import { columnsFor, type BarColumns, type SeriesBar } from '../../../src/analysis/series.ts'

/** 2025-11-24, 09:30 in New York, minutes since the epoch. */
const FIRST_MINUTE = Date.UTC(2025, 10, 24, 14, 30) / 60_000

interface BarNumbers {
  readonly price: number
  readonly up: number
  readonly down: number
  readonly opens: number
  readonly closes: number
  readonly volume: number
}

/** Consecutive minutes whose prices walk in cents, with bars that stand still and bars without volume among them. */
export const randomBars = ({ minLength = 0, maxLength = 60 } = {}): fc.Arbitrary<readonly SeriesBar[]> =>
  fc
    .array(
      fc.record<BarNumbers>({
        price: fc.integer({ min: 9_000, max: 11_000 }),
        up: fc.integer({ min: 0, max: 200 }),
        down: fc.integer({ min: 0, max: 200 }),
        opens: fc.double({ min: 0, max: 1, noNaN: true }),
        closes: fc.double({ min: 0, max: 1, noNaN: true }),
        volume: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 })),
      }),
      { minLength, maxLength },
    )
    .map((numbers) => numbers.map(toBar))

function toBar({ price, up, down, opens, closes, volume }: BarNumbers, at: number): SeriesBar {
  const [low, range] = [price - down, up + down]
  const cents = (share: number) => (low + Math.round(share * range)) / 100
  return {
    minute: FIRST_MINUTE + at,
    open: cents(opens),
    high: cents(1),
    low: cents(0),
    close: cents(closes),
    volume,
    vwap: volume === 0 ? NaN : (low + range / 2) / 100,
  }
}

/** Bars as columns. */
export function columnsOf(bars: readonly SeriesBar[]): BarColumns {
  const columns = columnsFor(bars.length)
  bars.forEach((bar, at) => {
    columns.minute[at] = bar.minute
    for (const name of ['open', 'high', 'low', 'close', 'volume', 'vwap'] as const)
      columns[name][at] = bar[name]
  })
  return columns
}

/** The parameters of an indicator by default, and the same with every window as short as it may be or nearly so. */
export function usualParameters(descriptor: IndicatorDescriptor): readonly Record<string, unknown>[] {
  const usual = descriptor.parameters.parse({})
  const short = Object.fromEntries(
    Object.entries(usual).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.max(2, Math.ceil(value / 5)) : value,
    ]),
  )
  return [usual, descriptor.parameters.safeParse(short).success ? short : usual]
}

/** Consecutive minutes from [high, low, close] each; they open at the close, without volume. */
export const barsAt = (
  prices: readonly (readonly [high: number, low: number, close: number])[],
): SeriesBar[] =>
  prices.map(([high, low, close], at) => ({
    minute: FIRST_MINUTE + at,
    open: close,
    high,
    low,
    close,
    volume: 0,
    vwap: NaN,
  }))

/** Consecutive minutes that stand still at these prices. */
export const flatBars = (prices: readonly number[]): SeriesBar[] =>
  barsAt(prices.map((price) => [price, price, price]))

/** Consecutive minutes in cents that go on from each other, so that there are trends, gaps and bars inside and outside of others. */
export const walkingBars = ({ minLength = 0, maxLength = 60 } = {}): fc.Arbitrary<readonly SeriesBar[]> =>
  fc
    .array(
      fc.record({
        step: fc.integer({ min: -30, max: 30 }),
        up: fc.integer({ min: 0, max: 20 }),
        down: fc.integer({ min: 0, max: 20 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength, maxLength },
    )
    .map((moves) => {
      let cents = 10_000
      return barsAt(
        moves.map(({ step, up, down, share }) => {
          cents = Math.max(100, cents + step)
          return [
            (cents + up) / 100,
            (cents - down) / 100,
            (cents - down + Math.round(share * (up + down))) / 100,
          ]
        }),
      )
    })

/** One long walk, always the same. */
export const longWalk = (count: number): readonly SeriesBar[] =>
  fc.sample(walkingBars({ minLength: count, maxLength: count }), { numRuns: 1, seed: 3 })[0] ?? []
