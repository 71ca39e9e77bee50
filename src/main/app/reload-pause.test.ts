import { expect, test } from 'vitest'
import { createReloadPause } from './reload-pause.ts'

test('a window that crashes once is reloaded immediately', () => {
  expect(createReloadPause()(1_000)).toBe(0)
})

test('a window that keeps crashing is reloaded less and less often, but at least every half minute', () => {
  const pause = createReloadPause()
  const pauses = Array.from({ length: 9 }, (_, crash) => pause(crash * 10_000))
  expect(pauses).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
})

test('a window that ran for more than a minute is healthy again', () => {
  const pause = createReloadPause()
  for (const at of [0, 1_000, 2_000]) pause(at)
  expect(pause(63_000)).toBe(0)
})
