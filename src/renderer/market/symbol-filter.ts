import type { StockSymbol } from '#shared/units'

/** The symbols that contain one of the words, in their order; all where there is no word. */
export function matchingSymbols(symbols: readonly StockSymbol[], filter: string): readonly StockSymbol[] {
  const text = filter
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  return text.length === 0 ? symbols : symbols.filter((symbol) => text.some((word) => symbol.includes(word)))
}
