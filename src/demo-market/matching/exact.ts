import { Decimal } from 'decimal.js'

/**
 * Decimals with enough digits for any amount of money times any number of shares, so that nothing is rounded.
 */
export const Exact = Decimal.clone({ precision: 40 })

/** Zero dollars or shares. */
export const ZERO = new Exact(0)

/** Shares are counted to this many decimal places. Source: Alpaca API, "Fractional trading". */
export const QTY_PLACES = 9

/** Average prices are reported with this many decimal places. */
const PRICE_PLACES = 9

/** The exact amount of a text, or of a price on the tape. */
export const amount = (value: string | number): Decimal => new Exact(value)

/** The smaller of two amounts. */
export const lesser = (a: Decimal, b: Decimal): Decimal => (a.lt(b) ? a : b)

/** Dollars per share. */
export const averagePrice = (dollars: Decimal, shares: Decimal): Decimal =>
  dollars.div(shares).toDecimalPlaces(PRICE_PLACES)

/** As many shares as the dollars buy, never a fraction too many. */
export const sharesFor = (dollars: Decimal, price: Decimal): Decimal =>
  dollars.div(price).toDecimalPlaces(QTY_PLACES, Decimal.ROUND_DOWN)
