import { useEffect, useState } from 'react'
import type { StockSymbol } from '#shared/units'
import { useMarket } from '../stores/market.ts'
import { useTrading } from '../stores/trading.ts'
import type { RankedRow } from './columns.ts'

/** How often a live order is updated, ms: rows that keep trading places cannot be read. */
const RANK_MS = 2_000

/** The values of symbols now. */
export const rowsNow = (symbols: readonly StockSymbol[]): readonly RankedRow[] => {
  const { bySymbol } = useMarket.getState()
  const held = new Map(
    useTrading.getState().trading?.positions.map((position) => [position.symbol, position]),
  )
  return symbols.map((symbol) => {
    const position = held.get(symbol)
    const row = bySymbol.get(symbol) ?? { symbol, freshness: 'waiting' as const }
    return { ...row, ...(position && { position }) }
  })
}

/**
 * The rows whose values determine the grid's order. They are updated every two seconds while the order
 * depends on live values, immediately when the list or the wanted order changes, and not at all while the
 * order is frozen.
 */
export function useRankedRows(
  symbols: readonly StockSymbol[],
  wish: string | undefined,
  frozen: boolean,
): readonly RankedRow[] {
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
