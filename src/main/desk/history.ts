import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { Feed } from '#shared/settings'
import type { AlpacaClient } from '../alpaca/index.ts'
import type { Log } from '../log.ts'
import {
  catchUp,
  warmUp,
  type BarCache,
  type Bus,
  type MarketEvents,
  type TrafficProfile,
  type WarmUpReport,
} from '../market/index.ts'

/** What failed is tried again after this. */
const RETRY_MS = 15_000

interface HistoryParts {
  readonly client: AlpacaClient
  readonly feed: Feed
  readonly calendar: ExchangeCalendar | undefined
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly profile: TrafficProfile
  readonly log: Log
}

type Learned = Pick<WarmUpReport, 'calendar' | 'clockOffsetMs'>

/** Fetches what came before the stream, and what was missed while it was away; tries again what failed. */
export class History {
  readonly #parts: HistoryParts
  readonly #abort = new AbortController()
  readonly #retries = new Set<NodeJS.Timeout>()
  #tellLearned: (learned: Learned) => void = () => {}

  constructor(parts: HistoryParts) {
    this.#parts = parts
  }

  /** Told after each warm-up what it found out about the exchange's days and clock. */
  onLearned(listener: (learned: Learned) => void): void {
    this.#tellLearned = listener
  }

  /** Last prices, sparklines and usual traffic of these symbols; the exchange's calendar and clock. */
  warmUp(symbols: readonly string[]): Promise<void> {
    return this.#attempt(async (signal) => {
      const report = await warmUp({ ...this.#parts, symbols, signal })
      if (!signal.aborted) this.#tellLearned(report)
      return report.failures.length === 0
    })
  }

  /** Last prices and bars that were missed while the stream was away. */
  catchUp(symbols: readonly string[]): Promise<void> {
    return this.#attempt(async (signal) => (await catchUp({ ...this.#parts, symbols, signal })).length === 0)
  }

  stop(): void {
    this.#abort.abort()
    for (const retry of this.#retries) clearTimeout(retry)
  }

  async #attempt(run: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
    const { signal } = this.#abort
    try {
      if ((await run(signal)) || signal.aborted) return
    } catch (cause) {
      this.#parts.log.error({ err: cause }, 'Fetching what came before failed')
    }
    if (signal.aborted) return
    const retry = setTimeout(() => {
      this.#retries.delete(retry)
      void this.#attempt(run)
    }, RETRY_MS)
    this.#retries.add(retry)
  }
}
