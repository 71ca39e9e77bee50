import type { StockSymbol } from '#shared/units'

/** The symbols that contain any of the words, in their order; all if there are no words. */
export function matchingSymbols(symbols: readonly StockSymbol[], filter: string): readonly StockSymbol[] {
  const text = filter
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  return text.length === 0 ? symbols : symbols.filter((symbol) => text.some((word) => symbol.includes(word)))
}
