import { stockSymbol, type StockSymbol } from '#shared/units'

/** Contents of a typed or pasted list of symbols. */
export interface SymbolList {
  /** In the order typed, each once. */
  readonly symbols: readonly StockSymbol[]
  /** Words that are not symbols, as typed. */
  readonly bad: readonly string[]
}

/** Reads symbols separated by commas, semicolons, spaces or line breaks; lower case is fine. */
export function readSymbolList(text: string): SymbolList {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const read = words.map((word) => ({ word, parsed: stockSymbol.safeParse(word.toUpperCase()) }))
  return {
    symbols: [...new Set(read.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : [])))],
    bad: read.flatMap(({ word, parsed }) => (parsed.success ? [] : [word])),
  }
}

/** A watchlist with symbols added at its end, without duplicates. */
export const withSymbols = (
  list: readonly StockSymbol[],
  more: readonly StockSymbol[],
): readonly StockSymbol[] => [...new Set([...list, ...more])]

/** Why words are not symbols, for the trader who typed them. */
export const describeBadSymbols = (bad: readonly string[]): string =>
  bad.length === 1
    ? `${bad[0]} is not a stock symbol: letters only, with a dot before a share class, such as BRK.B.`
    : `${bad.join(', ')} are not stock symbols: letters only, with a dot before a share class, such as BRK.B.`
