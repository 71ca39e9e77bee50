import { expect, test } from 'vitest'
import { readSymbolList, withSymbols } from './symbol-list.ts'

test('a pasted list is read with any separators and in upper or lower case', () => {
  expect(readSymbolList('aapl, tsla;NVDA\nbrk.b  aapl').symbols).toEqual(['AAPL', 'TSLA', 'NVDA', 'BRK.B'])
  expect(readSymbolList(' , ')).toEqual({ symbols: [], bad: [] })
})

test('class shares are read in the spellings of Yahoo and of other brokers', () => {
  expect(readSymbolList('BRK-B, bf/a, HEI.A').symbols).toEqual(['BRK.B', 'BF.A', 'HEI.A'])
  expect(readSymbolList('-B, BRK-, A-B-C, BRK/BBBB, BTC/USD').bad).toEqual([
    '-B',
    'BRK-',
    'A-B-C',
    'BRK/BBBB',
    'BTC/USD',
  ])
})

test('words that are not symbols are named as they were typed', () => {
  expect(readSymbolList('aapl, 12, tsla!, toolongsymbol')).toEqual({
    symbols: ['AAPL'],
    bad: ['12', 'tsla!', 'toolongsymbol'],
  })
})

test('a symbol that is already on the list is not added twice', () => {
  const { symbols } = readSymbolList('AAPL TSLA')
  expect(withSymbols(symbols, readSymbolList('tsla qqq').symbols)).toEqual(['AAPL', 'TSLA', 'QQQ'])
})
