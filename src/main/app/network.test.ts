import { beforeEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { followNetwork } from './network.ts'

let clock: ManualClock
beforeEach(() => {
  clock = new ManualClock(0)
})

test('the network’s return is reported within a second, once, and never while it stays up or down', () => {
  let online = true
  const returned = vi.fn<() => void>()
  const stop = followNetwork(() => online, returned, clock)
  clock.turnAtOnce(10_000)
  online = false
  clock.turnAtOnce(10_000)
  expect(returned).not.toHaveBeenCalled()
  online = true
  clock.turnAtOnce(1_000)
  expect(returned).toHaveBeenCalledTimes(1)
  clock.turnAtOnce(10_000)
  expect(returned).toHaveBeenCalledTimes(1)
  stop()
  expect(clock.waiting).toBe(0)
})

test('a machine that starts without a network reports its return', () => {
  let online = false
  const returned = vi.fn<() => void>()
  followNetwork(() => online, returned, clock)
  online = true
  clock.turnAtOnce(1_000)
  expect(returned).toHaveBeenCalledTimes(1)
})
