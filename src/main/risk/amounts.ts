import { Decimal } from 'decimal.js'

/** Enough digits that no product of a price and a number of shares is ever rounded. */
const Exact = Decimal.clone({ precision: 80 })

/** An amount to calculate with, exactly. */
export const exact = (amount: Decimal.Value): Decimal => new Exact(amount)

/** The amount if it is above zero, else undefined. */
export function positive(amount: Decimal.Value | undefined): Decimal | undefined {
  const value = amount === undefined ? undefined : exact(amount)
  return value?.gt(0) ? value : undefined
}

/** The amount, rounded down to whole cents. */
export const wholeCents = (amount: Decimal): Decimal => amount.toDecimalPlaces(2, Decimal.ROUND_FLOOR)
