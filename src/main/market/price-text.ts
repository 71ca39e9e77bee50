import type { Decimal } from 'decimal.js'
import { PLACES, type Price, type SignedDecimal } from '#shared/units'
import { Exact } from './quote.ts'

const PLAIN = /^\d+(\.\d{1,9})?$/

/**
 * The exact text of an amount of zero or more. Optimized for the row publisher, which needs thousands per
 * second: the shortest form of a number from JSON is the text that was sent, so it needs no arithmetic.
 */
export function priceText(amount: Decimal | number): Price {
  if (typeof amount === 'number') {
    const text = String(amount)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just matched against the pattern of Price
    if (PLAIN.test(text)) return text as Price
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- toFixed of a non-negative amount is a Price
  return new Exact(amount).toDecimalPlaces(PLACES).toFixed() as Price
}

/** The exact text of a difference or a ratio. */
export const signedText = (amount: Decimal): SignedDecimal =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- toFixed of a finite decimal is a SignedDecimal
  amount.toFixed() as SignedDecimal
