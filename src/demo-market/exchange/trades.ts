import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { keyOf, uniformAt, type SimBar, type Listing } from '../generator/index.ts'
import type { SimExchange } from './demo-exchange.ts'
import { quoteAround, type SimQuote } from './quotes.ts'

/** A trade of the demo exchange. */
export interface SimTrade {
  readonly at: EpochMs
  readonly id: number
  readonly price: number
  /** Shares. */
  readonly size: number
}

/** The most trades shown for a minute of history; their sizes still add up to the bar's volume. */
const TRADES_TOLD = 40

/** The distance of a minute's first and last trade from its ends. */
const MARGIN_MS = 20

/** Times between a minute's first and last trade, oldest first. */
function instants(bar: SimBar, count: number, key: number): EpochMs[] {
  const middle = Array.from({ length: Math.max(0, count - 2) }, (_, nth) => uniformAt(key, nth)).sort(
    (a, b) => a - b,
  )
  return middle.map((share) => bar.at + MARGIN_MS + Math.floor(share * (MINUTE_MS - 2 * MARGIN_MS)))
}

/** The trades behind a minute bar: from its open to its close, never outside its high and low. */
export function tradesOf(exchange: SimExchange, listing: Listing, bar: SimBar): readonly SimTrade[] {
  const key = keyOf(bar.at / MINUTE_MS, listing.symbol)
  const count = Math.min(bar.trades, TRADES_TOLD)
  const times = instants(bar, count, key)
  const share = Math.max(1, Math.floor(bar.volume / count))
  const trade = (at: EpochMs, nth: number, price: number): SimTrade => ({
    at,
    id: (bar.at / MINUTE_MS) * 100 + nth,
    price,
    size: nth === 0 ? Math.max(1, bar.volume - share * (count - 1)) : share,
  })
  const clamp = (price: number) => Math.min(bar.high, Math.max(bar.low, price))
  const first = trade(bar.at + MARGIN_MS, 0, bar.open)
  if (count === 1) return [first]
  return [
    first,
    ...times.map((at, nth) => trade(at, nth + 1, clamp(exchange.priceAt(listing, at)))),
    trade(bar.at + MINUTE_MS - MARGIN_MS, count - 1, bar.close),
  ]
}

/** Some of that minute's quotes, oldest first. */
export function quotesOf(exchange: SimExchange, listing: Listing, bar: SimBar): readonly SimQuote[] {
  const key = keyOf(bar.at / MINUTE_MS, `${listing.symbol} quotes`)
  return instants(bar, Math.min(bar.trades, TRADES_TOLD) + 3, key).map((at, nth) =>
    quoteAround(listing, exchange.priceAt(listing, at), at, [
      uniformAt(key, 100 + 3 * nth),
      uniformAt(key, 101 + 3 * nth),
      uniformAt(key, 102 + 3 * nth),
    ]),
  )
}
