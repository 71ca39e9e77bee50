import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followNetwork } from './network.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a network that comes back is told within a second, once, and never while it is away or there', () => {
  let online = true
  const returned = vi.fn<() => void>()
  const stop = followNetwork(() => online, returned)
  vi.advanceTimersByTime(10_000)
  online = false
  vi.advanceTimersByTime(10_000)
  expect(returned).not.toHaveBeenCalled()
  online = true
  vi.advanceTimersByTime(1_000)
  expect(returned).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(10_000)
  expect(returned).toHaveBeenCalledTimes(1)
  stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('a machine that starts without a network has one that comes back', () => {
  let online = false
  const returned = vi.fn<() => void>()
  followNetwork(() => online, returned)
  online = true
  vi.advanceTimersByTime(1_000)
  expect(returned).toHaveBeenCalledTimes(1)
})
