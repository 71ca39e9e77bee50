import { expect, test } from 'vitest'
import type { Asset } from '#alpaca'
import { stockSymbol } from '#shared/units'
import { checkSymbols, searchAssets } from './asset-search.ts'

const asset = (symbol: string, name: string, tradable = true) =>
  ({ symbol, name, exchange: 'NASDAQ', tradable }) as Asset // the rest of an asset is not used

const ASSETS = [
  asset('PINE', 'Alpine Income Trust'),
  asset('AAPL', 'Apple Inc.'),
  asset('APPF', 'AppFolio Inc.'),
  asset('APP', 'Applovin Corp'),
  asset('OLD', 'Apples of Old', false),
  asset('SNAP', 'Snapple Group'),
]

test('the exact symbol comes first, then symbols, then names that begin with the text, then the rest', () => {
  expect(searchAssets(ASSETS, 'app').map(({ symbol }) => symbol)).toEqual(['APP', 'APPF', 'AAPL', 'SNAP'])
})

test('an empty text finds nothing, and untradable assets are never found', () => {
  expect(searchAssets(ASSETS, '  ')).toEqual([])
  expect(searchAssets(ASSETS, 'old')).toEqual([])
})

test('unknown symbols are named, and none is called unknown without a list of assets', () => {
  const symbols = stockSymbol.array().parse(['AAPL', 'ZZZZQ', 'OLD'])
  expect(checkSymbols(ASSETS, symbols)).toEqual({ kind: 'checked', unknown: ['ZZZZQ'] })
  expect(checkSymbols([], symbols)).toEqual({ kind: 'unchecked' })
})
