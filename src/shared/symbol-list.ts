import { stockSymbol, type StockSymbol } from './units.ts'

/** Contents of a typed or pasted list of symbols. */
export interface SymbolList {
  /** In the order typed, each once. */
  readonly symbols: readonly StockSymbol[]
  /** Words that are not symbols, as typed. */
  readonly bad: readonly string[]
}

/** Exchange prefixes of TradingView for listings in the US; the same letters elsewhere are another stock. */
const US_PREFIX = /^(?:NASDAQ|NYSE|AMEX|ARCA|NYSEARCA|BATS|CBOE|OTC):/i

/**
 * A typed symbol in Alpaca's spelling; undefined if it is none. Lower case is fine, and so are the spellings of class
 * shares elsewhere: `BRK-B` (Yahoo) and `BRK/B`. A slash before three letters is a currency pair. A prefix may name an
 * exchange in the US: `NYSE:BRK.B` (TradingView).
 */
export const readSymbol = (text: string): StockSymbol | undefined =>
  stockSymbol.safeParse(
    text
      .trim()
      .replace(US_PREFIX, '')
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

/**
 * Reads the symbols of a watchlist that another program wrote: one a line, TradingView's list with its sections
 * (`###Tech,NASDAQ:AAPL`), or comma-separated values, of which the column "Symbol" or "Ticker" counts.
 */
export function readWatchlistFile(text: string): SymbolList {
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== '')
  const [head = [], ...rows] = lines.map(cellsOf)
  const at = head.findIndex((cell) => /^(?:symbol|ticker)s?$/i.test(cell))
  if (at >= 0) return readSymbolList(rows.map((cells) => cells[at] ?? '').join('\n'))
  return readSymbolList(
    lines
      .join('\n')
      .replaceAll(/###[^,\n]*/g, '')
      .replaceAll('"', ''),
  )
}

/** The cells of a line of comma-separated values, without their quotes. Semicolons and tabs separate too. */
const cellsOf = (line: string): readonly string[] =>
  (line.match(/"(?:[^"]|"")*"|[^,;\t]+|(?<=[,;\t]|^)(?=[,;\t]|$)/g) ?? []).map((cell) =>
    cell.replace(/^\s*"|"\s*$/g, '').trim(),
  )

/** A watchlist with symbols added at its end, without duplicates. */
export const withSymbols = (
  list: readonly StockSymbol[],
  more: readonly StockSymbol[],
): readonly StockSymbol[] => [...new Set([...list, ...more])]

/** Why words are not symbols, for the trader who typed them. */
export const describeBadSymbols = (bad: readonly string[]): string =>
  `Invalid ${bad.length === 1 ? 'symbol' : 'symbols'}: ${bad.join(', ')}. Use letters, with a dot before a share class (BRK.B).`
