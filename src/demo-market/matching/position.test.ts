import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amount, ZERO } from './exact.ts'
import { afterFill, FLAT, gainToday, type Filled, type SimHolding } from './position.ts'

const filled = (side: 'buy' | 'sell', qty: number, price: number): Filled => ({
  side,
  qty: amount(qty),
  price: amount(price),
})
const holding = (qty: number, cost: number): SimHolding => ({ qty: amount(qty), cost: amount(cost) })
const told = ({ qty, cost }: SimHolding) => `${qty.toFixed()} for ${cost.toFixed()}`

describe('a fill', () => {
  test.each<[string, string, SimHolding, Filled]>([
    ['10 for 200', '0', FLAT, filled('buy', 10, 20)],
    ['30 for 800', '0', holding(10, 200), filled('buy', 20, 30)],
    ['6 for 120', '40', holding(10, 200), filled('sell', 4, 30)],
    ['0 for 0', '-100', holding(10, 200), filled('sell', 10, 10)],
    ['-10 for 200', '0', FLAT, filled('sell', 10, 20)],
    ['-4 for 80', '30', holding(-10, 200), filled('buy', 6, 15)],
    ['-5 for 50', '-100', holding(10, 200), filled('sell', 15, 10)],
  ])('leaves %s and realizes %s', (after, gained, before, fill) => {
    const { holding: left, realized } = afterFill(before, fill)
    expect([told(left), realized.toFixed()]).toEqual([after, gained])
  })
})

test('no cent is created or lost: cash plus shares at cost is the starting cash plus the realized profit', () => {
  const fills = fc.array(
    fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      qty: fc.integer({ min: 1, max: 1e12 }).map((nano) => amount(nano).div(1e9)),
      price: fc.integer({ min: 1, max: 9_999_999 }).map((ticks) => amount(ticks).div(10_000)),
    }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(fills, (tape) => {
      let [cash, realized, held] = [amount(100_000), ZERO, FLAT]
      for (const fill of tape) {
        const dollars = fill.qty.times(fill.price)
        cash = fill.side === 'buy' ? cash.minus(dollars) : cash.plus(dollars)
        const after = afterFill(held, fill)
        held = after.holding
        realized = realized.plus(after.realized)
        expect(held.cost.gte(0)).toBe(true)
      }
      const atCost = held.qty.gte(0) ? held.cost : held.cost.neg()
      const difference = cash.plus(atCost).minus(realized).minus(100_000)
      expect(difference.abs().lt('1e-20')).toBe(true)
    }),
  )
})

describe('what a holding gained today', () => {
  const prices = { current: amount(25), lastDay: amount(22) }
  test.each([
    ['all of it bought today: against its cost', 10, 200, 0, '50'],
    ['all of it held since: against the close', 10, 200, 10, '30'],
    ['part of it sold since', 6, 120, 10, '18'],
    ['more of it bought today at the average of all', 20, 480, 10, '40'],
    ['short since', -10, 200, -10, '-30'],
    ['turned around today', 10, 200, -5, '50'],
  ])('%s', (_, qty, cost, carried, gain) => {
    expect(gainToday(holding(qty, cost), amount(carried), prices).gain.toFixed()).toBe(gain)
  })
})
