import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { DEFAULT_RISK_LIMITS, orderValueLimits, positionValueLimits } from './limits.ts'

const dollars = (limits: Readonly<Record<'ask' | 'most', Decimal>>) => [
  limits.ask.toNumber(),
  limits.most.toNumber(),
]
const orderLimits = (equity?: number) =>
  dollars(orderValueLimits(DEFAULT_RISK_LIMITS, equity === undefined ? undefined : new Decimal(equity)))

test('one order is limited by the lesser of dollars and share of equity, by the dollars alone while equity is unknown', () => {
  expect(orderLimits(60_000)).toEqual([30_000, 60_000])
  expect(orderLimits(1_000_000)).toEqual([50_000, 250_000])
  expect(orderLimits()).toEqual([50_000, 250_000])
})

test('an account that owes more than it has may open nothing, rather than less than nothing', () => {
  expect(orderLimits(-5_000)).toEqual([0, 0])
})

test('a position is never refused below where it is questioned', () => {
  const limits = (ask: number, most: number) =>
    dollars(
      positionValueLimits(
        { ...DEFAULT_RISK_LIMITS, concentrationAskPercent: ask, concentrationMostPercent: most },
        new Decimal(1_000),
      ),
    )
  expect(limits(25, 50)).toEqual([250, 500])
  expect(limits(75, 50)).toEqual([750, 750])
})
