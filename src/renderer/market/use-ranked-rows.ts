import { useEffect, useState } from 'react'
import type { MarketRow } from '#shared/market'
import type { StockSymbol } from '#shared/units'
import { useMarket } from '../stores/market.ts'

/** A live order is looked at again this often, ms: rows that trade places all the time cannot be read. */
const RANK_MS = 2_000

const rowsNow = (symbols: readonly StockSymbol[]): readonly MarketRow[] => {
  const { bySymbol } = useMarket.getState()
  return symbols.map((symbol) => bySymbol.get(symbol) ?? { symbol, freshness: 'waiting' })
}

/**
 * The rows by whose values the grid is ordered. They are looked at again every two seconds while the order is a live
 * one, at once when the list or the wish changes, and not at all while the order is frozen.
 */
export function useRankedRows(
  symbols: readonly StockSymbol[],
  wish: string | undefined,
  frozen: boolean,
): readonly MarketRow[] {
  const [ranked, setRanked] = useState({ symbols, wish, rows: rowsNow(symbols) })
  if (ranked.symbols !== symbols || ranked.wish !== wish) {
    setRanked({ symbols, wish, rows: rowsNow(symbols) })
  }
  useEffect(() => {
    if (wish === undefined || frozen) return undefined
    const timer = setInterval(() => setRanked({ symbols, wish, rows: rowsNow(symbols) }), RANK_MS)
    return () => clearInterval(timer)
  }, [symbols, wish, frozen])
  return ranked.rows
}
