import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { bar, dailyBar, quote, status, TEN_O_CLOCK, trade } from '../../../tests/support/market-messages.ts'
import { BarCache } from './cache.ts'
import { marketRow, toSparkline } from './row.ts'

const AAPL = stockSymbol.parse('AAPL')
const YESTERDAY = Date.parse('2026-11-23T05:00:00Z')
const provenance = { source: 'iex', receivedAt: TEN_O_CLOCK + 5 } as const

function filled(): BarCache {
  const cache = new BarCache()
  cache.startDay('2026-11-24')
  cache.updateQuote({ message: quote({ bid: 101, ask: 101.01 }), ...provenance })
  cache.updateTrade({ message: trade({ price: 101.005 }), ...provenance })
  cache.updateBar({ message: bar({ vwap: 100.123456, tradeCount: 61 }), ...provenance })
  cache.updateDailyBar({ message: dailyBar({ at: YESTERDAY, close: 100 }), ...provenance })
  cache.updateDailyBar({
    message: dailyBar({ open: 99.5, high: 102, low: 99, volume: 5_000 }),
    ...provenance,
  })
  return cache
}

function rowOf(cache: BarCache) {
  const view = cache.get('AAPL')
  if (view === undefined) throw new Error('AAPL is not cached')
  return marketRow(AAPL, view, cache.day('AAPL'), 'live')
}

test('a row holds everything that is known, exact, with the provenance of its price', () => {
  expect(rowOf(filled())).toEqual({
    symbol: 'AAPL',
    freshness: 'live',
    price: '101.005',
    basis: 'mid',
    origin: { source: 'iex', at: TEN_O_CLOCK, receivedAt: TEN_O_CLOCK + 5 },
    bid: '101',
    bidSize: 200,
    ask: '101.01',
    askSize: 300,
    spread: '0.01',
    last: '100', // the minute's close, which came after the trade
    lastTrade: { price: '101.005', size: 10, at: TEN_O_CLOCK },
    bar: {
      at: TEN_O_CLOCK,
      open: '99.5',
      high: '100.5',
      low: '99',
      close: '100',
      volume: 1_000,
      vwap: '100.123456',
      tradeCount: 61,
    },
    dayOpen: '99.5',
    dayHigh: '102',
    dayLow: '99',
    dayVolume: 5_000,
    previousClose: '100',
    previousCloseOf: { day: '2026-11-23', feed: 'iex' },
    change: '0',
    changePercent: '0',
  })
})

test('unknown values are absent, not zero', () => {
  const cache = new BarCache()
  cache.watch(['AAPL'])
  expect(rowOf(cache)).toEqual({ symbol: 'AAPL', freshness: 'live' })
  cache.updateQuote({ message: quote({ bid: 0, ask: 101 }), ...provenance })
  const oneSided = { symbol: 'AAPL', freshness: 'live', quoteProblem: 'one-sided' }
  expect(rowOf(cache)).toEqual({ ...oneSided, ask: '101', askSize: 300 })
  cache.updateQuote({ message: quote({ bid: 0, ask: 0.01, at: TEN_O_CLOCK + 1 }), ...provenance })
  expect(rowOf(cache)).toEqual({ ...oneSided, ask: '0.01', askSize: 300 })
  cache.updateQuote({ message: quote({ bid: 0.01, ask: 0, at: TEN_O_CLOCK + 2 }), ...provenance })
  expect(rowOf(cache)).toEqual({ ...oneSided, bid: '0.01', bidSize: 200 })
})

test('a crossed quote shows its bid and ask, but neither spread nor mid', () => {
  const cache = filled()
  cache.updateQuote({ message: quote({ bid: 102, ask: 101, at: TEN_O_CLOCK + 1 }), ...provenance })
  const row = rowOf(cache)
  expect(row).toMatchObject({
    bid: '102',
    ask: '101',
    price: '100',
    basis: 'bar',
    quoteProblem: 'crossed',
  })
  expect(row).not.toHaveProperty('spread')
})

test('corrected bars and halts are marked', () => {
  const cache = filled()
  expect(rowOf(cache)).not.toHaveProperty('barCorrected')
  cache.updateBar({ message: bar({ type: 'updatedBar' }), ...provenance })
  cache.updateStatus({ message: status(), ...provenance })
  expect(rowOf(cache)).toMatchObject({ barCorrected: true, halt: { code: 'T1' } })
})

test('change and percent are measured from the previous close, exact and rounded to two places', () => {
  const cents = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(cents, cents, (price, close) => {
      const cache = new BarCache()
      cache.startDay('2026-11-24')
      cache.updateDailyBar({ message: dailyBar({ at: YESTERDAY, close: close / 100 }), ...provenance })
      cache.updateQuote({ message: quote({ bid: price / 100, ask: price / 100 }), ...provenance })
      const row = rowOf(cache)
      expect(row.change).toBe(new Decimal(price - close).div(100).toFixed())
      const percent = new Decimal(price - close).times(100).div(close)
      expect(new Decimal(row.changePercent ?? 'NaN').minus(percent).abs().lte(0.005)).toBe(true)
      expect(new Decimal(row.changePercent ?? 'NaN').decimalPlaces()).toBeLessThanOrEqual(2)
    }),
  )
})

test('a sparkline shows the closes of the last 60 bars relative to the previous close', () => {
  const cache = filled()
  for (let minute = 1; minute <= 70; minute++)
    cache.updateBar({ message: bar({ at: TEN_O_CLOCK + minute * 60_000, close: minute }), ...provenance })
  const view = cache.get('AAPL')
  const sparkline = view && toSparkline(AAPL, view, cache.day('AAPL'))
  expect(sparkline?.closes).toHaveLength(60)
  expect(sparkline?.closes[0]).toEqual({ at: TEN_O_CLOCK + 11 * 60_000, close: '11' })
  expect(sparkline?.previousClose).toBe('100')
})

test('the change is measured from the last trade, or from the mid while no trade is known', () => {
  const cache = new BarCache()
  cache.startDay('2026-11-24')
  cache.updateDailyBar({ message: dailyBar({ at: YESTERDAY, close: 100 }), ...provenance })
  cache.updateQuote({ message: quote({ bid: 102, ask: 102.02 }), ...provenance })
  expect(rowOf(cache)).toMatchObject({ price: '102.01', change: '2.01' })
  cache.updateTrade({ message: trade({ price: 101.5 }), ...provenance })
  expect(rowOf(cache)).toMatchObject({ price: '102.01', change: '1.5', changePercent: '1.5' })
})
