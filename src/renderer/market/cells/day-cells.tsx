import { formatCount } from '#shared/format/numbers'
import type { StockSymbol } from '#shared/units'
import { Unknown } from '../../ui/figure.tsx'
import { shownPrice } from '../../ui/numerals.ts'
import { useRowFact } from '../use-row.ts'
import { PriceFigure } from './quote-cells.tsx'

interface Props {
  readonly symbol: StockSymbol
}

/** Highest price of the day. */
export function HighCell({ symbol }: Props) {
  return <PriceFigure text={useRowFact(symbol, ({ dayHigh }) => dayHigh && shownPrice(dayHigh))} />
}

/** Lowest price of the day. */
export function LowCell({ symbol }: Props) {
  return <PriceFigure text={useRowFact(symbol, ({ dayLow }) => dayLow && shownPrice(dayLow))} />
}

/** Shares traded today. */
export function VolumeCell({ symbol }: Props) {
  const volume = useRowFact(symbol, ({ dayVolume }) => dayVolume)
  return volume === undefined ? <Unknown /> : <span>{formatCount(volume)}</span>
}
