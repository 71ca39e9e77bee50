import { formatDecimal } from '#shared/format/numbers'
import { tickPlaces } from '#shared/trading/tick-size'
import type { Price, StockSymbol } from '#shared/units'
import { useMarket } from '../../stores/market.ts'
import { useRowFact } from '../use-row.ts'
import { Figure, Unknown } from '../../ui/figure.tsx'

interface Props {
  readonly symbol: StockSymbol
}

/** An amount with the decimals of its size, aligned with the others in its column. */
function Quoted({ amount, like }: { readonly amount: Price | undefined; readonly like?: Price | undefined }) {
  const decimals = useMarket((market) => market.decimals)
  if (amount === undefined) return <Unknown />
  return <Figure text={formatDecimal(amount, tickPlaces(like ?? amount))} decimals={decimals} />
}

export function BidCell({ symbol }: Props) {
  return <Quoted amount={useRowFact(symbol, ({ bid }) => bid)} />
}

export function AskCell({ symbol }: Props) {
  return <Quoted amount={useRowFact(symbol, ({ ask }) => ask)} />
}

/** The spread, with the decimals of the prices it lies between. */
export function SpreadCell({ symbol }: Props) {
  const bid = useRowFact(symbol, (row) => row.bid)
  return <Quoted amount={useRowFact(symbol, ({ spread }) => spread)} like={bid} />
}
