/** A JSON object as received; nothing is known about its values. */
export type WireObject = Readonly<Record<string, unknown>>

/** True for a JSON object; not for a list or null. */
export const isWireObject = (value: unknown): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Why a frame, or one message in it, was skipped: what it should have been, or why that is unknown. */
export type MalformedKind =
  | 'not-json'
  | 'not-an-array'
  | 'not-an-object'
  | 'unknown-type'
  | 'quote'
  | 'trade'
  | 'bar'
  | 'correction'
  | 'cancel-error'
  | 'status'
  | 'luld'
  | 'imbalance'
  | 'control'
  | 'order-update'

/**
 * The highest price accepted, US dollars. The most expensive US stock is near 800,000; a price above this is
 * a transmission fault, not a market price.
 */
export const MAX_PRICE = 10_000_000

/** The most shares in one message; the whole market trades 30 billion a day. */
export const MAX_SHARES = 1e12

/** A price at which something traded. */
export const isPrice = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && value <= MAX_PRICE

/** One side of a quote; 0 means that the side is empty. */
export const isQuotePrice = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MAX_PRICE

/** A number of shares or of trades; may be 0. */
export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MAX_SHARES

/** Any name that a feed may give a security, including the test feed's and share classes. */
export const isSymbol = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 32

/** An optional price: undefined if it is missing (Alpaca sends 0 too), NaN if it is invalid. */
export function optionalPrice(value: unknown): number | undefined {
  if (value === undefined || value === null || value === 0) return undefined
  return isPrice(value) ? value : NaN
}

/** An optional count, where 0 is a value. */
export function optionalCount(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  return isCount(value) ? value : NaN
}

/**
 * A trade's id as text. It is a 64-bit number, and JSON.parse keeps 53 bits: ids above 9,007,199,254,740,991
 * lose their last digits, so two of them may look alike. Empty if none was sent.
 */
export const tradeId = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : ''

/** Condition codes; entries that are not text are omitted. */
export const conditionCodes = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((code) => typeof code === 'string') : []

/** The text, or an empty string. */
export const textOrEmpty = (value: unknown): string => (typeof value === 'string' ? value : '')
