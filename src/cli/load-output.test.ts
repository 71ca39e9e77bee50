import { expect, test } from 'vitest'
import { loadRequest, type LoadProgress } from '#shared/history'
import { stockSymbol } from '#shared/units'
import { coverageLine, heading, progressLine, summary, symbolLine } from './load-output.ts'

const request = (symbols: string, startDate: string, endDate: string) =>
  loadRequest.parse({ symbols: symbols.split(' '), startDate, endDate, feed: 'sip' })
const AAPL = stockSymbol.parse('AAPL')
const progress = (change: Partial<LoadProgress>): LoadProgress => ({
  id: 'one',
  state: 'running',
  request: request('AAPL', '2024-01-02', '2024-01-02'),
  createdAt: 0,
  symbols: [],
  fraction: 0,
  barsLoaded: 0,
  ...change,
})

test('the heading shortens long lists and counts the years', () => {
  expect(heading(request('AAPL TSLA NVDA AMD META SPY', '2019-11-15', '2024-11-15'), false)).toBe(
    'Signal Historical Data Loader\n=============================\nSymbols: AAPL, TSLA, NVDA, ... (6 total)\nDate Range: 2019-11-15 to 2024-11-15 (5 years)\n',
  )
  expect(heading(request('AAPL', '2024-01-02', '2024-01-02'), true)).toMatch(
    /simulated prices.*\nSymbols: AAPL \(1 total\)\n.*\(1 day\)/s,
  )
})

test('a failed symbol shows how far it came and why, one with rejected bars how many', () => {
  const symbol = { symbol: AAPL, state: 'done', barsLoaded: 487_234, barsRejected: 0, fraction: 1 } as const
  expect(symbolLine(symbol)).toBe('AAPL: 487,234 bars loaded')
  expect(symbolLine({ ...symbol, barsRejected: 3 })).toBe('AAPL: 487,234 bars loaded (3 bars refused)')
  expect(symbolLine({ ...symbol, state: 'failed', problem: 'The disk is full.' })).toBe(
    'AAPL: failed after 487,234 bars: The disk is full.',
  )
})

test('the progress line shows how much is done, how fast, and how long it will take', () => {
  expect(
    progressLine(progress({ fraction: 0.5, barsLoaded: 1_234, barsPerSecond: 99, secondsLeft: 300 })),
  ).toBe('[###############...............]  50%  1,234 bars, 99/s, 5 minutes left')
})

test('the summary has the plan’s three lines', () => {
  expect(summary(progress({ barsLoaded: 6_234_567 }), 2_693)).toBe(
    '\nSummary:\n========\nTotal bars loaded: 6,234,567\nTotal time: 45 minutes\nAverage: 2,315 bars/second',
  )
})

test('coverage shows the missing days', () => {
  const base = {
    symbol: AAPL,
    barsCount: 780,
    expectedBars: 1_170,
    actualBars: 780,
    coveragePct: 66.67,
    days: [],
  }
  expect(coverageLine({ ...base, missingDays: [] })).toBe(
    'AAPL: 780 bars, 66.67% of the session minutes, no day is missing',
  )
  expect(coverageLine({ ...base, missingDays: ['2024-01-02', '2024-01-05'] })).toMatch(
    /2 of 0 days missing \(2024-01-02 \.\.\. 2024-01-05\)$/,
  )
})
