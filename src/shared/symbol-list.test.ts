import { expect, test } from 'vitest'
import { readSymbolList, readWatchlistFile, withSymbols } from './symbol-list.ts'

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

test('a list exported from TradingView is read with its sections; a foreign exchange is another stock', () => {
  expect(
    readWatchlistFile('###MY TECH,NASDAQ:AAPL,NYSE:BRK.B,###FUNDS,AMEX:SPY,LSE:BP,BINANCE:BTCUSDT'),
  ).toEqual({
    symbols: ['AAPL', 'BRK.B', 'SPY'],
    bad: ['LSE:BP', 'BINANCE:BTCUSDT'],
  })
})

test('of a CSV file the column with the symbols is read, whichever it is', () => {
  const broker = '\uFEFFName,Symbol,Last\r\n"Apple, Inc.",AAPL,229.87\r\n,"BRK-B",\r\nTesla,TSLA\r\n'
  expect(readWatchlistFile(broker)).toEqual({ symbols: ['AAPL', 'BRK.B', 'TSLA'], bad: [] })
  expect(readWatchlistFile('Ticker;Price\nNVDA;141,95')).toEqual({ symbols: ['NVDA'], bad: [] })
  expect(readWatchlistFile('Symbol\nAMD\nIBM\n')).toEqual({ symbols: ['AMD', 'IBM'], bad: [] })
})

test('a text file with a symbol a line is read, also with quotes around them', () => {
  expect(readWatchlistFile('AAPL\n\n"msft"\n12x\n')).toEqual({ symbols: ['AAPL', 'MSFT'], bad: ['12x'] })
  expect(readWatchlistFile('')).toEqual({ symbols: [], bad: [] })
})
