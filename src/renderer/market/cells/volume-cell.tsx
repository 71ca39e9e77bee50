import { formatCount } from '#shared/format/numbers'
import type { StockSymbol } from '#shared/units'
import { useRowFact } from '../use-row.ts'
import { Unknown } from '../../ui/figure.tsx'

/** Shares traded today. */
export function VolumeCell({ symbol }: { readonly symbol: StockSymbol }) {
  const volume = useRowFact(symbol, ({ dayVolume }) => dayVolume)
  return volume === undefined ? <Unknown /> : <span>{formatCount(volume)}</span>
}
