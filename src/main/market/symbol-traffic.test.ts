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
