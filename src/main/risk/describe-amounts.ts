import { Decimal } from 'decimal.js'
import { MINUTE_MS } from '#shared/time'
import type { OrderSide } from '#shared/trading/order'
import { exact } from './amounts.ts'

/** U+2212, as on every screen. */
const MINUS = '\u2212'

const grouped = (amount: Decimal, decimals: number, unit = ''): string => {
  const [whole = '0', fraction] = amount.abs().toFixed(decimals).split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = amount.isNegative() && !amount.isZero() ? MINUS : ''
  return sign + unit + (fraction === undefined ? digits : `${digits}.${fraction}`)
}

/** Money to the cent: `$64,924.00`. */
export const dollars = (amount: Decimal.Value): string => grouped(exact(amount).toDecimalPlaces(2), 2, '$')

/** A price with every digit it has, two behind the point at least: `$229.85`, `$0.8412`. */
export function dollarsEach(price: Decimal.Value): string {
  const amount = exact(price)
  return grouped(amount, Math.max(2, Math.min(9, amount.decimalPlaces())), '$')
}

/** A number of shares with every digit it has: `1,000`, `0.5`. */
export function count(shares: Decimal.Value): string {
  const amount = exact(shares).toDecimalPlaces(9)
  return grouped(amount, amount.decimalPlaces())
}

/** `1 share`, `1,000 shares`. */
export const describeShares = (shares: Decimal.Value): string =>
  `${count(shares)} ${exact(shares).eq(1) ? 'share' : 'shares'}`

/** A percentage with at most two digits behind the point: `12.5 %`. */
export function percent(amount: Decimal.Value): string {
  const rounded = exact(amount).toDecimalPlaces(2)
  return `${grouped(rounded, rounded.decimalPlaces())} %`
}

/** A stretch of time: `350 ms`, `2.5 s`, `4 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.ceil(ms)} ms`
  if (ms < 120_000) return `${exact(ms).div(1_000).toDecimalPlaces(1).toFixed()} s`
  return `${count(Math.floor(ms / MINUTE_MS))} min`
}

/** What the side does, to begin a sentence with. */
export const sideWord = (side: OrderSide): 'Buy' | 'Sell' => (side === 'buy' ? 'Buy' : 'Sell')
