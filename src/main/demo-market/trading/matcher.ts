import type { DemoExchange, DemoQuote, QuoteBoard } from '../exchange/index.ts'
import { amount } from './exact.ts'
import { afterTriggerOf, waitsForEntry } from './family.ts'
import { endEntries, fillEntries } from './fills.ts'
import type { TradingHours } from './hours.ts'
import type { Ledger } from './ledger.ts'
import {
  farSide,
  limitOf,
  meet,
  reachesStop,
  trailed,
  waitsForStop,
  wanted,
  type Market,
  type Match,
  type QueuePlace,
} from './matching.ts'
import { isForAuction, isImmediate, isOpen, type DemoOrder } from './order.ts'
import type { Prices } from './prices.ts'

/** So often it is looked whether an order begins, ends or has no quote to meet; nothing is while none is open. */
const TICK_MS = 100
/** Quotes older than that come from a delayed feed. */
const STALE_MS = 1000

/** What the matcher works with. */
interface MatcherParts {
  readonly exchange: DemoExchange
  readonly quotes: QuoteBoard
  readonly prices: Prices
  readonly hours: TradingHours
  readonly ledger: Ledger
}

/** Brings open orders together with the quotes of the demo exchange, and to their end when their time is over. */
export class Matcher {
  readonly #parts: MatcherParts
  readonly #places = new Map<string, QueuePlace>()
  /** The quote that each symbol's orders met last, and what is left of its sizes. */
  readonly #met = new Map<string, { readonly quote: DemoQuote; market: Market }>()
  readonly #held = new Set<string>()
  readonly #stopTicking: () => void

  constructor(parts: MatcherParts) {
    this.#parts = parts
    this.#stopTicking = parts.exchange.clock.every(TICK_MS, () => this.#tick())
  }

  stop(): void {
    this.#stopTicking()
    this.#parts.quotes.unfollowAll()
  }

  /** Stops matching by itself, of that symbol or of all (`*`). */
  hold(symbol: string): void {
    this.#held.add(symbol)
  }

  /** Matches again. */
  release(symbol: string): void {
    if (symbol === '*') this.#held.clear()
    else this.#held.delete(symbol)
    for (const order of this.#parts.ledger.books.openOrders()) this.enter(order)
  }

  /** Follows the quotes of those symbols that have an open order, and of no other. */
  follow(symbols: Iterable<string>): void {
    const { ledger, quotes } = this.#parts
    if (!ledger.books.hasOpenOrders) this.#places.clear()
    for (const symbol of symbols) {
      const isWanted = ledger.books.openOrders().some((order) => order.symbol === symbol)
      if (isWanted) quotes.follow(symbol, (quote) => this.#onQuote(symbol, quote))
      else {
        quotes.unfollow(symbol)
        this.#met.delete(symbol)
      }
    }
  }

  /** Lets an order that has just come into force meet the market as it is. */
  enter(order: DemoOrder): void {
    const { prices, ledger } = this.#parts
    const listing = prices.listing(order.symbol)
    const quote = listing && prices.quote(listing)
    if (quote !== undefined) this.#meet(order.id, quote)
    const rest = ledger.books.order(order.id)
    if (
      rest !== undefined &&
      isImmediate(rest) &&
      rest.status !== 'pending_new' &&
      !this.#isHeld(order.symbol)
    )
      this.#end(rest)
  }

  #tick(): void {
    const { ledger, prices, exchange } = this.#parts
    if (!ledger.books.hasOpenOrders) return
    const now = exchange.clock.now()
    const symbols = new Set<string>()
    for (const order of ledger.books.openOrders()) {
      this.#keepTime(order.id, now)
      symbols.add(order.symbol)
    }
    for (const symbol of symbols) {
      const listing = prices.listing(symbol)
      // Makes a quote where nobody else asked for one for a second; that comes back through #onQuote.
      if (listing !== undefined && !this.#isHeld(symbol) && exchange.isOpen(now)) prices.quote(listing)
    }
  }

  #keepTime(id: string, now: number): void {
    const { ledger, hours } = this.#parts
    const order = ledger.books.order(id)
    if (order === undefined || !isOpen(order) || order.status === 'pending_new') return
    const isAuction = isForAuction(order)
    if (order.expiresAt !== null && order.expiresAt <= now) {
      if (isAuction && !this.#isHeld(order.symbol)) this.#auction(order, order.expiresAt)
      else if (!isAuction) ledger.record(endEntries(ledger.books, order, 'expired', ledger.stamp()))
    } else if (order.status === 'accepted' && !isAuction && hours.trades(order, now)) {
      ledger.record([{ event: 'new', order: { ...order, status: 'new' } }])
      this.enter(order)
    } else if (isImmediate(order)) this.enter(order)
  }

  /** The whole order at the price of that instant, or nothing of it. */
  #auction(order: DemoOrder, at: number): void {
    const { ledger, prices } = this.#parts
    const [price, limit] = [prices.at(order.symbol, at), limitOf(order)]
    const worse = limit === undefined ? 0 : price.comparedTo(limit) * (order.side === 'buy' ? 1 : -1)
    const time = ledger.stamp()
    ledger.record(
      worse > 0
        ? endEntries(ledger.books, order, 'canceled', time)
        : fillEntries(ledger.books, order, { price, qty: wanted(order, price), time, completes: true }),
    )
  }

  #onQuote(symbol: string, quote: DemoQuote): void {
    if (quote.at < this.#parts.exchange.clock.now() - STALE_MS) return
    for (const { id, symbol: of } of this.#parts.ledger.books.openOrders()) {
      if (of === symbol) this.#meet(id, quote)
    }
  }

  #meet(id: string, quote: DemoQuote): void {
    const { ledger } = this.#parts
    let order = ledger.books.order(id)
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

  #end(order: DemoOrder): void {
    const { ledger } = this.#parts
    if (isOpen(order)) ledger.record(endEntries(ledger.books, order, 'canceled', ledger.stamp()))
  }

  #fill(order: DemoOrder, { price, qty, takes }: Match, completes: boolean): void {
    const { ledger } = this.#parts
    const met = this.#met.get(order.symbol)
    if (takes && met !== undefined) {
      const side = order.side === 'buy' ? 'askSize' : 'bidSize'
      met.market = { ...met.market, [side]: farSide(order.side, met.market).size.minus(qty) }
    }
    ledger.record(fillEntries(ledger.books, order, { price, qty, time: ledger.stamp(), completes }))
  }

  /** The order as it is once its stop price is reached, or at once if it has none. */
  #untilTriggered(order: DemoOrder, market: Market): DemoOrder | undefined {
    const { ledger } = this.#parts
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
      ...afterTriggerOf(ledger.books, current, ledger.stamp()),
    ])
    return ledger.books.order(order.id)
  }

  #isInForce(order: DemoOrder): boolean {
    const { exchange, hours, ledger, prices } = this.#parts
    const now = exchange.clock.now()
    if (!isOpen(order) || order.status === 'pending_new' || order.status === 'accepted') return false
    if (this.#isHeld(order.symbol) || !hours.trades(order, now)) return false
    const listing = prices.listing(order.symbol)
    if (listing === undefined || exchange.haltAt(listing, now) !== undefined) return false
    return !waitsForEntry(ledger.books, order)
  }

  #isHeld(symbol: string): boolean {
    return this.#held.has('*') || this.#held.has(symbol)
  }

  #marketOf(symbol: string, quote: DemoQuote): Market {
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
