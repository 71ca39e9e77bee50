import { calendarWith, type ExchangeCalendar, type KnownDays } from '#shared/exchange-calendar'
import type { Feed } from '#shared/settings'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import {
  catchUp,
  warmUp,
  type BarCache,
  type Bus,
  type MarketEvents,
  type TrafficProfile,
  type WarmUpClient,
  type WarmUpReport,
} from '../market/index.ts'
import { keepDays, readKeptDays, type KeptValues } from './kept-days.ts'

/** Delay before a failed fetch is tried again. */
const RETRY_MS = 15_000

interface MarketHistoryDeps {
  readonly client: WarmUpClient
  readonly feed: Feed
  readonly calendar: ExchangeCalendar | undefined
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly profile: TrafficProfile
  /** Resolves once the stored usual traffic is in the profile. */
  readonly profileReady: Promise<void>
  /** Storage of the exchange's days for a start without a network. */
  readonly values: KeptValues
  /** Called after each warm-up with what it learned about the exchange's days and clock. */
  readonly onLearned: (learned: Learned) => void
  readonly clock: Clock
  readonly log: Log
}

interface Learned {
  /** The exchange's days as Alpaca reported them now or last; undefined if never. */
  readonly calendar: ExchangeCalendar | undefined
  /** Exchange time minus this machine's; undefined if it could not be measured. */
  readonly clockOffsetMs: number | undefined
}

/** Fetches what came before the stream and what was missed while it was away; retries what failed. */
export class MarketHistory {
  readonly #deps: MarketHistoryDeps
  readonly #abort = new AbortController()
  readonly #retries = new Set<() => void>()

  constructor(deps: MarketHistoryDeps) {
    this.#deps = deps
  }

  /** Fetches prices, sparklines and usual traffic of these symbols, and the exchange's calendar and clock. */
  warmUp(symbols: readonly string[]): Promise<void> {
    return this.#attempt(async (signal) => {
      const report = await warmUp({ ...this.#deps, symbols, signal })
      const knownDays = await this.#keepOrRecall(report)
      const calendar = knownDays && calendarWith(knownDays)
      if (!signal.aborted) this.#deps.onLearned({ calendar, clockOffsetMs: report.clockOffsetMs })
      return report.failures.length === 0
    })
  }

  /** Fetches last prices and the bars that were missed while the stream was away. */
  catchUp(symbols: readonly string[]): Promise<void> {
    return this.#attempt(async (signal) => (await catchUp({ ...this.#deps, symbols, signal })).length === 0)
  }

  async #keepOrRecall({ knownDays }: WarmUpReport): Promise<KnownDays | undefined> {
    const { calendar, values, log } = this.#deps
    if (calendar === undefined) return undefined
    if (knownDays === undefined) return readKeptDays(values)
    if (!(await keepDays(values, knownDays)))
      log.debug('The calendar could not be kept: the database is away')
    return knownDays
  }

  stop(): void {
    this.#abort.abort()
    for (const stopRetry of this.#retries) stopRetry()
  }

  async #attempt(run: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
    const { signal } = this.#abort
    try {
      if ((await run(signal)) || signal.aborted) return
    } catch (cause) {
      this.#deps.log.error({ err: cause }, 'Fetching what came before failed')
    }
    if (signal.aborted) return
    const stopRetry = this.#deps.clock.after(RETRY_MS, () => {
      this.#retries.delete(stopRetry)
      void this.#attempt(run)
    })
    this.#retries.add(stopRetry)
  }
}
