import type { MarketRow } from '#shared/market'
import type { StockSymbol } from '#shared/units'

type Rows = ReadonlyMap<StockSymbol, Pick<MarketRow, 'symbol' | 'halt'>>

/** One sentence for all symbols halted or resumed between two snapshots; empty if there are none. */
export function newlyHalted(before: Rows, now: Rows): string {
  const text = [...now.values()].flatMap(({ symbol, halt }) => {
    const was = before.get(symbol)
    if (!was || was.halt?.at === halt?.at) return []
    return halt ? [`${symbol} halted: ${halt.reason}.`] : [`${symbol} resumed.`]
  })
  return text.join(' ')
}
