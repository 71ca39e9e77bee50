import { expect, test } from 'vitest'
import { reported } from '../../../../tests/support/recorded.ts'
import { NOW } from '../../../../tests/support/risk-context.ts'
import { newestOfEach } from './exchange-order.ts'

const leg = reported({ id: 'leg', clientOrderId: 'leg' })

test('of two reports of an order the newer counts; at the same moment, the one that names its exits', () => {
  for (const updatedAt of [undefined, NOW]) {
    const withLegs = reported({ legs: [leg], updatedAt })
    const without = reported({ legs: [], updatedAt })
    expect(newestOfEach([withLegs, without])).toEqual([withLegs, leg])
    expect(newestOfEach([without, withLegs])[0]).toBe(withLegs)
    const newer = reported({ legs: [], updatedAt: NOW + 1 })
    expect(newestOfEach([withLegs, newer])[0]).toBe(newer)
    expect(newestOfEach([newer, withLegs])[0]).toBe(newer)
  }
})
