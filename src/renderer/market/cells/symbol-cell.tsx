import type { StockSymbol } from '#shared/units'
import { clockTime, zoneName } from '../../ui/times.ts'
import { useRowFact } from '../use-row.ts'

/** The row's header; a halted symbol wears a tag, whose reason the Last column reads aloud. */
export function SymbolCell({ symbol }: { readonly symbol: StockSymbol }) {
  const halt = useRowFact(symbol, (row) => row.halt)
  return (
    <>
      <span className="font-semibold tracking-[0.01em] text-ink">{symbol}</span>
      {halt && (
        <span
          aria-hidden
          title={`${halt.reason} (${halt.code}) since ${clockTime(halt.at)} ${zoneName(halt.at)}`}
          className="ml-1.5 rounded-xs bg-warn px-1 text-2xs font-bold tracking-wide text-app"
        >
          HALT
        </span>
      )}
    </>
  )
}
