import type { StockSymbol } from '#shared/units'
import type { Action } from './screen.ts'

/** How many symbols the palette offers. */
const MOST_SYMBOLS = 6

/** The symbols that start with the text. */
export const matchingSymbols = (text: string, symbols: readonly StockSymbol[]): readonly StockSymbol[] =>
  text.trim() === ''
    ? []
    : symbols.filter((symbol) => symbol.startsWith(text.trim().toUpperCase())).slice(0, MOST_SYMBOLS)

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\d&]+/gu) ?? []

/** The commands of which some word starts with each typed word; those that send or cancel come last. */
export function matchingActions(text: string, actions: readonly Action[]): readonly Action[] {
  const typed = wordsOf(text)
  const matching = actions.filter(({ label }) => {
    const words = wordsOf(label)
    return typed.every((start) => words.some((word) => word.startsWith(start)))
  })
  return [...matching.filter(({ confirm }) => !confirm), ...matching.filter(({ confirm }) => confirm)]
}
