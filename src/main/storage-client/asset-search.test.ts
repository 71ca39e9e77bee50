import { expect, test } from 'vitest'
import type { Asset } from '#alpaca'
import { searchAssets } from './asset-search.ts'

const asset = (symbol: string, name: string, tradable = true) =>
  ({ symbol, name, exchange: 'NASDAQ', tradable }) as Asset // the rest of an asset is not looked at

const ASSETS = [
  asset('PINE', 'Alpine Income Trust'),
  asset('AAPL', 'Apple Inc.'),
  asset('APPF', 'AppFolio Inc.'),
  asset('APP', 'Applovin Corp'),
  asset('OLD', 'Apples of Old', false),
  asset('SNAP', 'Snapple Group'),
]

test('the very symbol comes first, then symbols, then names that begin so, then the rest', () => {
  expect(searchAssets(ASSETS, 'app').map(({ symbol }) => symbol)).toEqual(['APP', 'APPF', 'AAPL', 'SNAP'])
})

test('nothing is found for nothing, and nothing that cannot be traded', () => {
  expect(searchAssets(ASSETS, '  ')).toEqual([])
  expect(searchAssets(ASSETS, 'old')).toEqual([])
})
