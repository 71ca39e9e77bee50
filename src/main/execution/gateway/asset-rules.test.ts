import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import type { Asset } from '#alpaca'
import { silentLog } from '#process/log'
import { AssetRules } from './asset-rules.ts'

const [AAPL, TSLA] = [stockSymbol.parse('AAPL'), stockSymbol.parse('TSLA')]
const listed: Asset = {
  id: 'AAPL',
  symbol: 'AAPL',
  name: 'Apple',
  class: 'us_equity',
  exchange: 'NASDAQ',
  status: 'active',
  tradable: true,
  marginable: true,
  shortable: true,
  borrowStatus: 'easy_to_borrow',
  fractionable: true,
  attributes: [],
}

test('until the list is there nothing is known; then a stock that is not on it does not exist', async () => {
  const rules = new AssetRules()
  expect(rules.rulesOf(AAPL)).toBe('unknown')
  expect(rules.isKnown).toBe(false)
  await rules.learn(async () => [listed], silentLog)
  expect(rules.rulesOf(AAPL)).toMatchObject({ tradable: true })
  expect(rules.rulesOf(TSLA)).toBeUndefined()
  expect(rules.isKnown).toBe(true)
})

test('a list that cannot be had, or is empty, leaves what was known', async () => {
  const rules = new AssetRules()
  const away = async () => {
    throw new Error('down')
  }
  await rules.learn(async () => [listed], silentLog)
  await rules.learn(away, silentLog)
  await rules.learn(async () => [], silentLog)
  expect(rules.rulesOf(AAPL)).toMatchObject({ tradable: true })
})
