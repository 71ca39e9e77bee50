import { expect, test } from 'vitest'
import { SLOTS } from './session-clock.ts'
import { SymbolTraffic } from './symbol-traffic.ts'

test('usual traffic follows the last twenty sessions: each new one replaces a twentieth', () => {
  const traffic = new SymbolTraffic()
  const whole = new Uint8Array(SLOTS).fill(1)
  for (let session = 0; session < 30; session++) traffic.learn(new Float64Array(SLOTS), whole, session)
  traffic.learn(new Float64Array(SLOTS).fill(60), whole, 30)
  expect(traffic.toJSON().trades?.[0]).toBe(3)
  expect(traffic.toJSON().sessions).toBe(20)
})

test('a symbol that ticks every second is expected to, but never more surely than was seen', () => {
  const traffic = new SymbolTraffic()
  traffic.learn(new Float64Array(SLOTS).fill(1_200), new Uint8Array(SLOTS).fill(1), 0)
  for (let second = 0; second < 10_000; second++) traffic.observe(400, 1, 1)
  const rate = traffic.rates()(400)
  // After some 866 seconds that still count and 60 of the prior, half a second of doubt is left.
  expect(rate).toBeGreaterThan(7)
  expect(rate).toBeLessThan(Math.log(2 * 927))
})

test('of a symbol that nobody has heard of nothing is expected', () => {
  const traffic = new SymbolTraffic()
  expect(traffic.toJSON()).toMatchObject({ active: 0, seconds: 0, exposure: 0 })
  expect(traffic.chanceOfBar(400)).toBe(0)
})
