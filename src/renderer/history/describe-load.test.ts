import { expect, test } from 'vitest'
import type { LoadProgress, SymbolProgress } from '#shared/history'
import { stockSymbol } from '#shared/units'
import {
  describeEstimate,
  loadPace,
  loadTitle,
  describeOutcome,
  roughly,
  symbolPace,
} from './describe-load.ts'

const [AAPL, TSLA] = [stockSymbol.parse('AAPL'), stockSymbol.parse('TSLA')]

const symbol = (facts: Partial<SymbolProgress>): SymbolProgress => ({
  symbol: AAPL,
  state: 'loading',
  barsLoaded: 0,
  barsRejected: 0,
  fraction: 0,
  ...facts,
})

const load = (facts: Partial<LoadProgress>): LoadProgress => ({
  id: 'b7e9d2f4-1111-4111-8111-111111111111',
  state: 'running',
  request: { symbols: [AAPL, TSLA], startDate: '2026-10-24', endDate: '2026-11-24', feed: 'demo' },
  createdAt: 0,
  symbols: [],
  fraction: 0.5,
  barsLoaded: 2_134_000,
  ...facts,
})

test('an estimate says how much and how long, no more precisely than it knows', () => {
  expect(describeEstimate({ days: 21_352, bars: 8_321_400, requests: 840, seconds: 252 })).toBe(
    '21,352 days to download: about 8.32M bars in 840 requests, about 4 min.',
  )
  expect(describeEstimate({ days: 1, bars: 390, requests: 1, seconds: 1 })).toBe(
    '1 day to download: about 390 bars in 1 request, under a minute.',
  )
  expect(roughly(7_800)).toBe('about 2 h 10 min')
  expect(roughly(3_590)).toBe('about 1 h')
})

test('a running load shows its pace, a paused one does not', () => {
  expect(loadPace(load({ barsPerSecond: 152_000, secondsLeft: 185 }))).toBe(
    '2,134,000 bars · 152,000 bars/s · 3 min 5 s left',
  )
  expect(loadPace(load({}))).toBe('2,134,000 bars · estimating…')
  expect(loadPace(load({ state: 'paused' }))).toBe('2,134,000 bars')
})

test('a load names a few symbols and counts many', () => {
  expect(loadTitle(load({}))).toBe('Downloading AAPL, TSLA')
  const many = ['A', 'B', 'C', 'D'].map((text) => stockSymbol.parse(text))
  expect(loadTitle(load({ state: 'paused', request: { ...load({}).request, symbols: many } }))).toBe(
    'Paused: 4 symbols',
  )
})

test('a symbol shows its state, its bars, and how many were rejected', () => {
  expect(symbolPace(symbol({ state: 'waiting' }))).toBe('queued')
  expect(symbolPace(symbol({ barsLoaded: 12_345, barsRejected: 3 }))).toBe(
    'downloading · 12,345 bars · 3 rejected',
  )
  expect(symbolPace(symbol({ problem: 'Alpaca is busy.' }))).toBe('retrying · 0 bars')
  expect(symbolPace(symbol({ state: 'failed', barsLoaded: 1 }))).toBe('failed · 1 bar')
})

test('a load that ended says what is stored and what to do', () => {
  expect(describeOutcome(load({ state: 'done', symbols: [symbol({ state: 'done' })] }))).toBe(
    'Download complete.',
  )
  expect(describeOutcome(load({ state: 'done', symbols: [symbol({ state: 'failed' })] }))).toContain(
    '1 symbol failed',
  )
  expect(describeOutcome(load({ state: 'canceled' }))).toContain('Download the same days again')
})
