import { expect, test } from 'vitest'
import { openProblems, assetPermissions } from './index.ts'
import { problem } from './problems.ts'
import type { Asset } from '#alpaca'

test('a refusal stays open, a question until it is accepted, and a warning never blocks', () => {
  const refuses = problem('refuse', 'QUOTE_STALE', 'Old.')
  const asks = problem('ask', 'DUPLICATE_ORDER', 'Twice?')
  const tells = problem('tell', 'DAILY_LOSS_LIMIT', 'Near.')
  const all = [refuses, asks, tells]
  expect(openProblems(all, [])).toEqual([refuses, asks])
  expect(openProblems(all, ['DUPLICATE_ORDER', 'QUOTE_STALE', 'DAILY_LOSS_LIMIT'])).toEqual([refuses])
})

const asset: Asset = {
  id: 'a', symbol: 'AAPL', name: '', class: 'us_equity', exchange: 'NASDAQ', status: 'active', tradable: true, marginable: true,
  shortable: true, borrowStatus: undefined, fractionable: true, attributes: [],
} // prettier-ignore

test('Alpaca’s asset list decides what is allowed', () => {
  expect(assetPermissions(asset)).toEqual({
    tradable: true, fractionable: true, shortable: true, easyToBorrow: true, fractionableExtended: false, overnightTradable: false,
  }) // prettier-ignore
  expect(assetPermissions({ ...asset, status: 'inactive' }).tradable).toBe(false)
  expect(assetPermissions({ ...asset, borrowStatus: 'hard_to_borrow' }).easyToBorrow).toBe(false)
  expect(assetPermissions({ ...asset, attributes: ['fractional_eh_enabled'] }).fractionableExtended).toBe(
    true,
  )
})
