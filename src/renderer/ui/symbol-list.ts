import { stockSymbol, type StockSymbol } from '#shared/units'

/** What a typed or pasted list of symbols holds. */
export interface SymbolList {
  /** In the order typed, each once. */
  readonly symbols: readonly StockSymbol[]
  /** Description that are no symbols, as they were typed. */
  readonly bad: readonly string[]
}

/** Reads symbols parted by commas, semicolons, spaces or line ends; lower case is fine. */
export function readSymbolList(text: string): SymbolList {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const read = words.map((word) => ({ word, parsed: stockSymbol.safeParse(word.toUpperCase()) }))
  return {
    symbols: [...new Set(read.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : [])))],
    bad: read.flatMap(({ word, parsed }) => (parsed.success ? [] : [word])),
  }
}

/** A watch list with more symbols at its end, none twice. */
export const withSymbols = (
  list: readonly StockSymbol[],
  more: readonly StockSymbol[],
): readonly StockSymbol[] => [...new Set([...list, ...more])]

/** Why words are no symbols, for the trader who typed them. */
export const describeBadSymbols = (bad: readonly string[]): string =>
  bad.length === 1
    ? `${bad[0]} is not a stock symbol: letters only, with a dot before a share class, such as BRK.B.`
    : `${bad.join(', ')} are not stock symbols: letters only, with a dot before a share class, such as BRK.B.`
