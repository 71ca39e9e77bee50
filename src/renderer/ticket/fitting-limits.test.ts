import { expect, test } from 'vitest'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import { fittingLimits } from './fitting-limits.ts'

test('a usual order below the warning needs no other limits', () => {
  expect(fittingLimits(DEFAULT_RISK_LIMITS, '100000', '30000')).toBeUndefined()
  expect(fittingLimits(DEFAULT_RISK_LIMITS, undefined, '50000')).toBeUndefined()
})

test('a usual order above the warning is offered limits with room above it, said in dollars', () => {
  const limits = { ...DEFAULT_RISK_LIMITS, notionalAskPercent: 10, notionalMostPercent: 25 }
  const proposal = fittingLimits(limits, '100000', '30000')
  expect(proposal?.warning.toFixed()).toBe('10000')
  expect(proposal?.limits).toEqual({ notionalAskPercent: 45, notionalMostPercent: 90 })
  expect(proposal?.sentence).toBe('Warn above $45,000 and block above $90,000 instead?')
})

test('limits are offered within their bounds, and none is ever lowered', () => {
  expect(fittingLimits(DEFAULT_RISK_LIMITS, '100000', '98765.43')?.limits).toEqual({
    notionalAskDollars: 150_000,
    notionalAskPercent: 100,
    notionalMostDollars: 300_000,
    notionalMostPercent: 300,
  })
})
