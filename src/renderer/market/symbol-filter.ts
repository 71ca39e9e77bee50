import type { StockSymbol } from '#shared/units'

/** The symbols that contain one of the words, in their order; all where there is no word. */
export function matchingSymbols(symbols: readonly StockSymbol[], filter: string): readonly StockSymbol[] {
  const words = filter
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  return words.length === 0
    ? symbols
    : symbols.filter((symbol) => words.some((word) => symbol.includes(word)))
}
