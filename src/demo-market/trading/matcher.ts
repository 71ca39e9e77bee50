import {
  type Alarm,
  alarmOf,
  amount,
  concerns,
  farSide,
  isImmediate,
  isOpen,
  type Market,
  type Match,
  meet,
  type QueuePlace,
  reachesStop,
  type SimOrder,
  trailed,
  waitsForStop,
  wanted,
} from '../matching/index.ts'
import type { SimExchange, SimQuote, QuoteBoard } from '../exchange/index.ts'
import { afterTriggerOf, waitsForEntry } from './family.ts'
import { endEntries, fillEntries } from './fills.ts'
import type { TradingHours } from './hours.ts'
import type { Ledger } from './ledger.ts'
import type { Prices } from './prices.ts'

/** Quotes older than this come from a delayed feed. */
const STALE_MS = 1000

/** What the matcher works with. */
export interface MatcherDeps {
  readonly exchange: SimExchange
  readonly quotes: QuoteBoard
  readonly prices: Prices
  readonly hours: TradingHours
  readonly ledger: Ledger
}

/** Matches open orders against the demo exchange's quotes. */
export class Matcher {
  readonly #deps: MatcherDeps
  readonly #places = new Map<string, QueuePlace>()
  /** The quote that each symbol's orders met last, and what is left of its sizes. */
  readonly #met = new Map<string, { readonly quote: SimQuote; market: Market }>()
  /**
   * Each symbol's orders with the quotes that concern them, recalculated after each change to one of them.
   */
  readonly #watched = new Map<string, readonly (Alarm & { readonly id: string })[]>()
  readonly #held = new Set<string>()

  constructor(deps: MatcherDeps) {
    this.#deps = deps
  }

  stop(): void {
    this.#deps.quotes.unfollowAll()
  }

  /** Stops automatic matching, for that symbol or for all (`*`). */
  hold(symbol: string): void {
    this.#held.add(symbol)
  }

  /** Resumes matching. */
  release(symbol: string): void {
    if (symbol === '*') this.#held.clear()
    else this.#held.delete(symbol)
    for (const order of this.#deps.ledger.accountState.openOrders()) this.enter(order)
  }

  /** Whether that symbol's orders meet no quotes. */
  isHeld(symbol: string): boolean {
    return this.#held.has('*') || this.#held.has(symbol)
  }

  /** Follows the quotes of the symbols with an open order, and of no others. */
  follow(symbols: Iterable<string>): void {
    const { ledger, quotes } = this.#deps
    if (!ledger.accountState.hasOpenOrders) this.#places.clear()
    for (const symbol of symbols) {
      this.#watched.delete(symbol)
      const isWanted = ledger.accountState.openOrders().some((order) => order.symbol === symbol)
      if (isWanted) quotes.follow(symbol, (quote) => this.#onQuote(symbol, quote))
      else {
        quotes.unfollow(symbol)
        this.#met.delete(symbol)
      }
    }
  }

  /** Matches an order that has just become active against the current market. */
  enter(order: SimOrder): void {
    const { prices, ledger } = this.#deps
    const listing = prices.listing(order.symbol)
    const quote = listing && prices.quote(listing)
    if (quote !== undefined) this.#meet(order.id, quote)
    const rest = ledger.accountState.order(order.id)
    if (rest === undefined || !isImmediate(rest) || this.isHeld(rest.symbol)) return
    if (isOpen(rest) && rest.status !== 'pending_new')
      ledger.record(endEntries(ledger.accountState, rest, 'canceled', ledger.stamp()))
  }

  #onQuote(symbol: string, quote: SimQuote): void {
    let isFresh: boolean | undefined
    for (const watched of this.#watchedOf(symbol)) {
      if (!concerns(quote, watched)) continue
      isFresh ??= quote.at >= this.#deps.exchange.clock.now() - STALE_MS
      if (isFresh) this.#meet(watched.id, quote)
    }
  }

  #watchedOf(symbol: string) {
    const known = this.#watched.get(symbol)
    if (known !== undefined) return known
    const watched = this.#deps.ledger.accountState
      .openOrders()
      .filter((order) => order.symbol === symbol)
      .map((order) => ({ id: order.id, ...alarmOf(order) }))
    this.#watched.set(symbol, watched)
    return watched
  }

  #meet(id: string, quote: SimQuote): void {
    const { ledger } = this.#deps
    let order = ledger.accountState.order(id)
    if (order === undefined || !this.#isInForce(order)) return
    const market = this.#marketOf(order.symbol, quote)
    order = this.#untilTriggered(order, market)
    if (order === undefined) return
    const { match, place } = meet(order, market, this.#places.get(id))
    if (place !== undefined) this.#places.set(id, place)
    if (match === undefined) return
    const all = match.qty.gte(wanted(order, match.price))
    if (all || order.timeInForce !== 'fok') this.#fill(order, match, all)
    if (all) this.#places.delete(id)
  }

  #fill(order: SimOrder, { price, qty, takes }: Match, completes: boolean): void {
    const { ledger } = this.#deps
    const met = this.#met.get(order.symbol)
    if (takes && met !== undefined) {
      const side = order.side === 'buy' ? 'askSize' : 'bidSize'
      met.market = { ...met.market, [side]: farSide(order.side, met.market).size.minus(qty) }
    }
    ledger.record(fillEntries(ledger.accountState, order, { price, qty, time: ledger.stamp(), completes }))
  }

  /** The order once its stop price is triggered, or immediately if it has none. */
  #untilTriggered(order: SimOrder, market: Market): SimOrder | undefined {
    const { ledger } = this.#deps
    if (!waitsForStop(order)) return order.status === 'held' ? undefined : order
    const moved = order.type === 'trailing_stop' ? trailed(order, market) : undefined
    if (moved !== undefined) ledger.record([{ event: null, order: { ...order, ...moved } }])
    const current = { ...order, ...moved }
    if (!reachesStop(current, market)) return undefined
    const wasHeld = current.status === 'held'
    ledger.record([
      {
        event: wasHeld ? 'new' : null,
        order: { ...current, triggered: true, status: wasHeld ? 'new' : current.status },
      },
      ...afterTriggerOf(ledger.accountState, current, ledger.stamp()),
    ])
    return ledger.accountState.order(order.id)
  }

  #isInForce(order: SimOrder): boolean {
    const { exchange, hours, ledger, prices } = this.#deps
    const now = exchange.clock.now()
    if (!isOpen(order) || order.status === 'pending_new' || order.status === 'accepted') return false
    if (this.isHeld(order.symbol) || !hours.trades(order, now)) return false
    const listing = prices.listing(order.symbol)
    if (listing === undefined || exchange.haltAt(listing, now) !== undefined) return false
    return !waitsForEntry(ledger.accountState, order)
  }

  #marketOf(symbol: string, quote: SimQuote): Market {
    const known = this.#met.get(symbol)
    if (known?.quote === quote) return known.market
    const market = {
      bid: amount(quote.bid),
      ask: amount(quote.ask),
      bidSize: amount(quote.bidSize),
      askSize: amount(quote.askSize),
      last: amount(quote.last),
    }
    this.#met.set(symbol, { quote, market })
    return market
  }
}
