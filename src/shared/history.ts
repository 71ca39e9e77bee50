import * as z from 'zod'
import { stockSymbol, type EpochMs, type ExchangeDay, type StockSymbol } from './units.ts'

/**
 * Where a stored bar came from: Signal's demo market, a host that isn't Alpaca's, IEX alone, or the consolidated tape.
 * The names sort from worst to best in every database: a bar replaces one from the same or a worse feed, never one from a
 * better feed.
 */
export const barFeed = z.enum(['demo', 'foreign', 'iex', 'sip'])
export type BarFeed = z.output<typeof barFeed>

/** Days that can be asked for: Alpaca has none before, and every day has one after it. */
const [FIRST_DAY, LAST_DAY] = ['2000-01-01', '2099-12-31'] as const

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day (YYYY-MM-DD)')
  .refine(
    (text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false,
    'is not a day of the calendar',
  )
  .refine((text) => text >= FIRST_DAY && text <= LAST_DAY, `is not between ${FIRST_DAY} and ${LAST_DAY}`)

/** Which bars to load: one-minute bars of whole New York days. */
export const loadRequest = z
  .object({
    symbols: z.array(stockSymbol).min(1, 'needs at least one symbol').max(500, 'holds at most 500 symbols'),
    startDate: day,
    /** Inclusive. */
    endDate: day,
    feed: barFeed,
  })
  .refine(({ startDate, endDate }) => startDate <= endDate, 'starts after it ends')
export type LoadRequest = z.output<typeof loadRequest>

/** Progress of a load for one symbol. */
export interface SymbolProgress {
  readonly symbol: StockSymbol
  readonly state: 'waiting' | 'loading' | 'done' | 'failed'
  /** Stored by this load. */
  readonly barsLoaded: number
  /** Rejected because they made no sense. */
  readonly barsRejected: number
  /** Share of the missing trading days that is done, between 0 and 1. */
  readonly fraction: number
  /** What is wrong, in words: while loading it is being retried, when failed it is not. */
  readonly problem?: string
}

/** Progress of a load. */
export interface LoadProgress {
  readonly id: string
  readonly state: 'running' | 'paused' | 'canceled' | 'done' | 'failed'
  readonly request: LoadRequest
  readonly createdAt: EpochMs
  readonly symbols: readonly SymbolProgress[]
  /** Between 0 and 1. */
  readonly fraction: number
  readonly barsLoaded: number
  /** Over the last few seconds; absent unless running. */
  readonly barsPerSecond?: number
  readonly secondsLeft?: number
}

/** One trading day of one symbol: how many minutes of the regular session have a bar. */
export interface CoverageDay {
  readonly day: ExchangeDay
  /** 390, or 210 on an early close. */
  readonly expected: number
  readonly present: number
  /**
   * Whether the loader has requested the whole day and something came: then what is missing does not exist in
   * that feed.
   */
  readonly loaded: boolean
  /**
   * The whole day was requested and not a single bar came. It is not taken for loaded: the next load asks for
   * it again.
   */
  readonly nothingThere: boolean
}

/** What is stored of one symbol over a range of days, judged on the regular session. */
export interface Coverage {
  readonly symbol: StockSymbol
  /** All bars, including pre-market and after-hours. */
  readonly barsCount: number
  readonly expectedBars: number
  readonly actualBars: number
  /** 100 * actualBars / expectedBars, rounded to 2 places; 100 when nothing is expected. */
  readonly coveragePct: number
  /** Trading days without any bar in the regular session. */
  readonly missingDays: readonly ExchangeDay[]
  readonly days: readonly CoverageDay[]
}

/** What a load will take, estimated before it starts. */
export interface LoadEstimate {
  /** Missing trading days, over all symbols. */
  readonly days: number
  /** Approximate number of bars in them. */
  readonly bars: number
  /** Pages to request from Alpaca. */
  readonly requests: number
  /** At the account's rate limit. */
  readonly seconds: number
}

/** What is stored, and what a load would take. */
export interface LoadPlan {
  readonly coverage: readonly Coverage[]
  readonly estimate: LoadEstimate
}
