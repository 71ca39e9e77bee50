import { expect, test } from 'vitest'
import { loadRequest } from './history.ts'

const asked = (startDate: string, endDate: string) =>
  loadRequest.safeParse({ symbols: ['AAPL'], startDate, endDate, feed: 'iex' }).success

test.each([
  ['2026-11-02', '2026-11-24', true],
  ['2000-01-01', '2099-12-31', true],
  ['2026-11-02', '9999-12-31', false],
  ['1999-12-31', '2026-11-24', false],
  ['2026-02-30', '2026-11-24', false],
  ['2026-11-24', '2026-11-02', false],
])('bars of %s to %s can be loaded: %s', (startDate, endDate, isPossible) => {
  expect(asked(startDate, endDate)).toBe(isPossible)
})
