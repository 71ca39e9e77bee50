import { expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { pause } from './clock.ts'

test('a pause ends after its time, not before', async () => {
  const clock = new ManualClock(0)
  let isOver = false
  const paused = pause(clock, 1_000).then(() => (isOver = true))
  await clock.turn(999)
  expect(isOver).toBe(false)
  await clock.turn(1)
  await paused
  expect(isOver).toBe(true)
})

test('a pause ends immediately when its signal aborts, or if it already had', async () => {
  const clock = new ManualClock(0)
  const controller = new AbortController()
  const paused = pause(clock, 1_000, controller.signal)
  controller.abort()
  await paused
  await pause(clock, 1_000, controller.signal)
  expect(clock.now()).toBe(0)
})
