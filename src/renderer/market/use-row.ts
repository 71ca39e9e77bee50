import { useClock } from '../stores/clock.ts'
import { useMarket } from '../stores/market.ts'
import type { ShownRow } from '../stores/shown-row.ts'
import type { EpochMs, StockSymbol } from '#shared/units'

/** The row of one symbol; absent until anything is known about it. */
export const useRow = (symbol: StockSymbol): ShownRow | undefined =>
  useMarket(({ bySymbol }) => bySymbol.get(symbol))

/** One value from one row; the caller renders again only when that value changes. */
export const useRowFact = <T>(symbol: StockSymbol, fact: (row: ShownRow) => T): T | undefined =>
  useMarket(({ bySymbol }) => {
    const row = bySymbol.get(symbol)
    return row && fact(row)
  })

/** Text that depends on the time; the caller renders again only when the text changes. */
export const useText = (text: (now: EpochMs) => string): string => useClock(({ now }) => text(now))
