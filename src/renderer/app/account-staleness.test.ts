import { expect, test } from 'vitest'
import type { Reconciliation } from '#shared/trading/account'
import { whyAccountStale } from './account-staleness.ts'

const agreed: Reconciliation = { state: 'agreed', hasBegun: true, at: 1_000_000, differences: [] }

test('figures that Alpaca confirmed a minute ago are current while prices arrive', () => {
  expect(whyAccountStale(agreed, 'connected', agreed.at + 60_000)).toBeUndefined()
})

test('figures may be old without a report for two minutes, after a failed one, and without prices', () => {
  expect(whyAccountStale(agreed, 'connected', agreed.at + 121_000)).toContain('2 minutes')
  expect(whyAccountStale({ ...agreed, state: 'failed' }, 'connected', agreed.at)).toContain('report')
  expect(whyAccountStale(agreed, 'reconnecting', agreed.at)).toContain('feed')
  expect(whyAccountStale(agreed, undefined, agreed.at)).toContain('feed')
})
