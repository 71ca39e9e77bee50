import type { EpochMs } from '#shared/units'
import type { SimExchange, SimQuote, SimTrade, QuoteBoard } from '../exchange/index.ts'
import { keyOf, uniformAt, type Listing } from '../generator/index.ts'
import { quoteFields, tapeOf, tradeFields, venueOf } from '../wire.ts'
import { cancelMessage, correctionMessage, stamper, type StreamFeed, type TapeMessage } from './messages.ts'
import type { Channel } from '../sent.ts'

/** Whether anybody would receive such a message. */
export type Interest = (channel: Channel, symbol: string) => boolean

const QUOTES_A_TRADE = 6
const TRADES_A_CORRECTION = 3000
const TRADES_A_CANCEL = 5000
/** The most that is made up for after the process was paused. */
const CATCH_UP_MS = 1000
/** Quotes outside New York's regular hours, relative to the rate, if the market keeps those hours. */
const EXTENDED_HOURS_PACE = 0.1
const SLOTS = 4096

/** The order in which symbols share the rate: weighted by the square root of how much they trade. */
function turnsOf(listings: readonly Listing[]): readonly Listing[] {
  const weights = listings.map(({ tradesPerMinute }) => Math.sqrt(tradesPerMinute))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return listings.flatMap((listing, nth) =>
    Array.from({ length: Math.max(1, Math.round(((weights[nth] ?? 0) / total) * SLOTS)) }, () => listing),
  )
}

/** Quotes and trades of one feed as they happen. */
export class LiveTape {
  readonly #exchange: SimExchange
  readonly #quotes: QuoteBoard
  readonly #feed: StreamFeed
  readonly #rate: number
  readonly #key: number
  readonly #lastSent = new Map<string, SimQuote>()
  #listings: readonly Listing[] = []
  #turns: readonly Listing[] = []
  #turnsFor = ''
  #draws = 0
  #due = 0
  #tradesDue = 0
  #tradeId: number
  #ranUntil: EpochMs

  constructor(
    exchange: SimExchange,
    quotes: QuoteBoard,
    { feed, rate, seed, at }: { feed: StreamFeed; rate: number; seed: number; at: EpochMs },
  ) {
    this.#exchange = exchange
    this.#quotes = quotes
    this.#feed = feed
    this.#rate = rate
    this.#key = keyOf(seed, `${feed} stream`)
    this.#ranUntil = at
    this.#tradeId = Math.floor(at / 1000)
  }

  /**
   * What has happened since the last call, in those of the symbols that are trading; `at` must not go back.
   */
  run(at: EpochMs, symbols: readonly string[], interest: Interest): TapeMessage[] {
    const elapsed = Math.min(CATCH_UP_MS, at - this.#ranUntil)
    this.#ranUntil = at
    if (symbols.length === 0 || !this.#exchange.isOpen(at)) return []
    this.#due += (elapsed / 1000) * this.#rate * this.#pace(at)
    this.#takeTurns(symbols)
    const trading = this.#trading(at)
    const time = stamper(at)
    const messages: TapeMessage[] = []
    for (; this.#due >= 1; this.#due--) {
      const listing = this.#turns[Math.floor(this.#draw() * this.#turns.length)]
      if (listing === undefined || !trading(listing)) continue
      if (interest('quotes', listing.symbol)) messages.push(this.#quote(listing, at, time()))
      if (++this.#tradesDue < QUOTES_A_TRADE) continue
      this.#tradesDue = 0
      if (interest('trades', listing.symbol)) messages.push(...this.#trade(listing, at, time))
    }
    return messages
  }

  /** `count` quotes at the same moment, taking turns among the subscribed symbols; for storms. */
  storm(at: EpochMs, count: number, interest: Interest): TapeMessage[] {
    const listings = this.#listings.filter(({ symbol }) => interest('quotes', symbol))
    const time = stamper(at)
    return Array.from(
      { length: listings.length === 0 ? 0 : count },
      (_, nth) => listings[nth % listings.length],
    )
      .filter((listing) => listing !== undefined)
      .map((listing) => this.#quote(listing, at, time()))
  }

  #pace(at: EpochMs): number {
    return this.#exchange.isRegular(at) ? 1 : EXTENDED_HOURS_PACE
  }

  #takeTurns(symbols: readonly string[]): void {
    const key = symbols.join()
    if (key === this.#turnsFor) return
    this.#turnsFor = key
    this.#listings = symbols.map((symbol) => this.#exchange.listing(symbol)).filter((x) => x !== undefined)
    this.#turns = turnsOf(this.#listings)
  }

  #trading(at: EpochMs): (listing: Listing) => boolean {
    const halted = new Set(this.#listings.filter((listing) => this.#exchange.haltAt(listing, at)))
    return (listing) => !halted.has(listing)
  }

  #quote(listing: Listing, at: EpochMs, time: string): TapeMessage {
    const { symbol } = listing
    const quote = this.#quotes.next(listing, at)
    const last = this.#lastSent.get(symbol)
    this.#lastSent.set(symbol, quote)
    const venue = venueOf(this.#feed, quote.bidSize / 100)
    return {
      channel: 'quotes',
      symbol,
      json: `{"T":"q","S":"${symbol}",${quoteFields(quote, venue, tapeOf(listing), time)}}`,
      unchanged: last !== undefined && last.bid === quote.bid && last.ask === quote.ask,
    }
  }

  #trade(listing: Listing, at: EpochMs, time: () => string): TapeMessage[] {
    const { symbol } = listing
    const draw = this.#draw()
    const size =
      draw < 0.4 ? 1 + Math.floor(draw * 240) : 100 * (1 + Math.floor(((draw - 0.4) / 0.6) ** 4 * 20))
    const trade: SimTrade = {
      at,
      id: (this.#tradeId += 2),
      price: this.#exchange.priceAt(listing, at),
      size,
    }
    const venue = venueOf(this.#feed, size)
    const json = `{"T":"t","S":"${symbol}",${tradeFields(trade, venue, tapeOf(listing), time())}}`
    const messages: TapeMessage[] = [{ channel: 'trades', symbol, json }]
    if (this.#draw() * TRADES_A_CORRECTION < 1)
      messages.push(correctionMessage(listing, trade, venue, time()))
    else if (this.#draw() * TRADES_A_CANCEL < 1) messages.push(cancelMessage(listing, trade, venue, time()))
    return messages
  }

  #draw(): number {
    return uniformAt(this.#key, this.#draws++)
  }
}
