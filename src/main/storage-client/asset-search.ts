import type { AssetMatch, SymbolCheck } from '#shared/ipc/contract'
import { stockSymbol, type StockSymbol } from '#shared/units'
import type { Asset } from '#alpaca'

const MOST = 20

/**
 * Tradable assets that match the text: the exact symbol first, then symbols that begin with it, then names
 * with a word that begins with it, then other names that contain it; each group by symbol.
 */
export function searchAssets(assets: readonly Asset[], text: string): readonly AssetMatch[] {
  const wanted = text.trim().toUpperCase()
  if (wanted === '') return []
  return assets
    .flatMap(({ symbol, name, exchange, tradable }) => {
      const rank = rankOf(symbol, name.toUpperCase(), wanted)
      const read = stockSymbol.safeParse(symbol)
      return tradable && rank !== undefined && read.success
        ? [{ rank, symbol: read.data, name, exchange }]
        : []
    })
    .sort((one, other) => one.rank - other.rank || (one.symbol < other.symbol ? -1 : 1))
    .slice(0, MOST)
    .map(({ symbol, name, exchange }) => ({ symbol, name, exchange }))
}

function rankOf(symbol: string, name: string, wanted: string): number | undefined {
  if (symbol === wanted) return 0
  if (symbol.startsWith(wanted)) return 1
  if (name.startsWith(wanted) || name.includes(` ${wanted}`)) return 2
  return name.includes(wanted) ? 3 : undefined
}

/** Which of the symbols are no asset; without assets nothing is known of any. */
export function checkSymbols(assets: readonly Asset[], symbols: readonly StockSymbol[]): SymbolCheck {
  if (assets.length === 0) return { kind: 'unchecked' }
  const listed = new Set(assets.map(({ symbol }) => symbol))
  return { kind: 'checked', unknown: symbols.filter((symbol) => !listed.has(symbol)) }
}
