/** Market data in Alpaca's format: JSON text, written by hand because millions of bars go through it. */
import { DAY_MS, MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { SimQuote, SimTrade } from './exchange/index.ts'
import type { SimBar, Listing } from './generator/index.ts'

/** The text after the date, by minute of the day. */
const minuteText = new Map<number, string>()
let [textDay, dayText] = [Number.NaN, '']

/** RFC 3339 UTC with whole seconds, the format of bar times. */
export function barTime(at: EpochMs): string {
  const day = Math.floor(at / DAY_MS)
  if (day !== textDay) {
    textDay = day
    dayText = new Date(day * DAY_MS).toISOString().slice(0, 10)
  }
  const minute = (at - day * DAY_MS) / MINUTE_MS
  const known = minuteText.get(minute)
  if (known !== undefined) return dayText + known
  const text = new Date(at).toISOString().slice(10, 16) + ':00Z'
  minuteText.set(minute, text)
  return dayText + text
}

/**
 * RFC 3339 UTC with up to nine fractional digits, trailing zeros trimmed, the format of quote and trade
 * times.
 */
export function tickTime(at: EpochMs, nanos: number): string {
  const fraction = `${String(at % 1000).padStart(3, '0')}${String(nanos).padStart(6, '0')}`.replace(/0+$/, '')
  const seconds = new Date(at).toISOString().slice(0, 19)
  return fraction === '' ? `${seconds}Z` : `${seconds}.${fraction}Z`
}

/** The tape that a listing's trades are reported on. */
export const tapeOf = ({ exchange }: Listing): 'A' | 'B' | 'C' =>
  exchange === 'NASDAQ' ? 'C' : exchange === 'NYSE' ? 'A' : 'B'

/** The fields of a bar without its braces. */
export const barFields = ({ at, open, high, low, close, volume, trades, vwap }: SimBar): string =>
  `"t":"${barTime(at)}","o":${open},"h":${high},"l":${low},"c":${close},"v":${volume},"n":${trades},"vw":${vwap}`

/** Where a feed's trades are made: always IEX on `iex`, otherwise on varying exchanges. */
export const venueOf = (feed: string, nth: number): string =>
  feed === 'iex' ? 'V' : 'QNPZKJYV'.charAt(nth & 7)

export const quoteFields = (
  { bid, bidSize, ask, askSize }: SimQuote,
  venue: string,
  tape: string,
  time: string,
): string =>
  `"bx":"${venue}","bp":${bid},"bs":${bidSize},"ax":"${venue}","ap":${ask},"as":${askSize},"c":["R"],"z":"${tape}","t":"${time}"`

export const tradeFields = (
  { id, price, size }: SimTrade,
  venue: string,
  tape: string,
  time: string,
): string =>
  `"i":${id},"x":"${venue}","p":${price},"s":${size},"c":${size < 100 ? '["@","I"]' : '["@"]'},"z":"${tape}","t":"${time}"`
