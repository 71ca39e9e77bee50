import { Decimal } from 'decimal.js'
import { formatDecimal, formatSigned } from './numbers.ts'

/** A percentage for a sentence, with at most two digits after the point: `12.5%`. */
export const percent = (amount: Decimal.Value): string =>
  `${formatDecimal(new Decimal(amount).toDecimalPlaces(2))}%`

/** A change in percent, with its sign and two digits after the point: `+1.50%`. */
export const signedPercent = (amount: Decimal.Value): string =>
  `${formatSigned(new Decimal(amount).toDecimalPlaces(2), 2)}%`

/** 100 × part / whole, rounded to two places, but 100 only if nothing is missing; 100 if `whole` is zero. */
export function percentOf(part: number, whole: number): number {
  if (whole === 0) return 100
  const rounded = Math.round((10_000 * part) / whole) / 100
  return part < whole ? Math.min(99.99, rounded) : rounded
}

/** A percentage to one place, rounded down so that it says 100 only if nothing is missing: `99.9`, `100`. */
export const roundedDown = (amount: number): string =>
  amount >= 100 ? '100' : (Math.floor(amount * 10) / 10).toFixed(1)

/** A fraction between 0 and 1 as a whole percentage, rounded down so that it is 100 only at 1. */
export const wholePercent = (share: number): number => Math.floor(Math.max(0, Math.min(1, share)) * 100)
