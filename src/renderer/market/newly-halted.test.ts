import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { newlyHalted } from './newly-halted.ts'

const [aapl, tsla] = [stockSymbol.parse('AAPL'), stockSymbol.parse('TSLA')]
const halt = { code: 'T1', reason: 'News Pending', at: 1 }
const free = new Map([aapl, tsla].map((symbol) => [symbol, { symbol }]))
const halted = new Map([
  [aapl, { symbol: aapl, halt }],
  [tsla, { symbol: tsla }],
])

test('a halt and its end are announced once each', () => {
  expect(newlyHalted(free, halted)).toBe('AAPL halted: News Pending.')
  expect(newlyHalted(halted, halted)).toBe('')
  expect(newlyHalted(halted, free)).toBe('AAPL resumed.')
})

test('a symbol that was not known before is not news', () => {
  expect(newlyHalted(new Map(), halted)).toBe('')
})
