import { Decimal } from 'decimal.js'

/** The color of a gain, a loss, or neither. */
export function signLook(amount: string): string {
  const sign = new Decimal(amount).cmp(0)
  return sign > 0 ? 'text-up' : sign < 0 ? 'text-down' : 'text-soft'
}
