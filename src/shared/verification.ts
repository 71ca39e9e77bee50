import * as z from 'zod'
import { barFeed, type BarFeed } from './history.ts'
import { stockSymbol, type EpochMs, type ExchangeDay, type Price, type StockSymbol } from './units.ts'

/**
 * Why minutes of a session have no bar, as far as can be told: `no-trade`: this symbol is often quiet that long;
 * `halt`: the whole market stood still; `feed-gap`: it trades too often for that, so bars were lost before they came
 * here; `not-loaded`: they were never asked for.
 */
export const gapCause = z.enum(['no-trade', 'halt', 'feed-gap', 'not-loaded'])
export type GapCause = z.output<typeof gapCause>

/** Minutes of regular sessions without a bar, one after the other. */
export interface Gap {
  /** New York day on which it begins. */
  readonly day: ExchangeDay
  /** The first minute without a bar. */
  readonly from: EpochMs
  /** Session minutes; nights are not counted. */
  readonly minutes: number
  readonly cause: GapCause
}

/** A bar that something is wrong with. */
export interface BarExample {
  readonly at: EpochMs
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  readonly volume: number
}

/** What the verifier found; a kind is listed also where its count is 0. */
export type Issue =
  | { readonly kind: 'ohlc_violation'; readonly count: number; readonly example?: BarExample }
  | {
      readonly kind: 'gaps'
      readonly count: number
      readonly missingMinutes: number
      readonly largest?: Gap
      /** How many last over so many minutes of a session: each counts in all that it exceeds. */
      readonly longerThan: Readonly<Record<'1' | '5' | '30' | '60' | '390', number>>
      /** Minutes by their likely cause. */
      readonly minutesByCause: Readonly<Record<GapCause, number>>
    }
  | { readonly kind: 'duplicate_bars'; readonly count: number }
  /** A bar that jumps by more than 20% and returns. */
  | { readonly kind: 'outliers'; readonly count: number; readonly example?: BarExample }
  | { readonly kind: 'zero_volume'; readonly count: number }
  /** Bars on days on which the exchange was closed. */
  | { readonly kind: 'closed_days'; readonly count: number }
  /** Bars that came and were not stored, by reason. */
  | { readonly kind: 'refused'; readonly count: number; readonly reasons: Readonly<Record<string, number>> }

/** How far the bars of a month can be relied on. */
export interface MonthQuality {
  /** YYYY-MM. */
  readonly month: string
  /**
   * 0 to 100, 2 places: the share of the session's minutes that are neither lost, nor not loaded, nor wrong. Minutes
   * in which nothing was traded take nothing away.
   */
  readonly score: number
}

/** What is stored of one symbol, and what is wrong with it. */
export interface VerificationReport {
  readonly symbol: StockSymbol
  /** Pre- and post-market included. */
  readonly totalBars: number
  /** First and last day with a bar; absent where there is none. */
  readonly dateRange?: { readonly from: ExchangeDay; readonly to: ExchangeDay }
  /** The worst feed among the days. */
  readonly feed?: BarFeed
  /** Shares a bar, rounded. */
  readonly averageVolume: number
  readonly daysWithData: number
  readonly expectedDays: number
  /** Of the regular sessions. */
  readonly coverage: {
    readonly expectedBars: number
    readonly actualBars: number
    readonly coveragePct: number
  }
  readonly issues: readonly Issue[]
  /** The longest gaps, longest first, at most 200. */
  readonly gaps: readonly Gap[]
  /** As {@link MonthQuality.score}, over everything. */
  readonly score: number
  readonly months: readonly MonthQuality[]
}

/** What the event HistoryFilled says: what came of a load that was to fill gaps, and why the rest is missing. */
export const historyFilled = z.object({
  /** The days that were asked for, both inclusive. */
  startDate: z.string(),
  endDate: z.string(),
  feed: barFeed,
  /** That came, of all symbols. */
  bars: z.number(),
  symbols: z.array(
    z.object({
      symbol: stockSymbol,
      /** That came. */
      bars: z.number(),
      /** All bars that there are of it now. */
      stored: z.number(),
      /** Minutes of sessions that have no bar, by their likely cause. */
      missing: z.partialRecord(gapCause, z.number()),
      /** Why it could not be loaded, in words. */
      problem: z.string().optional(),
    }),
  ),
})
export type HistoryFilled = z.output<typeof historyFilled>
