import fc from 'fast-check'
import { expect, test } from 'vitest'
import { order } from '../../../tests/support/demo-orders.ts'
import { alarmOf, concerns } from './alarm.ts'
import { amount } from './exact.ts'
import { meet, reachesStop, trailed, waitsForStop } from './matching.ts'

const cents = fc.integer({ min: 1900, max: 2100 }).map((price) => (price / 100).toFixed(2))
const orders = fc
  .record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    type: fc.constantFrom('limit' as const, 'stop' as const, 'stop_limit' as const, 'trailing_stop' as const),
    limit: cents,
    stop: cents,
    best: cents,
    triggered: fc.boolean(),
  })
  .map(({ side, type, limit, stop, best, triggered }) =>
    order({
      side,
      type,
      triggered,
      limitPrice: type === 'limit' || type === 'stop_limit' ? limit : null,
      stopPrice: type === 'limit' ? null : stop,
      trailPrice: type === 'trailing_stop' ? '0.5' : null,
      hwm: type === 'trailing_stop' ? best : null,
    }),
  )
const quotes = fc
  .record({
    low: fc.integer({ min: 1900, max: 2100 }),
    width: fc.integer({ min: 1, max: 20 }),
    share: fc.nat(20),
  })
  .map(({ low, width, share }) => ({
    bid: low / 100,
    ask: (low + width) / 100,
    last: (low + Math.min(share, width)) / 100,
  }))

test('no order misses a quote that could affect it', () => {
  let passed = 0
  fc.assert(
    fc.property(orders, quotes, (asked, quote) => {
      if (concerns(quote, alarmOf(asked))) return
      passed++
      const market = {
        bid: amount(quote.bid),
        ask: amount(quote.ask),
        last: amount(quote.last),
        bidSize: amount(500),
        askSize: amount(500),
      }
      if (waitsForStop(asked)) {
        expect(reachesStop(asked, market)).toBe(false)
        if (asked.type === 'trailing_stop') expect(trailed(asked, market)).toBeUndefined()
      } else expect(meet(asked, market, {})).toEqual({ place: {} })
    }),
    { numRuns: 2000 },
  )
  expect(passed).toBeGreaterThan(200)
})
