import type { BarFeed } from '#shared/history'
import type { Bar } from '#shared/market'
import type { StockSymbol } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { StorageApi } from '#storage'

/**
 * A whole session's bars of 200 symbols; bars beyond that, while the database is unavailable, are loaded
 * later.
 */
const MOST_HELD = 200 * 390
/** A minute's bars arrive within a second or two, and are sent together. */
const GATHER_MS = 1_000
const RETRY_MS = 5_000

interface Held {
  readonly symbol: StockSymbol
  readonly feed: BarFeed
  readonly bar: Bar
}

/**
 * Writes the live stream's bars as they arrive: one call at a time, corrections replacing what they correct.
 */
export class BarWriter {
  readonly #store: StorageApi['bars']['store']
  readonly #clock: Clock
  readonly #log: Log
  #held = new Map<string, Held>()
  #isBusy = false

  constructor(store: StorageApi['bars']['store'], clock: Clock, log: Log) {
    this.#store = store
    this.#clock = clock
    this.#log = log
  }

  /** Takes a bar or its correction; never waits. */
  write(symbol: StockSymbol, feed: BarFeed, bar: Bar): void {
    if (this.#held.size >= MOST_HELD) return
    this.#held.set(`${symbol} ${bar.at}`, { symbol, feed, bar })
    this.#schedule(GATHER_MS)
  }

  #schedule(delayMs: number): void {
    if (this.#isBusy) return
    this.#isBusy = true
    this.#clock.after(delayMs, () => void this.#send())
  }

  async #send(): Promise<void> {
    const sent = this.#held
    this.#held = new Map()
    const batches = [...sent.values()].map(({ symbol, feed, bar }) => ({ symbol, feed, bars: [bar] }))
    const result = await this.#store(batches)
    this.#isBusy = false
    if (result.ok) {
      if (this.#held.size > 0) this.#schedule(GATHER_MS)
      return
    }
    this.#log.warn({ bars: sent.size, kind: result.error.kind }, 'Live bars could not be stored yet')
    // Bars that arrived meanwhile are newer than those that failed.
    this.#held = new Map([...sent, ...this.#held])
    this.#schedule(RETRY_MS)
  }
}
