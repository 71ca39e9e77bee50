import { Decimal } from 'decimal.js'
import { toQuantity, type Quantity } from '#shared/units'

/** Smallest tradable quantity, shares. */
const LEAST = new Decimal('0.000000001')

/** Half of a position, rounded down to whole shares if the position is whole, and never zero. */
export function halfOf(held: string): Quantity {
  const all = new Decimal(held).abs()
  if (all.isInteger()) return toQuantity(Decimal.max(1, all.div(2).floor()))
  return toQuantity(Decimal.max(LEAST, all.div(2).toDecimalPlaces(9, Decimal.ROUND_DOWN)))
}
