import { Decimal } from 'decimal.js'
import { decimalsOf, formatDecimal, formatSigned } from '#shared/format/numbers'
import { tickPlaces } from '#shared/trading/tick-size'

/** U+2007, as wide as a tabular figure. */
const FIGURE_SPACE = '\u2007'
/** U+2008, as wide as a decimal point. */
const POINT_SPACE = '\u2008'

/** Spaces in place of missing decimals, so that right-aligned decimal points line up. */
export function decimalPadding(text: string, decimals: number): string {
  const missing = Math.max(0, decimals - decimalsOf(text))
  const point = missing > 0 && !text.includes('.') ? POINT_SPACE : ''
  return point + FIGURE_SPACE.repeat(missing)
}

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

const onTick = (amount: Decimal.Value, like: Decimal.Value): [rounded: Decimal, places: number] => {
  const places = tickPlaces(like)
  return [new Decimal(amount).toDecimalPlaces(places), places]
}

/**
 * A price for a table, with the decimals of its tick (Rule 612): two, or four below $1.00. Rounded: a mid has half
 * cents, and a trade may have fractions of one.
 */
export const shownPrice = (amount: Decimal.Value): string => formatDecimal(...onTick(amount, amount))

/** An average of prices: it may have up to four decimals, and has those of its tick at least. */
export const shownAverage = (amount: Decimal.Value): string =>
  formatDecimal(new Decimal(amount).toDecimalPlaces(4), tickPlaces(amount))

/** A difference of prices, with its sign and the decimals of the price that it belongs to. */
export const shownChange = (amount: Decimal.Value, price: Decimal.Value): string =>
  formatSigned(...onTick(amount, price))

/** A distance between prices, such as a spread, with the decimals of these prices. */
export const shownDistance = (amount: Decimal.Value, price: Decimal.Value): string =>
  formatDecimal(...onTick(amount, price))
