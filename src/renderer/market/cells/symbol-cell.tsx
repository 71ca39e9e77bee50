import type { StockSymbol } from '#shared/units'

/** The row's header. */
export function SymbolCell({ symbol }: { readonly symbol: StockSymbol }) {
  return <span className="font-semibold text-ink tracking-[0.01em]">{symbol}</span>
}
