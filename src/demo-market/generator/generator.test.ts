import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tradingDaysBetween } from '#shared/exchange-calendar'
import {
  beforeLateTrade,
  formingBar,
  haltOn,
  inventedListing,
  minuteBar,
  priceWithin,
  pricePath,
  splitAdjusted,
  splitFactor,
  WELL_KNOWN,
  type SimBar,
  type SimFeed,
  type Listing,
} from './index.ts'

const DAYS = tradingDaysBetween('2020-11-24', '2026-11-24').map(({ day }) => day)
const anyDay = fc.constantFrom(...DAYS)
const anyListing = fc.constantFrom(...WELL_KNOWN, inventedListing('ACME'), inventedListing('ZED'))
const listingOf = (symbol: string) =>
  WELL_KNOWN.find((listing) => listing.symbol === symbol) ?? inventedListing(symbol)

interface How {
  readonly seed?: number
  readonly feed?: SimFeed
  readonly open?: boolean
}

function barsOn(listing: Listing, day: string, { seed = 1, feed = 'sip', open = false }: How = {}) {
  const path = pricePath(listing, seed).onDay(day)
  const factor = splitFactor(listing.symbol, day)
  const bars: SimBar[] = []
  for (let minute = 0; minute < path.minutes; minute++) {
    const bar = minuteBar({ path, listing, feed, minute, splitFactor: factor, open })
    if (bar !== undefined) bars.push(bar)
  }
  return { path, bars }
}

const isWholeTicks = (price: number) => {
  const steps = price >= 1 ? price * 100 : price * 10_000
  return Math.abs(steps - Math.round(steps)) < 1e-6
}

const isSound = ({ open, high, low, close, volume, trades, vwap }: SimBar) =>
  [open, close, vwap].every((price) => low <= price && price <= high) &&
  [open, high, low, close].every(isWholeTicks) &&
  low > 0 &&
  trades > 0 &&
  volume >= trades

