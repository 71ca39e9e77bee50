import { expect, test } from 'vitest'
import type { Sparkline } from '#shared/market'
import { price, stockSymbol } from '#shared/units'
import { describeTrend } from './describe-trend.ts'

const start = Date.parse('2024-11-15T15:00:00Z')
const line = (...closes: string[]): Sparkline => ({
  symbol: stockSymbol.parse('AAPL'),
  closes: closes.map((close, minute) => ({ at: start + minute * 60_000, close: price.parse(close) })),
})

test('a sparkline is described in words', () => {
  expect(describeTrend(line('100', '99', '101.2'))).toBe('+1.2% in 2 min, low 10:01')
  expect(describeTrend(line('100', '99'))).toBe('\u22121.0% in 1 min, low 10:01')
  expect(describeTrend(line('100', '100'))).toBe('unchanged in 1 min, low 10:00')
})

test('one bar is not a trend', () => {
  expect(describeTrend(line('100'))).toBe('no data')
  expect(describeTrend(line())).toBe('no data')
})
