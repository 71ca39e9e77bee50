import type { StockSymbol } from '#shared/units'
import { ago } from '../../ui/times.ts'
import { useRowFact, useText } from '../use-row.ts'
import { Unknown } from '../../ui/figure.tsx'

/** Age of the price by the exchange's timestamp. */
export function UpdateCell({ symbol }: { readonly symbol: StockSymbol }) {
  const at = useRowFact(symbol, ({ origin }) => origin?.at)
  const text = useText((now) => (at === undefined ? '' : ago(now - at)))
  return at === undefined ? <Unknown /> : <span className="text-soft">{text}</span>
}
