import { Decimal } from 'decimal.js'

/** U+2212, as wide as a plus sign, where a hyphen would hang too short beside figures. */
export const MINUS = '\u2212'
/** U+2007, as wide as a tabular figure. */
const FIGURE_SPACE = '\u2007'
/** U+2008, as wide as a decimal point. */
const POINT_SPACE = '\u2008'

const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })

/** Whole number with thousands separators, such as `1,234,567`. */
export const formatCount = (value: number): string => count.format(value).replace('-', MINUS)

/** Three significant digits and a unit, such as `12.3M`, for places where the exact count has no room. */
export const formatCompact = (value: number): string => compact.format(value).replace('-', MINUS)

/** An amount of data with its unit, such as `15.7 KB`. */
export function formatBytes(bytes: number): string {
  const text = formatCompact(bytes)
  const digits = text.replace(/[A-Z]$/, '')
  return `${digits} ${text.slice(digits.length)}B`
}

/** How many digits stand behind the point of a decimal text. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}

/**
 * Exact decimal text for reading: thousands separated, at least `decimals` digits behind the point, and more where
 * the value has more. No digit is ever rounded away.
 */
export function formatDecimal(value: string, decimals: number): string {
  const exact = new Decimal(value)
  const shown = exact.abs().toFixed(Math.max(decimals, exact.decimalPlaces()))
  const [whole = '0', fraction] = shown.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = exact.isNegative() && !exact.isZero() ? MINUS : ''
  return fraction === undefined ? sign + grouped : `${sign}${grouped}.${fraction}`
}

/** The same with its sign always shown, a plus too; zero has none. */
export function formatSigned(value: string, decimals: number): string {
  return new Decimal(value).gt(0) ? `+${formatDecimal(value, decimals)}` : formatDecimal(value, decimals)
}

/** An amount of dollars with its sign always shown: `+$1.50`, `−$0.20`, `$0.00`. */
export const signedDollars = (amount: string): string =>
  formatSigned(amount, 2).replace(/^([+\u2212]?)/, '$1$')

/** Spaces that stand where the missing digits would, so that right-aligned decimal points stand in one line. */
export function decimalPadding(text: string, decimals: number): string {
  const missing = Math.max(0, decimals - decimalsOf(text))
  const point = missing > 0 && !text.includes('.') ? POINT_SPACE : ''
  return point + FIGURE_SPACE.repeat(missing)
}

/** Digits behind the point that prices of this size are quoted in: to the cent, below a dollar to 0.0001. */
export const quoteDecimals = (price: string): number => (new Decimal(price).lt(1) ? 4 : 2)

/**
 * Where a number begins to differ from what was shown before, so that the eye finds the digits that moved: an index
 * into `next`; all of it where the length changed; its length where nothing did.
 */
export function changedFrom(previous: string, next: string): number {
  if (previous.length !== next.length) return 0
  let at = 0
  while (at < next.length && previous[at] === next[at]) at += 1
  return at
}
