import type { Decimal } from 'decimal.js'
import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { EpochMs } from '#shared/units'
import { amount, ZERO } from '../matching/index.ts'
import type { SimExchange, SimQuote, QuoteBoard } from '../exchange/index.ts'
import { FAKEPACA, type Listing } from '../generator/index.ts'

/** Days to search back: holidays and a weekend may lie between two trading days. */
const DAYS_BACK = 10

/** Current and past prices, for valuing an account or an order. */
export class Prices {
  readonly #exchange: SimExchange
  readonly #quotes: QuoteBoard

  constructor(exchange: SimExchange, quotes: QuoteBoard) {
    this.#exchange = exchange
    this.#quotes = quotes
  }

  /** The listing of a tradable symbol. */
  listing(symbol: string): Listing | undefined {
    return symbol === FAKEPACA.symbol ? undefined : this.#exchange.listing(symbol)
  }

  /** The best bid and ask in force. */
  quote(listing: Listing): SimQuote | undefined {
    return this.#quotes.latest(listing, this.#exchange.clock.now())
  }

  /** A symbol's last price; zero if it has none. */
  current(symbol: string): Decimal {
    const listing = this.listing(symbol)
    if (listing === undefined) return ZERO
    const now = this.#exchange.clock.now()
    if (this.#exchange.isOpen(now) && this.#exchange.haltAt(listing, now) === undefined)
      return this.at(symbol, now)
    return amount(this.#exchange.latestMinuteBar(listing, 'sip')?.close ?? 0)
  }

  /** The price at that time. */
  at(symbol: string, at: EpochMs): Decimal {
    const listing = this.listing(symbol)
    return listing === undefined ? ZERO : amount(this.#exchange.priceAt(listing, at))
  }

  /** The close of the last day before today that had one. */
  lastDay(symbol: string): Decimal {
    const listing = this.listing(symbol)
    if (listing === undefined) return ZERO
    const today = exchangeDayOf(this.#exchange.clock.now())
    for (const day of [...this.#exchange.days(addDays(today, -DAYS_BACK), today)].reverse()) {
      const bar = this.#exchange.dailyBar(listing, day, 'sip')
      if (bar !== undefined) return amount(bar.close)
    }
    return ZERO
  }
}
