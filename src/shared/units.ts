import { Decimal } from 'decimal.js'
import * as z from 'zod'

/** Most digits after the point that a price or a number of shares can have. */
export const PLACES = 9

/**
 * US dollars per share, exact decimal text, never negative. Calculate with `new Decimal(price)`. Orders and
 * quotes have {@link PLACES} places at most; averages and adjusted prices may have as many as a number in
 * JSON has digits. Bounded at the product of the most shares and the highest price, so that an amount of an
 * order always fits.
 */
export const price = z
  .string()
  .regex(/^\d{1,24}(\.\d{1,24})?$/, 'is not a price')
  .brand<'Price'>()
export type Price = z.output<typeof price>

/** Shares, exact decimal text with up to nine places, never negative. */
export const quantity = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,9})?$/, 'is not a number of shares')
  .brand<'Quantity'>()
export type Quantity = z.output<typeof quantity>

/** A signed decimal as text, such as a change in dollars or in percent. */
export const signedDecimal = z
  .string()
  .regex(/^-?\d{1,30}(\.\d{1,60})?$/, 'is not a decimal number')
  .brand<'SignedDecimal'>()
export type SignedDecimal = z.output<typeof signedDecimal>

/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number

/** A ticker in Alpaca's spelling: `AAPL`, `BRK.B`, with a dot before the share class. */
export const stockSymbol = z
  .string()
  .regex(/^[A-Z]{1,8}(\.[A-Z]{1,3})?$/, 'is not a stock symbol (letters, and a dot before a share class)')
  .brand<'StockSymbol'>()
export type StockSymbol = z.output<typeof stockSymbol>

/** A calendar day in New York, `YYYY-MM-DD`. */
export type ExchangeDay = string

/**
 * The exact decimal text of an amount: a Decimal, or a number from JSON, whose shortest decimal form is what
 * was sent (up to 15 significant digits).
 */
export const toPrice = (amount: Decimal | number): Price => price.parse(new Decimal(amount).toFixed())

/** The exact decimal text of a number of shares. */
export const toQuantity = (shares: Decimal | number): Quantity =>
  quantity.parse(new Decimal(shares).toFixed())

/** The exact decimal text of a difference or a ratio. */
export const toSignedDecimal = (amount: Decimal): SignedDecimal => signedDecimal.parse(amount.toFixed())
