import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { AAPL, p, s } from '../../../../tests/support/risk-context.ts'
import { afterTrade, heldSince, onDay, takenOver, type Holding, type Trade } from './holding.ts'

const DAY = '2026-11-23'
const trade = (side: 'buy' | 'sell', quantity: number, price: number, day = DAY): Trade => ({
  symbol: AAPL,
  side,
  quantity: new Decimal(quantity),
  price: new Decimal(price),
  day,
})
const after = (...trades: readonly Trade[]): Holding | undefined =>
  trades.reduce<Holding | undefined>((held, next) => afterTrade(held, next), undefined)

const figures = (holding: Holding | undefined) =>
  holding && {
    quantity: holding.quantity.toNumber(),
    average: holding.averagePrice?.toNumber(),
    spent: holding.spent.toNumber(),
    realized: holding.realized.toNumber(),
  }

test('buying more averages the cost; selling realizes its share of the profit and leaves the average', () => {
  const bought = [trade('buy', 10, 100), trade('buy', 10, 110)]
  expect(figures(after(...bought))).toEqual({ quantity: 20, average: 105, spent: 2_100, realized: 0 })
  expect(figures(after(...bought, trade('sell', 5, 115)))).toEqual({
    quantity: 15,
    average: 105,
    spent: 1_525,
    realized: 50,
  })
})

test('a short position gains when it is bought back lower', () => {
  expect(figures(after(trade('sell', 10, 100), trade('buy', 10, 90)))).toEqual({
    quantity: 0,
    average: 0,
    spent: -100,
    realized: 100,
  })
})

test('a sale of more than is held closes the long position and opens a short one at its price', () => {
  expect(figures(after(trade('buy', 10, 100), trade('sell', 15, 120)))).toEqual({
    quantity: -5,
    average: 120,
    spent: -800,
    realized: 200,
  })
})

test('shares that no fill explains count from the last close, and what was realized today stays', () => {
  const sold = afterTrade(heldSince(AAPL, s('10'), p('90'), DAY), trade('sell', 4, 80))
  const split = takenOver(sold, s('24'), p('22.5'))
  expect(figures(split)).toEqual({ quantity: 24, average: 22.5, spent: -320, realized: -40 })
  expect(split.quantityBefore.toNumber()).toBe(28)
  expect(figures(takenOver(split, s('20'), undefined))).toMatchObject({ average: undefined, realized: -40 })
})

test('another average price for the same shares moves the profit that was realized today', () => {
  const sold = afterTrade(heldSince(AAPL, s('10'), p('90'), DAY), trade('sell', 4, 100))
  expect(figures(takenOver(sold, s('6'), p('91')))).toMatchObject({ average: 91, spent: -400, realized: 46 })
})

test('a new day starts with what is held and no profit yet', () => {
  const next = onDay(heldSince(AAPL, s('10'), p('100'), DAY), '2026-11-24')
  expect(next.quantityBefore.toNumber()).toBe(10)
  const sold = afterTrade(
    after(trade('buy', 10, 100), trade('sell', 5, 110)),
    trade('sell', 5, 120, '2026-11-24'),
  )
  expect({ before: sold.quantityBefore.toNumber(), realized: sold.realized.toNumber() }).toEqual({
    before: 5,
    realized: 100,
  })
})

test('whatever the trades, dollars spent equal the cost of what is held less the realized profit', () => {
  const anyTrade = fc
    .record({
      side: fc.constantFrom('buy', 'sell'),
      quantity: fc.integer({ min: 1, max: 50 }),
      price: fc.integer({ min: 1, max: 500 }),
    })
    .map(({ side, quantity, price }) => trade(side, quantity, price))
  fc.assert(
    fc.property(fc.array(anyTrade, { minLength: 1, maxLength: 20 }), (trades) => {
      const held = after(...trades)
      const cost = held?.quantity.times(held.averagePrice ?? 0).minus(held.realized)
      expect(
        cost
          ?.minus(held?.spent ?? 0)
          .abs()
          .lt('0.000001'),
      ).toBe(true)
    }),
  )
})
