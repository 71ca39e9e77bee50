import { calendarWith, type ExchangeCalendar, type KnownDays } from '#shared/exchange-calendar'
import type { Feed } from '#shared/settings'
import { backoffMs } from '#shared/backoff'
import type { Source } from '#shared/provenance'
import { SECOND_MS } from '#shared/time'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import {
  catchUp,
  warmUp,
  type BarCache,
  type Bus,
  type MarketEvents,
  type PlanLimits,
  type TrafficProfile,
  type WarmUpClient,
  type WarmUpFailure,
  type WarmUpReport,
  type WarmUpStep,
} from '../market/index.ts'
import { keepDays, readKeptDays, type KeptValues } from './kept-days.ts'

/** Delay before what failed is fetched again: 15, 30, 60 ... 300 s. */
const RETRY = { firstMs: 15 * SECOND_MS, longestMs: 300 * SECOND_MS }

const STEP_NAMES: Readonly<Record<WarmUpStep, string>> = {
  calendar: 'Market calendar unavailable',
  clock: 'Exchange time unavailable',
  snapshots: 'Last prices unavailable',
  bars: 'Price history unavailable',
  closes: 'Official closes unavailable',
}

interface MarketHistoryDeps {
  readonly client: WarmUpClient
  readonly feed: Feed
  readonly source: Source
  readonly plan: PlanLimits
  readonly calendar: ExchangeCalendar | undefined
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly profile: TrafficProfile
  /** Resolves once the stored usual traffic is in the profile. */
  readonly profileReady: Promise<void>
  /** Resolves once splits are in the cache, or are known to be unavailable. */
  readonly splitsReady: Promise<void>
  /** Storage of the exchange's days for a start without a network. */
  readonly values: KeptValues
  /** Called after each warm-up with what it learned about the exchange's days and clock. */
  readonly onLearned: (learned: Learned) => void
  /** Called with why something is missing, or without once everything has come. */
  readonly onProblem: (problem: string | undefined) => void
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
  #calendar: ExchangeCalendar | undefined
  /** What is missing, for each attempt that continues or was given up. */
  readonly #problems = new Map<object, string>()

  constructor(deps: MarketHistoryDeps) {
    this.#deps = deps
    this.#calendar = deps.calendar
  }

  /** Fetches prices, sparklines and usual traffic of these symbols, and the exchange's calendar and clock. */
  warmUp(symbols: readonly string[], steps?: ReadonlySet<WarmUpStep>): Promise<void> {
    let only = steps
    let refused: readonly WarmUpFailure[] = []
    return this.#attempt(async (signal) => {
      const report = await warmUp({ ...this.#deps, calendar: this.#calendar, symbols, signal }, only)
      const isAsked = only === undefined || only.has('calendar')
      const knownDays = isAsked ? await this.#keepOrRecall(report) : undefined
      const calendar = knownDays && calendarWith(knownDays)
      if (calendar !== undefined) this.#calendar = calendar
      if (!signal.aborted) this.#deps.onLearned({ calendar, clockOffsetMs: report.clockOffsetMs })
      only = new Set(report.failures.filter(({ isFinal }) => !isFinal).map(({ step }) => step))
      const failures = [...refused, ...report.failures]
      refused = failures.filter(({ isFinal }) => isFinal)
      return failures
    })
  }

  /** Fetches the official closes that a new day is measured from. */
  newDay(symbols: readonly string[]): Promise<void> {
    return this.warmUp(symbols, new Set(['closes']))
  }

  /** Fetches last prices and the bars that were missed while the stream was away. */
  catchUp(symbols: readonly string[]): Promise<void> {
    return this.#attempt((signal) => catchUp({ ...this.#deps, symbols, signal }))
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

  #report(attempt: object, failure: WarmUpFailure | undefined): void {
    if (failure === undefined) this.#problems.delete(attempt)
    else this.#problems.set(attempt, `${STEP_NAMES[failure.step]}: ${failure.reason}`)
    this.#deps.onProblem([...this.#problems.values()][0])
  }

  /** Runs until nothing is left that another try could get. */
  async #attempt(run: (signal: AbortSignal) => Promise<readonly WarmUpFailure[]>, tries = 0): Promise<void> {
    const { signal } = this.#abort
    try {
      const failures = await run(signal)
      this.#report(run, failures[0])
      if (failures.every(({ isFinal }) => isFinal)) return
    } catch (cause) {
      this.#deps.log.error({ err: cause }, 'Fetching what came before failed')
    }
    if (signal.aborted) return
    const stopRetry = this.#deps.clock.after(backoffMs(RETRY, tries), () => {
      this.#retries.delete(stopRetry)
      void this.#attempt(run, tries + 1)
    })
    this.#retries.add(stopRetry)
  }
}
