import { expect, test } from 'vitest'
import { averageTrueRange } from './average-true-range.ts'

const bars = (count: number) => Array.from({ length: count }, () => ({ high: 100.2, low: 100, close: 100.1 }))

test('ATR is the mean range of fourteen bars, each with the gap from the close before it', () => {
  expect(averageTrueRange(bars(15))?.toFixed()).toBe('0.2')
  expect(averageTrueRange([...bars(15), { high: 101.6, low: 101.5, close: 101.5 }])?.toFixed()).toBe(
    '0.292857',
  )
})

test('without fourteen bars and one before them, or without any move, there is no ATR', () => {
  expect(averageTrueRange(bars(14))).toBeUndefined()
  expect(averageTrueRange(Array.from({ length: 15 }, () => ({ high: 5, low: 5, close: 5 })))).toBeUndefined()
})
