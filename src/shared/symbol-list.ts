import { stockSymbol, type StockSymbol } from './units.ts'

/** Contents of a typed or pasted list of symbols. */
export interface SymbolList {
  /** In the order typed, each once. */
  readonly symbols: readonly StockSymbol[]
  /** Words that are not symbols, as typed. */
  readonly bad: readonly string[]
}

/**
 * A typed symbol in Alpaca's spelling; undefined if it is none. Lower case is fine, and so are the spellings of class
 * shares elsewhere: `BRK-B` (Yahoo) and `BRK/B`. A slash before three letters is a currency pair.
 */
export const readSymbol = (text: string): StockSymbol | undefined =>
  stockSymbol.safeParse(
    text
      .trim()
      .toUpperCase()
      .replace(/(?:-(?=.{1,3}$)|\/(?=.{1,2}$))/, '.'),
  ).data

/** Reads symbols separated by commas, semicolons, spaces or line breaks, in any spelling of {@link readSymbol}. */
export function readSymbolList(text: string): SymbolList {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const read = words.map((word) => ({ word, symbol: readSymbol(word) }))
  return {
    symbols: [...new Set(read.flatMap(({ symbol }) => symbol ?? []))],
    bad: read.flatMap(({ word, symbol }) => (symbol === undefined ? [word] : [])),
  }
}

/** A watchlist with symbols added at its end, without duplicates. */
export const withSymbols = (
  list: readonly StockSymbol[],
  more: readonly StockSymbol[],
): readonly StockSymbol[] => [...new Set([...list, ...more])]

/** Why words are not symbols, for the trader who typed them. */
export const describeBadSymbols = (bad: readonly string[]): string =>
  `Invalid ${bad.length === 1 ? 'symbol' : 'symbols'}: ${bad.join(', ')}. Use letters, with a dot before a share class (BRK.B).`
