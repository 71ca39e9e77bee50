import { Decimal } from 'decimal.js'
import type { OrderSide } from './order.ts'

/** Margin that Alpaca adds to a buy without a limit price; larger below $50.00. As of 2026-01. */
const CHEAP_BELOW = 50
const MARGIN_CHEAP = '1.04'
const MARGIN_DEAR = '1.025'
/** Margin that it adds to the ask for a short sale. */
const MARGIN_SHORT = '1.03'

/** What decides how much is reserved; a price is absent if the order has none or the market's is unknown. */
interface Entry {
  readonly side: OrderSide
  readonly limit: Decimal | undefined
  /** Price of a buy stop. */
  readonly stop: Decimal | undefined
  readonly ask: Decimal | undefined
}

/** Dollars that Alpaca reserves per share of an entry; undefined while no price is known. */
export function reservedPerShare({ side, limit, stop, ask }: Entry): Decimal | undefined {
  if (side === 'sell') {
    const market = ask?.times(MARGIN_SHORT)
    return limit && market ? Decimal.max(limit, market) : (limit ?? market)
  }
  if (limit) return limit
  const price = stop ?? ask
  return price?.times(price.lt(CHEAP_BELOW) ? MARGIN_CHEAP : MARGIN_DEAR)
}
