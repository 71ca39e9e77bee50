import type { StockSymbol } from '#shared/units'
import { Unknown } from '../../ui/figure.tsx'
import { basisName } from '../provenance.ts'
import { hasColor } from '../describe-freshness.ts'
import { useRow } from '../use-row.ts'
import { MovingPrice } from './moving-price.tsx'

/** The price that limits and checks go by: the midpoint of a usable quote, else the last trade or bar. */
export function MidCell({ symbol }: { readonly symbol: StockSymbol }) {
  const row = useRow(symbol)
  if (row?.price === undefined) return <Unknown />
  return (
    <span
      data-direction={hasColor(row) ? row.direction : 'unchanged'}
      title={`Showing: ${basisName(row.basis)}, rounded to the tick. Exact in the details.`}
    >
      <MovingPrice row={row} move={row} price={row.price} />
    </span>
  )
}
