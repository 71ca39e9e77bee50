import { expect, test } from 'vitest'
import { ReconnectBackoff } from './reconnect-backoff.ts'

test('a stream that stays mute reconnects immediately, then less and less often, but at least every ten minutes', () => {
  const backoff = new ReconnectBackoff()
  const reconnectedAt: number[] = []
  for (let now = 0; now < 3_600_000; now += 1_000)
    if (backoff.nextWait(now) === 0) reconnectedAt.push(now / 1_000)
  const gaps = reconnectedAt.slice(1).map((at, index) => at - (reconnectedAt[index] ?? 0))
  expect(gaps).toEqual([30, 60, 120, 240, 480, 600, 600, 600, 600].slice(0, gaps.length))
})

test('a minute of data resets the number of tries', () => {
  const backoff = new ReconnectBackoff()
  expect(backoff.nextWait(0)).toBe(0)
  backoff.heard(1_000)
  backoff.heard(61_000)
  expect(backoff.nextWait(62_000)).toBe(0)
  expect(backoff.nextWait(63_000)).toBe(29_000)
})

test('data that stops again within a minute resets nothing', () => {
  const backoff = new ReconnectBackoff()
  backoff.nextWait(0)
  backoff.heard(1_000)
  backoff.heard(20_000)
  expect(backoff.nextWait(21_000)).toBe(9_000)
  backoff.heard(22_000)
  backoff.heard(62_000)
  expect(backoff.nextWait(63_000)).toBe(0)
  expect(backoff.nextWait(64_000)).toBe(59_000)
})