describe('a day of bars', () => {
  test('is the same for the same seed, whatever was generated before it, and different for another seed', () => {
    fc.assert(
      fc.property(anyListing, anyDay, anyDay, fc.nat(), (listing, day, other, seed) => {
        const afterOther = pricePath(listing, seed)
        afterOther.onDay(other)
        expect(afterOther.onDay(day).prices).toEqual(pricePath(listing, seed).onDay(day).prices)
        expect(barsOn(listing, day, { seed }).bars).toEqual(barsOn(listing, day, { seed }).bars)
      }),
      { numRuns: 20 },
    )
    const apple = listingOf('AAPL')
    expect(barsOn(apple, '2026-11-20', { seed: 1 }).bars).not.toEqual(
      barsOn(apple, '2026-11-20', { seed: 2 }).bars,
    )
  })

  test('has highs on top, lows at the bottom, whole ticks, a VWAP in between and some volume, in order', () => {
    fc.assert(
      fc.property(anyListing, anyDay, fc.boolean(), (listing, day, open) => {
        const { bars } = barsOn(listing, day, { open })
        expect(bars.filter((bar, nth) => bar.at <= (bars[nth - 1]?.at ?? 0) || !isSound(bar))).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  test('joins the next day: the price at midnight is the same from both sides', () => {
    fc.assert(
      fc.property(anyListing, fc.integer({ min: 0, max: 2000 }), (listing, offset) => {
        const day = (days: number) => new Date(Date.UTC(2021, 0, 1 + days)).toISOString().slice(0, 10)
        const path = pricePath(listing, 1)
        const [today, tomorrow] = [path.onDay(day(offset)), path.onDay(day(offset + 1))]
        expect(today.prices.at(-1)).toBeCloseTo(tomorrow.prices[0] ?? 0, 6)
        expect(tomorrow.start - today.start).toBe(today.minutes * 60_000)
      }),
      { numRuns: 30 },
    )
  })

  test('is 23 or 25 hours long when the clocks change', () => {
    const path = pricePath(listingOf('AAPL'), 1)
    expect(path.onDay('2026-03-08').minutes).toBe(23 * 60)
    expect(path.onDay('2026-11-01').minutes).toBe(25 * 60)
  })

  test('has no bar outside the sessions, and one every minute of the night while the market never closes', () => {
    const { bars, path } = barsOn(listingOf('AAPL'), '2026-11-20')
    const minutes = bars.map(({ at }) => (at - path.start) / 60_000)
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(4 * 60)
    expect(Math.max(...minutes)).toBeLessThan(20 * 60)
    expect(barsOn(listingOf('AAPL'), '2026-11-21').bars).toEqual([])
    expect(barsOn(listingOf('AAPL'), '2026-11-21', { open: true }).bars).toHaveLength(1440)
  })

  test('is busiest at the open and the close', () => {
    const volumes = new Map<number, number>()
    for (const day of DAYS.slice(-20)) {
      const { bars, path } = barsOn(listingOf('SPY'), day)
      for (const { at, volume } of bars) {
        const hour = Math.floor((at - path.start) / 1_800_000)
        volumes.set(hour, (volumes.get(hour) ?? 0) + volume)
      }
    }
    const [opening, noon, closing, evening] = [19, 25, 31, 36].map((half) => volumes.get(half) ?? 0)
    expect(opening).toBeGreaterThan(2 * (noon ?? 0))
    expect(closing).toBeGreaterThan(1.3 * (noon ?? 0))
    expect(evening).toBeLessThan(0.1 * (noon ?? 0))
  })

  test('skips minutes when hardly anybody trades, and more of them on IEX', () => {
    const regular = (feed: 'sip' | 'iex', symbol: string) =>
      barsOn(listingOf(symbol), '2026-11-20', { feed }).bars.filter(
        ({ at }) => at >= Date.parse('2026-11-20T14:30:00Z') && at < Date.parse('2026-11-20T21:00:00Z'),
      ).length
    expect(regular('sip', 'AAPL')).toBe(390)
    expect(regular('sip', 'UGA')).toBeLessThan(150)
    expect(regular('iex', 'UGA')).toBeLessThan(15)
    expect(regular('iex', 'AAPL')).toBe(390)
  })

  test('moves as much over a day as the listing says', () => {
    for (const symbol of ['SPY', 'AAPL', 'TSLA']) {
      const listing = listingOf(symbol)
      const path = pricePath(listing, 1)
      const moves = DAYS.slice(-500).map((day) => {
        const { prices } = path.onDay(day)
        return Math.log((prices.at(-1) ?? 1) / (prices[0] ?? 1))
      })
      const deviation = Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length)
      expect(deviation / listing.dailyVolatility).toBeGreaterThan(0.85)
      expect(deviation / listing.dailyVolatility).toBeLessThan(1.15)
    }
  })
})

describe('a minute in progress', () => {
  const { path, bars } = barsOn(listingOf('TSLA'), '2026-11-20')
  const place = (nth: number) => {
    const bar = bars[nth % bars.length] ?? bars[0]
    if (bar === undefined) throw new Error('no bar')
    return { at: { path, minute: (bar.at - path.start) / 60_000 }, bar }
  }
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  test('stays within its bar, from open to close', () => {
    fc.assert(
      fc.property(fc.nat(900), share, (nth, elapsed) => {
        const { at, bar } = place(nth)
        const price = priceWithin(at, bar, elapsed)
        expect(price).toBeGreaterThanOrEqual(bar.low)
        expect(price).toBeLessThanOrEqual(bar.high)
        expect(priceWithin(at, bar, 0)).toBe(bar.open)
        expect(priceWithin(at, bar, 1)).toBe(bar.close)
      }),
      { numRuns: 50 },
    )
  })

  test('only ever widens its forming bar, up to the finished one', () => {
    fc.assert(
      fc.property(fc.nat(900), share, share, (nth, one, two) => {
        const { at, bar } = place(nth)
        const [early, late] = [
          formingBar(at, bar, Math.min(one, two)),
          formingBar(at, bar, Math.max(one, two)),
        ]
        expect(late.high).toBeGreaterThanOrEqual(early.high)
        expect(late.low).toBeLessThanOrEqual(early.low)
        expect(late.volume).toBeGreaterThanOrEqual(early.volume)
        expect(late.high).toBeLessThanOrEqual(bar.high)
        expect(late.low).toBeGreaterThanOrEqual(bar.low)
        expect(early.vwap >= early.low && early.vwap <= early.high).toBe(true)
      }),
      { numRuns: 50 },
    )
    const { at, bar } = place(200)
    expect(formingBar(at, bar, 1)).toMatchObject({ high: bar.high, low: bar.low, close: bar.close })
  })

  test('sometimes lacks a trade that is reported late', () => {
    const { path, bars } = barsOn(listingOf('SPY'), '2026-11-20')
    const late = bars.flatMap((bar) => {
      const early = beforeLateTrade({ path, minute: (bar.at - path.start) / 60_000 }, bar)
      return early === undefined ? [] : [[early, bar] as const]
    })
    expect(late.length).toBeGreaterThan(5)
    expect(late.length).toBeLessThan(80)
    for (const [early, bar] of late) {
      expect(early).toEqual({ ...bar, volume: early.volume, trades: bar.trades - 1 })
      expect(early.volume).toBeLessThan(bar.volume)
      expect(early.volume).toBeGreaterThanOrEqual(early.trades)
    }
  })
})

describe('halts and splits', () => {
  const haltsOf = (symbol: string) => {
    const path = pricePath(listingOf(symbol), 1)
    return DAYS.slice(-500).filter((day) => haltOn(path.onDay(day), listingOf(symbol)))
  }

  test('volatile stocks are halted now and then, index funds never', () => {
    expect(haltsOf('TSLA').length).toBeGreaterThan(20)
    expect(haltsOf('TSLA').length).toBeLessThan(150)
    expect(haltsOf('SPY')).toEqual([])
  })

  test('a split divides the price and multiplies the volume from its ex-date on', () => {
    expect(splitFactor('NVDA', '2024-06-07')).toBe(10)
    expect(splitFactor('NVDA', '2024-06-10')).toBe(1)
    expect(splitFactor('NVDA', '2021-07-19')).toBe(40)
    const bar = {
      at: 0,
      open: 1208.88,
      high: 1210,
      low: 1200,
      close: 1205.5,
      volume: 100,
      trades: 10,
      vwap: 1204.123456,
    }
    expect(splitAdjusted(bar, 10)).toEqual({
      at: 0,
      open: 120.888,
      high: 121,
      low: 120,
      close: 120.55,
      volume: 1000,
      trades: 10,
      vwap: 120.412346,
    })
  })
})
