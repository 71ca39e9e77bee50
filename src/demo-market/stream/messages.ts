import type { EpochMs } from '#shared/units'
import type { SimTrade } from '../exchange/index.ts'
import type { SimBar, Listing } from '../generator/index.ts'
import type { Channel } from '../sent.ts'
import { barFields, tapeOf } from '../wire.ts'

/** The endpoints of the market-data stream, `/v2/FEED`. */
export const STREAM_FEEDS = ['iex', 'sip', 'delayed_sip', 'test'] as const
export type StreamFeed = (typeof STREAM_FEEDS)[number]

/** A message for everybody who subscribed to its channel and symbol. */
export interface TapeMessage {
  readonly channel: Channel
  readonly symbol: string
  readonly json: string
  /** Whether a quote repeats the previous bid and ask. */
  readonly unchanged?: boolean
}

const BAR_TYPES = { bars: 'b', updatedBars: 'u', dailyBars: 'd' } as const

export const barMessage = (
  channel: keyof typeof BAR_TYPES,
  { symbol }: Listing,
  bar: SimBar,
): TapeMessage => ({
  channel,
  symbol,
  json: `{"T":"${BAR_TYPES[channel]}","S":"${symbol}",${barFields(bar)}}`,
})

/** Alpaca's messages for a halt and its end; the codes differ by tape. Source: Alpaca API, "Statuses". */
const STATUS_WORDS = {
  halt: {
    C: { sc: 'H', sm: 'Trading Halt' },
    AB: { sc: '2', sm: 'Trading Halt' },
  },
  resume: {
    C: { sc: 'T', sm: 'Trading Resumption' },
    AB: { sc: '3', sm: 'Resume' },
  },
} as const
const REASON_WORDS = {
  volatility: {
    C: { rc: 'LUDP', rm: 'Volatility Trading Pause' },
    AB: { rc: 'M', rm: 'Limit Up-Limit Down (LULD) Trading Pause' },
  },
  news: {
    C: { rc: 'T1', rm: 'Halt News Pending' },
    AB: { rc: 'P', rm: 'News Pending' },
  },
} as const

/** The announcement that trading halts or resumes. */
export function statusMessage(
  listing: Listing,
  status: keyof typeof STATUS_WORDS,
  reason: keyof typeof REASON_WORDS,
  time: string,
): TapeMessage {
  const tape = tapeOf(listing)
  const words = tape === 'C' ? 'C' : 'AB'
  const said = { ...STATUS_WORDS[status][words], ...REASON_WORDS[reason][words] }
  const json = JSON.stringify({ T: 's', S: listing.symbol, ...said, z: tape, t: time })
  return { channel: 'statuses', symbol: listing.symbol, json }
}

const cents = (dollars: number) => Math.round(dollars * 100) / 100

/** The prices beyond which nothing may trade: 5% either side of the price, as for the largest stocks. */
export const luldMessage = (listing: Listing, price: number, time: string): TapeMessage => ({
  channel: 'lulds',
  symbol: listing.symbol,
  json: JSON.stringify({
    T: 'l',
    S: listing.symbol,
    u: cents(price * 1.05),
    d: cents(price * 0.95),
    i: 'B',
    z: tapeOf(listing),
    t: time,
  }),
})

/** A correction: a trade was reported with a wrong size, and now with the right one. */
export const correctionMessage = (
  listing: Listing,
  { id, price, size }: SimTrade,
  venue: string,
  time: string,
): TapeMessage => ({
  channel: 'corrections',
  symbol: listing.symbol,
  json: JSON.stringify({
    T: 'c',
    S: listing.symbol,
    x: venue,
    oi: id,
    op: price,
    os: size,
    oc: ['@'],
    ci: id + 1,
    cp: price,
    cs: size + 1,
    cc: ['@'],
    z: tapeOf(listing),
    t: time,
  }),
})

/** The cancellation of a trade. */
export const cancelMessage = (
  listing: Listing,
  { id, price, size }: SimTrade,
  venue: string,
  time: string,
): TapeMessage => ({
  channel: 'cancelErrors',
  symbol: listing.symbol,
  json: JSON.stringify({
    T: 'x',
    S: listing.symbol,
    i: id,
    x: venue,
    p: price,
    s: size,
    a: 'C',
    z: tapeOf(listing),
    t: time,
  }),
})

/**
 * Increasing nanosecond timestamps within one millisecond. Never a multiple of ten, because Alpaca trims
 * trailing zeros.
 */
export function stamper(at: EpochMs): () => string {
  const instant = new Date(at).toISOString().slice(0, 23)
  let nanos = 0
  return () => {
    nanos += nanos % 10 === 9 ? 2 : 1
    return `${instant}${String(nanos).padStart(6, '0')}Z`
  }
}
