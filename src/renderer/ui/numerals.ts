import { Decimal } from 'decimal.js'

/** U+2212, as wide as a plus sign; a hyphen would look too short beside figures. */
export const MINUS = '\u2212'
/** U+2007, as wide as a tabular figure. */
const FIGURE_SPACE = '\u2007'
/** U+2008, as wide as a decimal point. */
const POINT_SPACE = '\u2008'

const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })

/** Whole number with thousands separators, such as `1,234,567`. */
export const formatCount = (value: number): string => count.format(value).replace('-', MINUS)

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
 * Exact decimal text for display: thousands separated, at least `decimals` digits after the point, and more
 * if the value has more. No digit is ever rounded away.
 */
export function formatDecimal(value: string, decimals: number): string {
  const exact = new Decimal(value)
  const shown = exact.abs().toFixed(Math.max(decimals, exact.decimalPlaces()))
  const [whole = '0', fraction] = shown.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = exact.isNegative() && !exact.isZero() ? MINUS : ''
  return fraction === undefined ? sign + grouped : `${sign}${grouped}.${fraction}`
}

/** The same with its sign always shown, including plus; zero has none. */
export function formatSigned(value: string, decimals: number): string {
  return new Decimal(value).gt(0) ? `+${formatDecimal(value, decimals)}` : formatDecimal(value, decimals)
}

/** A dollar amount with its sign always shown: `+$1.50`, `−$0.20`, `$0.00`. */
export const signedDollars = (amount: string): string =>
  formatSigned(amount, 2).replace(/^([+\u2212]?)/, '$1$')

/** Spaces in place of missing decimals, so that right-aligned decimal points line up. */
export function decimalPadding(text: string, decimals: number): string {
  const missing = Math.max(0, decimals - decimalsOf(text))
  const point = missing > 0 && !text.includes('.') ? POINT_SPACE : ''
  return point + FIGURE_SPACE.repeat(missing)
}

/** Decimals in which prices of this size are quoted: cents, or 0.0001 below a dollar. */
export const quoteDecimals = (price: string): number => (new Decimal(price).lt(1) ? 4 : 2)

/**
 * Where a number starts to differ from the one shown before, so that the digits that moved stand out: an
 * index into `next`; 0 if the length changed; its length if nothing did.
 */
export function changedFrom(previous: string, next: string): number {
  if (previous.length !== next.length) return 0
  let at = 0
  while (at < next.length && previous[at] === next[at]) at += 1
  return at
}
