import type { EpochMs } from '#shared/units'
import { keyOf, stepTicks, uniformAt, type Listing } from '../generator/index.ts'
import type { SimExchange } from './demo-exchange.ts'

/** Best bid and ask at one moment; sizes in shares. */
export interface SimQuote {
  readonly at: EpochMs
  readonly bid: number
  readonly bidSize: number
  readonly ask: number
  readonly askSize: number
  /** The last price, which the quote is built around. */
  readonly last: number
}

/** The share of quotes that change only their sizes, as many do on the real tape. */
const UNCHANGED_SHARE = 0.15
const FRESH_MS = 1000

/**
 * A quote around a price, so that the price lies inside it. Three draws 0 <= x < 1 set its width and sizes.
 */
export function quoteAround(
  { spreadTicks }: Listing,
  price: number,
  at: EpochMs,
  [width, place, size]: readonly [number, number, number],
): SimQuote {
  const ticks = Math.max(1, Math.round(spreadTicks * (0.5 + width)))
  const below = Math.floor(place * (ticks + 1))
  return {
    at,
    bid: Math.max(stepTicks(price, -below), 0.0001),
    bidSize: 100 * (1 + Math.floor(8 * size)),
    ask: stepTicks(price, ticks - below),
    askSize: 100 * (1 + Math.floor((size * 800) % 8)),
    last: price,
  }
}

/** The best bid and ask of every listing on one feed, and how they move. */
export class QuoteBoard {
  readonly #exchange: SimExchange
  readonly #key: number
  readonly #last = new Map<string, SimQuote>()
  readonly #prices = new Map<string, { readonly at: EpochMs; readonly price: number }>()
  /** Nearly always empty, so that it costs a quote nothing. */
  readonly #followers = new Map<string, (quote: SimQuote) => void>()
  #draws = 0

  constructor(exchange: SimExchange, seed: number) {
    this.#exchange = exchange
    this.#key = keyOf(seed, 'quotes')
  }

  /** The next quote. Most change a price, some only the sizes. */
  next(listing: Listing, at: EpochMs): SimQuote {
    const price = this.#priceAt(listing, at)
    const draws = [this.#draw(), this.#draw(), this.#draw()] as const
    const last = this.#last.get(listing.symbol)
    const fresh = quoteAround(listing, price, at, draws)
    const quote = last === undefined ? fresh : this.#after(last, fresh, price)
    this.#last.set(listing.symbol, quote)
    if (this.#followers.size > 0) this.#followers.get(listing.symbol)?.(quote)
    return quote
  }

  /** Reports every new quote of that symbol from now on; each symbol has one follower. */
  follow(symbol: string, onQuote: (quote: SimQuote) => void): void {
    this.#followers.set(symbol, onQuote)
  }

  unfollow(symbol: string): void {
    this.#followers.delete(symbol)
  }

  unfollowAll(): void {
    this.#followers.clear()
  }

  /**
   * The quote in force: at most one second old while the market is open, otherwise the quote of the last
   * minute traded.
   */
  latest(listing: Listing, at: EpochMs): SimQuote | undefined {
    const last = this.#last.get(listing.symbol)
    if (last !== undefined && at - last.at < FRESH_MS) return last
    const open = this.#exchange.isOpen(at) && this.#exchange.haltAt(listing, at) === undefined
    if (open) return this.next(listing, at)
    if (last !== undefined) return last
    const bar = this.#exchange.latestMinuteBar(listing, 'sip')
    return bar && quoteAround(listing, bar.close, bar.at + 59_900, [0.5, 0.5, 0.5])
  }

  #after(last: SimQuote, fresh: SimQuote, price: number): SimQuote {
    const stillRight = last.bid <= price && price <= last.ask
    if (stillRight && this.#draw() < UNCHANGED_SHARE) return { ...fresh, bid: last.bid, ask: last.ask }
    if (fresh.bid !== last.bid || fresh.ask !== last.ask) return fresh
    return { ...fresh, ask: stepTicks(fresh.ask, 1) }
  }

  /** A burst needs the price at the same moment again and again. */
  #priceAt(listing: Listing, at: EpochMs): number {
    const known = this.#prices.get(listing.symbol)
    if (known?.at === at) return known.price
    const price = this.#exchange.priceAt(listing, at)
    this.#prices.set(listing.symbol, { at, price })
    return price
  }

  #draw(): number {
    return uniformAt(this.#key, this.#draws++)
  }
}
