import { Decimal } from 'decimal.js'

/**
 * Decimals of a price: what numeric(12,4) and the SQLite column hold. Shares below one dollar are quoted to
 * 1/10,000.
 */
export const PRICE_DIGITS = 4
/** Decimals of a volume-weighted average price: numeric(14,6). */
export const VWAP_DIGITS = 6
/** The upper bound of both columns, in dollars: eight digits before the point. */
export const LARGEST_AMOUNT = 100_000_000

const FACTOR: Readonly<Record<number, number>> = { [PRICE_DIGITS]: 10_000, [VWAP_DIGITS]: 1_000_000 }

/**
 * The amount as an integer of 10^-digits dollars; undefined if it has more digits or is out of bounds. Exact:
 * division rounds to the nearest double, as parsing decimal text does, so the integer gives the number back
 * if and only if the number was parsed from a decimal with no more digits.
 */
export function scaled(amount: number, digits: number): number | undefined {
  const factor = FACTOR[digits] ?? 10 ** digits
  const integer = Math.round(amount * factor)
  return integer / factor === amount && amount >= 0 && amount < LARGEST_AMOUNT ? integer : undefined
}

/** Scales decimal text, which may have trailing zeros. */
export function scaledText(text: string, digits: number): number | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,8})(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === '' || /[1-9]/.test(fraction.slice(digits))) return undefined
  return Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
}

/** Decimal text as the nearest scaled integer. */
export const rounded = (text: string, digits: number): number =>
  new Decimal(text)
    .times(10 ** digits)
    .round()
    .toNumber()

/** The exact decimal text of a scaled integer, without trailing zeros. */
export function unscaled(integer: number, digits: number): string {
  const text = String(integer).padStart(digits + 1, '0')
  const whole = text.slice(0, -digits)
  const fraction = text.slice(-digits).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** The decimal text with all its digits, which PostgreSQL reads fastest. */
export function fixed(integer: number, digits: number): string {
  const text = String(integer).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
