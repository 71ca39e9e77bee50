import { expect, test } from 'vitest'
import { price, stockSymbol } from '#shared/units'
import type { Gap, GapCause, Issue, VerificationReport } from '#shared/verification'
import { fillRequest } from './fill.ts'
import { gapCount, gapsOf, minutesByCause } from './gap-list.ts'
import { faultCount } from './fault-count.ts'
import { evidence, gapLength } from './describe-report.ts'

const gap = (minutes: number, cause: GapCause, from = 0): Gap => ({ day: '2024-11-22', from, minutes, cause })

const gapsIssue = (gaps: readonly Gap[]): Issue => ({
  kind: 'gaps',
  count: gaps.length,
  missingMinutes: gaps.reduce((sum, { minutes }) => sum + minutes, 0),
  longerThan: { 1: 0, 5: 0, 30: 0, 60: 0, 390: 0 },
  minutesByCause: Object.fromEntries(
    ['no-trade', 'halt', 'feed-gap', 'not-loaded'].map((cause) => [
      cause,
      gaps.filter((one) => one.cause === cause).reduce((sum, { minutes }) => sum + minutes, 0),
    ]),
  ) as Record<GapCause, number>,
  mayBeHaltMinutes: 0,
})

function report(
  symbol: string,
  score: number,
  gaps: readonly Gap[],
  more: readonly Issue[] = [],
): VerificationReport {
  return {
    symbol: stockSymbol.parse(symbol),
    totalBars: 10_000,
    dateRange: { from: '2021-11-24', to: '2026-11-23' },
    feed: 'demo',
    averageVolume: 1_000,
    daysWithData: 20,
    expectedDays: 21,
    coverage: { expectedBars: 8_190, actualBars: 8_000, coveragePct: 97.68 },
    issues: [gapsIssue(gaps), ...more],
    gaps,
    score,
    months: [{ month: '2024-11', score }],
    nothingCame: [],
  }
}

const AAPL = report('AAPL', 99.1, [gap(12, 'halt', 5), gap(390, 'not-loaded', 1), gap(12, 'no-trade', 9)])
const TSLA = report('TSLA', 92.4, [gap(31, 'feed-gap', 2)], [{ kind: 'zero_volume', count: 4 }])
const CHOSEN = { startDate: '2026-10-24', endDate: '2026-11-24' }

test('gaps are sorted by length, and the newest first among equals', () => {
  const all = gapsOf([TSLA, AAPL], { longerThan: 0 })
  expect(all.map(({ symbol, minutes, from }) => [symbol, minutes, from])).toEqual([
    ['AAPL', 390, 1],
    ['TSLA', 31, 2],
    ['AAPL', 12, 9],
    ['AAPL', 12, 5],
  ])
  expect(gapCount([TSLA, AAPL])).toBe(4)
})

test('gaps are filtered by symbol, cause and length', () => {
  expect(gapsOf([TSLA, AAPL], { symbol: TSLA.symbol, longerThan: 0 })).toHaveLength(1)
  expect(gapsOf([TSLA, AAPL], { cause: 'halt', longerThan: 0 })).toHaveLength(1)
  expect(gapsOf([TSLA, AAPL], { longerThan: 30 }).map(({ minutes }) => minutes)).toEqual([390, 31])
  expect(gapsOf([TSLA, AAPL], { longerThan: 31 })).toHaveLength(1)
})

test('missing minutes add up by cause', () => {
  expect(minutesByCause([TSLA, AAPL])).toEqual({
    'no-trade': 12,
    halt: 12,
    'feed-gap': 31,
    'not-loaded': 390,
  })
})

test('faults of a symbol’s bars are counted without its gaps', () => {
  expect([faultCount(AAPL), faultCount(TSLA)]).toEqual([0, 4])
})

test('only what was never requested can be filled', () => {
  expect(fillRequest([AAPL, TSLA], CHOSEN, 'demo')).toEqual({
    symbols: ['AAPL'],
    startDate: '2021-11-24',
    endDate: '2026-11-23',
    feed: 'demo',
  })
  expect(fillRequest([TSLA], CHOSEN, 'demo')).toBeUndefined()
})

test('a symbol without any bar is filled over the chosen days', () => {
  const { dateRange: _none, ...empty } = { ...TSLA, totalBars: 0 }
  expect(fillRequest([empty], CHOSEN, 'iex')).toEqual({ symbols: ['TSLA'], ...CHOSEN, feed: 'iex' })
})

test('a gap is given in minutes, hours or sessions', () => {
  expect(gapLength(12)).toBe('12 min')
  expect(gapLength(60)).toBe('1 h')
  expect(gapLength(125)).toBe('2 h 5 min')
  expect(gapLength(390)).toBe('1 session')
  expect(gapLength(1_365)).toBe('3.5 sessions')
})

test('a violation shows one of its bars, a rejection its reasons', () => {
  const example = {
    at: Date.parse('2024-11-22T15:32:00Z'),
    open: price.parse('10.5'),
    high: price.parse('10'),
    low: price.parse('9.8765'),
    close: price.parse('9.9'),
    volume: 1_200,
  }
  expect(evidence({ kind: 'ohlc_violation', count: 1, example })).toBe(
    'Nov 22, 2024, 10:32: O 10.50  H 10.00  L 9.8765  C 9.90, volume 1,200',
  )
  expect(evidence({ kind: 'refused', count: 3, reasons: { 'high below low': 2, 'no close': 1 } })).toBe(
    'high below low: 2, no close: 1',
  )
  expect(evidence({ kind: 'off_market_prints', count: 1, example })).toContain('Nov 22, 2024, 10:32')
  expect(evidence({ kind: 'zero_volume', count: 3 })).toBe('')
})
