import type { StockSymbol } from '#shared/units'
import { Unknown } from '../../ui/figure.tsx'
import { briefDuration } from '../../ui/times.ts'
import { ageOf } from '../describe-freshness.ts'
import { useRowFact, useText } from '../use-row.ts'

/** Age of the quote by the exchange's timestamp, or of what stands in for it. */
export function AgeCell({ symbol }: { readonly symbol: StockSymbol }) {
  const origin = useRowFact(symbol, (row) => row.origin)
  const text = useText((now) => briefDuration(ageOf({ ...(origin && { origin }) }, now) ?? 0))
  return origin === undefined ? <Unknown /> : <span className="text-soft">{text}</span>
}
