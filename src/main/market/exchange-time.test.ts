import { expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import type { MarketClock } from '#alpaca'
import { measureClock } from './exchange-time.ts'

/** An exchange whose clock is ahead and whose answers take this long, timestamped halfway. */
function setUp(aheadMs: number, tookMs: readonly number[]) {
  const clock = new ManualClock(TEN_O_CLOCK)
  const waits = [...tookMs]
  const getClock = vi.fn(async () => {
    const wait = waits.shift() ?? 0
    clock.turnAtOnce(wait / 2)
    const timestamp = clock.now() + aheadMs
    clock.turnAtOnce(wait / 2)
    return { timestamp } as MarketClock
  })
  return { getClock, measure: () => measureClock({ getClock }, clock, undefined) }
}

test('a clock that is off by seconds is detected', async () => {
  expect(await setUp(-30_000, [40]).measure()).toBe(-30_000)
  expect(await setUp(2_500, [40]).measure()).toBe(2_500)
})

test('a clock that may be right is assumed to be right', async () => {
  expect(await setUp(15, [40]).measure()).toBe(0)
})

test('the fastest of a few answers counts, and one fast answer is enough', async () => {
  const slow = setUp(700, [1_800, 300, 600])
  expect(await slow.measure()).toBe(700)
  expect(slow.getClock).toHaveBeenCalledTimes(3)
  const quick = setUp(700, [90, 10])
  await quick.measure()
  expect(quick.getClock).toHaveBeenCalledTimes(1)
})

test('answers that take seconds are not used', async () => {
  expect(await setUp(30_000, [5_000, 5_000, 5_000]).measure()).toBeUndefined()
})
