import * as fc from 'fast-check'
import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import type { FillView } from '#shared/trading/order'
import { AAPL, p, q, s } from '../../../../tests/support/risk-context.ts'
import { heldSince } from './holding.ts'
import { fillsOf, sharesIn, untraded, withFill, withFillsOf, type TradedHolding } from './traded-holding.ts'

const DAY = '2026-11-23'
const NOON = Date.parse('2026-11-23T17:00:00Z')
const START = heldSince(AAPL, s('10'), p('190'), DAY)

const fill = (
  side: 'buy' | 'sell',
  shares: number,
  price: number,
  at: number,
  more: Partial<FillView> = {},
): FillView => ({
  executionId: `${side}-${at}`,
  orderId: `${side}-order`,
  symbol: AAPL,
  side,
  quantity: q(String(shares)),
  price: p(String(price)),
  at: NOON + at,
  ...more,
})
const after = (...fills: readonly FillView[]): TradedHolding =>
  fills.reduce((holding, one) => withFill(holding, one, START), untraded(START))
const figures = ({ now }: TradedHolding) => [now.averagePrice?.toNumber(), now.realized.toNumber()]

const SOLD = fill('sell', 10, 194, 0)
const BOUGHT = fill('buy', 10, 186, 1)

test('a fill that becomes known late counts at its time, not when it became known', () => {
  expect(figures(after(SOLD, BOUGHT))).toEqual([186, 40])
  expect(figures(after(BOUGHT, SOLD))).toEqual([186, 40])
})

test('executions of one millisecond are put in order by their nanoseconds', () => {
  const [one, other] = [fill('sell', 10, 194, 0, { nanos: 5 }), fill('buy', 10, 186, 0, { nanos: 7 })]
  expect(figures(after(other, one))).toEqual(figures(after(one, other)))
  expect(figures(after(other, one))).toEqual([186, 40])
})

test('an order’s fills are replaced by the exchange’s list of them', () => {
  const sum = fill('buy', 10, 186, 5, { isSum: true })
  const holding = after(SOLD, sum)
  const list = [fill('buy', 4, 180, -1), fill('buy', 6, 190, 2)]
  const restated = withFillsOf(holding, 'buy-order', list)
  // (1,900 + 720) / 14 = 187.14...; 10 of them at 194
  expect(restated.now.realized.toDecimalPlaces(2).toNumber()).toBe(68.57)
  expect(fillsOf(restated, 'buy-order').map(({ price }) => price)).toEqual(['180', '190'])
})

test('thousands of fills stay within bounds, and quantity and profit are those of all of them', () => {
  const anyFill = fc
    .record({
      side: fc.constantFrom('buy', 'sell'),
      shares: fc.integer({ min: 1, max: 50 }),
      price: fc.integer({ min: 1, max: 500 }),
      at: fc.integer({ min: 0, max: 100_000 }),
    })
    .map(({ side, shares, price, at }) => fill(side, shares, price, at))
  fc.assert(
    fc.property(fc.array(anyFill, { minLength: 200, maxLength: 700, size: 'max' }), (unsorted) => {
      const fills = [...unsorted].sort((one, other) => one.at - other.at)
      const holding = after(...fills)
      const signed = (side: 'buy' | 'sell') => sharesIn(fills.filter((one) => one.side === side))
      expect(holding.fills.length).toBeLessThan(256)
      expect(holding.now.quantity).toEqual(new Decimal(10).plus(signed('buy')).minus(signed('sell')))
      const { averagePrice = new Decimal(0), quantity, realized, spent } = holding.now
      const gain = quantity.times(averagePrice).minus(1_900).minus(spent)
      expect(gain.minus(realized).abs().lt('0.000001')).toBe(true)
    }),
    { numRuns: 30 },
  )
})
