import { useClock } from '../stores/clock.ts'
import { useMarket } from '../stores/market.ts'
import type { ShownRow } from '../stores/shown-row.ts'
import type { EpochMs, StockSymbol } from '#shared/units'

/** The row of one symbol; absent until something is known of it. */
export const useRow = (symbol: StockSymbol): ShownRow | undefined =>
  useMarket(({ bySymbol }) => bySymbol.get(symbol))

/** One fact of one row; the caller renders again only when that fact is another. */
export const useRowFact = <T>(symbol: StockSymbol, fact: (row: ShownRow) => T): T | undefined =>
  useMarket(({ bySymbol }) => {
    const row = bySymbol.get(symbol)
    return row && fact(row)
  })

/** Description that depend on the time; the caller renders again only when the words change. */
export const useText = (text: (now: EpochMs) => string): string => useClock(({ now }) => text(now))
