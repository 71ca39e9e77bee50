import { expect, test } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { ManualClock } from '../../../../tests/support/manual-clock.ts'
import { Arming } from './arming.ts'

function armed() {
  const clock = new ManualClock(0)
  const lapses: number[] = []
  const arming = new Arming(clock, () => lapses.push(clock.now()))
  arming.arm()
  return { clock, arming, lapses }
}

test('the account starts disarmed', () => {
  expect(new Arming(new ManualClock(5), () => {})).toMatchObject({ until: undefined, disarmedSince: 5 })
})

test('arming lapses after half an hour without a trade, and says so', async () => {
  const { clock, arming, lapses } = armed()
  await clock.turn(30 * MINUTE_MS - 1)
  expect(arming.until).toBe(30 * MINUTE_MS)
  await clock.turn(1)
  expect(arming).toMatchObject({ until: undefined, disarmedSince: 30 * MINUTE_MS })
  expect(lapses).toEqual([30 * MINUTE_MS])
})

test('after the machine slept, arming has lapsed before any timer runs, and a trade does not renew it', () => {
  const { clock, arming } = armed()
  clock.jump(31 * MINUTE_MS)
  expect(arming).toMatchObject({ until: undefined, disarmedSince: 30 * MINUTE_MS })
  arming.keep()
  expect(arming.until).toBeUndefined()
})

test('each trade starts the half hour over', async () => {
  const { clock, arming, lapses } = armed()
  await clock.turn(20 * MINUTE_MS)
  arming.keep()
  await clock.turn(20 * MINUTE_MS)
  expect(arming.until).toBe(50 * MINUTE_MS)
  expect(lapses).toEqual([])
})

test('a disarmed account stays disarmed: a trade does not arm it, and nothing lapses', async () => {
  const { clock, arming, lapses } = armed()
  arming.disarm()
  arming.keep()
  await clock.turn(60 * MINUTE_MS)
  expect(arming).toMatchObject({ until: undefined, disarmedSince: 0 })
  expect(lapses).toEqual([])
})

test('an account that has lapsed stays disarmed since then, whoever disarms it later', async () => {
  const { clock, arming } = armed()
  await clock.turn(40 * MINUTE_MS)
  arming.disarm()
  expect(arming.disarmedSince).toBe(30 * MINUTE_MS)
})
