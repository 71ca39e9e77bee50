import { expect, test } from 'vitest'
import { readBar } from './bar.ts'

const AT = Date.parse('2026-11-24T15:00:00Z')
const sent = { at: AT, open: 100, high: 101, low: 99, close: 100.5, volume: 10, tradeCount: 3 }

test('counts too large for the database are rejected, the largest possible one is kept', () => {
  expect(readBar({ ...sent, tradeCount: 2 ** 31 - 1 })).toMatchObject({ tradeCount: 2 ** 31 - 1 })
  expect(readBar({ ...sent, tradeCount: 2 ** 31 })).toBe('invalid trade count')
  expect(readBar({ ...sent, tradeCount: -1 })).toBe('invalid trade count')
  expect(readBar({ ...sent, tradeCount: 1.5 })).toBe('invalid trade count')
})

test('a bar without a trade count and an average price is kept without them', () => {
  expect(readBar({ ...sent, tradeCount: undefined })).toMatchObject({ tradeCount: null, vwap: null })
})
