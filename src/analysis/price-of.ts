import type { PriceSource } from './indicator.ts'
import type { SeriesBar } from './series.ts'

/** The price of a bar by which an indicator goes. */
export function priceOf(source: PriceSource): (bar: SeriesBar) => number {
  switch (source) {
    case 'hl2':
      return ({ high, low }) => (high + low) / 2
    case 'hlc3':
      return typicalPrice
    case 'ohlc4':
      return ({ open, high, low, close }) => (open + high + low + close) / 4
    default:
      return (bar) => bar[source]
  }
}

/** (high + low + close) / 3. */
export const typicalPrice = ({ high, low, close }: SeriesBar): number => (high + low + close) / 3
