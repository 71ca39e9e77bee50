import { expect, test } from 'vitest'
import { setsLastPrice } from './trade-conditions.ts'

test('regular and extended-hours trades set the last price', () => {
  for (const conditions of [[], ['@'], [' '], ['@', 'F'], ['@', 'T'], ['O'], ['5']])
    expect(setsLastPrice(conditions)).toBe(true)
})

test('one condition that does not count is enough to leave the last price unchanged', () => {
  for (const conditions of [['I'], ['@', 'I'], ['@', 'T', 'I'], ['W'], ['Z'], ['4'], ['M'], ['9'], ['B']])
    expect(setsLastPrice(conditions)).toBe(false)
})
