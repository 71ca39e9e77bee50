import type { SimExchange, QuoteBoard } from '../exchange/index.ts'
import type { FaultBoard } from '../faults.ts'
import { FAKEPACA, type Listing } from '../generator/index.ts'

/** What market data is answered from. */
export interface MarketDataSources {
  readonly exchange: SimExchange
  readonly quotes: QuoteBoard
  readonly faults: FaultBoard
}

/** The listing of a symbol on the REST side, which does not know the test stream's. */
export const listed = ({ exchange }: MarketDataSources, symbol: string): Listing | undefined =>
  symbol === FAKEPACA.symbol ? undefined : exchange.listing(symbol)
