import type { EpochMs } from '#shared/units'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { SimExchange } from '../exchange/index.ts'
import type { SimFeed, Listing } from '../generator/index.ts'
import { barMessage, luldMessage, statusMessage, stamper, type TapeMessage } from './messages.ts'
import type { Interest } from './live-tape.ts'

/** How long after its minute a bar is sent, because Alpaca takes a moment to make one. */
const BARS_AFTER_MS = 500
/** Corrected bars are sent at half past the minute. */
const UPDATES_AFTER_MS = 30_000
/** After the process was paused, minutes older than this are left to REST. */
const CATCH_UP_MS = 5 * MINUTE_MS

/** Faults in how bars are sent. */
export interface BarFaults {
  readonly duplicate: boolean
  readonly late: boolean
}

/**
 * What one feed sends by the minute: bars, their updates, the running day and price bands; and halts as they
 * happen.
 */
export class MinuteMarks {
  readonly #exchange: SimExchange
  readonly #feed: SimFeed
  readonly #halted = new Map<string, 'news' | 'volatility' | undefined>()
  #barsUntil: EpochMs
  #updatesUntil: EpochMs

  /** Covers minutes that end after `at`. */
  constructor(exchange: SimExchange, feed: SimFeed, at: EpochMs) {
    this.#exchange = exchange
    this.#feed = feed
    this.#barsUntil = at - BARS_AFTER_MS
    this.#updatesUntil = at - UPDATES_AFTER_MS
  }

  run(at: EpochMs, symbols: readonly string[], interest: Interest, faults: BarFaults): TapeMessage[] {
    const listings = symbols.map((symbol) => this.#exchange.listing(symbol)).filter((x) => x !== undefined)
    const messages = listings.flatMap((listing) => this.#statuses(listing, at, interest))
    for (const mark of marksBetween(this.#barsUntil, at - BARS_AFTER_MS)) {
      for (const listing of listings) messages.push(...this.#atMark(listing, mark, interest, faults))
    }
    this.#barsUntil = at - BARS_AFTER_MS
    for (const mark of marksBetween(this.#updatesUntil, at - UPDATES_AFTER_MS)) {
      for (const listing of listings) messages.push(...this.#updates(listing, mark, interest))
    }
    this.#updatesUntil = at - UPDATES_AFTER_MS
    return messages
  }

  #atMark(listing: Listing, mark: EpochMs, interest: Interest, faults: BarFaults): TapeMessage[] {
    const { symbol } = listing
    const messages: TapeMessage[] = []
    const bar = this.#exchange.minuteBar(listing, mark - MINUTE_MS, this.#feed)
    if (bar !== undefined && interest('bars', symbol)) {
      messages.push(barMessage('bars', listing, bar))
      if (faults.duplicate) messages.push(barMessage('bars', listing, bar))
      const late = faults.late && this.#exchange.minuteBar(listing, mark - 4 * MINUTE_MS, this.#feed)
      if (late) messages.push(barMessage('bars', listing, late))
    }
    if (interest('dailyBars', symbol)) {
      const day = bar && this.#exchange.dailyBar(listing, exchangeDayOf(bar.at), this.#feed)
      if (day !== undefined) messages.push(barMessage('dailyBars', listing, day))
    }
    if (bar !== undefined && interest('lulds', symbol)) {
      messages.push(luldMessage(listing, bar.close, stamper(mark)()))
    }
    return messages
  }

  #updates(listing: Listing, mark: EpochMs, interest: Interest): TapeMessage[] {
    if (!interest('updatedBars', listing.symbol)) return []
    const bar = this.#exchange.barUpdatedByLateTrade(listing, mark - MINUTE_MS, this.#feed)
    return bar === undefined ? [] : [barMessage('updatedBars', listing, bar)]
  }

  #statuses(listing: Listing, at: EpochMs, interest: Interest): TapeMessage[] {
    const { symbol } = listing
    const halt = this.#exchange.haltAt(listing, at)
    const reason = halt && (halt.ordered ? 'news' : 'volatility')
    const known = this.#halted.has(symbol)
    const before = this.#halted.get(symbol)
    this.#halted.set(symbol, reason)
    if (!known || before === reason || !interest('statuses', symbol)) return []
    const time = stamper(at)()
    if (reason !== undefined) return [statusMessage(listing, 'halt', reason, time)]
    return [statusMessage(listing, 'resume', before ?? 'volatility', time)]
  }
}

/** The minute marks with after < mark <= until. */
function marksBetween(after: EpochMs, until: EpochMs): EpochMs[] {
  const marks: EpochMs[] = []
  const first = Math.floor(Math.max(after, until - CATCH_UP_MS) / MINUTE_MS) * MINUTE_MS + MINUTE_MS
  for (let mark = first; mark <= until; mark += MINUTE_MS) marks.push(mark)
  return marks
}
