import { Decimal } from 'decimal.js'

/** U+2212, as wide as a plus sign; a hyphen would look too short beside figures. */
export const MINUS = '\u2212'

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })

/** Whole number with thousands separators, such as `1,234,567`. */
export const formatCount = (value: number): string => whole.format(value).replace('-', MINUS)

/** Three significant digits and a unit, such as `12.3M`, where the exact count does not fit. */
export const formatCompact = (value: number): string => compact.format(value).replace('-', MINUS)

/** Data size with its unit, such as `15.7 KB`. */
export function formatBytes(bytes: number): string {
  const text = formatCompact(bytes)
  const digits = text.replace(/[A-Z]$/, '')
  return `${digits} ${text.slice(digits.length)}B`
}

/** Number of digits after the point of a decimal text. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}

/**
 * Exact amount for display, such as `1,234.50`: thousands separated, at least `decimals` digits after the point, and
 * more if the value has more. No digit is ever rounded away.
 */
export function formatDecimal(value: Decimal.Value, decimals = 0): string {
  const exact = new Decimal(value)
  const shown = exact.abs().toFixed(Math.max(decimals, exact.decimalPlaces()))
  const [integer = '0', fraction] = shown.split('.')
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = exact.isNegative() && !exact.isZero() ? MINUS : ''
  return fraction === undefined ? sign + grouped : `${sign}${grouped}.${fraction}`
}

/** The same with its sign always shown, including plus; zero has none. */
export const formatSigned = (value: Decimal.Value, decimals = 0): string =>
  (new Decimal(value).gt(0) ? '+' : '') + formatDecimal(value, decimals)

/** A number of things with their name: `1 share`, `1,000 shares`. */
export const counted = (amount: Decimal.Value, one: string, many = `${one}s`): string =>
  `${formatDecimal(amount)} ${new Decimal(amount).eq(1) ? one : many}`
