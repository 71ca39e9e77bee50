import type { SimExchange, QuoteBoard } from '../exchange/index.ts'
import type { FaultBoard } from '../faults.ts'
import { FAKEPACA, type Listing } from '../generator/index.ts'

/** What market data requests are answered from. */
export interface MarketDataSources {
  readonly exchange: SimExchange
  readonly quotes: QuoteBoard
  readonly faults: FaultBoard
}

/** A symbol's listing on the REST side, which excludes the test stream's symbol. */
export const listed = ({ exchange }: MarketDataSources, symbol: string): Listing | undefined =>
  symbol === FAKEPACA.symbol ? undefined : exchange.listing(symbol)
