import { expect, test } from 'vitest'
import { duration } from './duration.ts'

test('a duration is shown in the unit that fits', () => {
  expect([999, 1_000, 2_001, 119_949, 120_000].map(duration)).toEqual([
    '999 ms',
    '1 s',
    '2 s',
    '119.9 s',
    '2 min',
  ])
})
