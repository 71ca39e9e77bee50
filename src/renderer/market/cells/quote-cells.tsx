import { formatCount } from '#shared/format/numbers'
import type { Price, StockSymbol } from '#shared/units'
import { useMarket } from '../../stores/market.ts'
import { Figure, Unknown } from '../../ui/figure.tsx'
import { shownDistance, shownPrice } from '../../ui/numerals.ts'
import { useRowFact } from '../use-row.ts'

interface Props {
  readonly symbol: StockSymbol
}

/** A price with the decimals of its tick, aligned with the others in its column. */
export function PriceFigure({ text }: { readonly text: string | undefined }) {
  const decimals = useMarket((market) => market.decimals)
  return text === undefined ? <Unknown /> : <Figure text={text} decimals={decimals} />
}

const shown = (price: Price | undefined): string | undefined => price && shownPrice(price)

export function BidCell({ symbol }: Props) {
  return <PriceFigure text={useRowFact(symbol, ({ bid }) => shown(bid))} />
}

export function AskCell({ symbol }: Props) {
  return <PriceFigure text={useRowFact(symbol, ({ ask }) => shown(ask))} />
}

/** The spread, with the decimals of the prices it lies between. */
export function SpreadCell({ symbol }: Props) {
  const text = useRowFact(symbol, ({ spread, bid }) => spread && bid && shownDistance(spread, bid))
  return <PriceFigure text={text} />
}

function Size({ shares }: { readonly shares: number | undefined }) {
  return shares === undefined ? <Unknown /> : <span className="text-soft">{formatCount(shares)}</span>
}

/** Shares at the best bid. */
export function BidSizeCell({ symbol }: Props) {
  return <Size shares={useRowFact(symbol, ({ bidSize }) => bidSize)} />
}

/** Shares at the best ask. */
export function AskSizeCell({ symbol }: Props) {
  return <Size shares={useRowFact(symbol, ({ askSize }) => askSize)} />
}
