import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('each wait is twice the one before, up to the longest, however many tries fail', () => {
  const pace = { firstMs: 500, longestMs: 30_000 }
  expect([0, 1, 2, 5, 6, 7, 5_000].map((tries) => backoffMs(pace, tries))).toEqual([
    500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000,
  ])
})
