import * as z from 'zod'
import { barFeed, type BarFeed } from './history.ts'
import { stockSymbol, type EpochMs, type ExchangeDay, type Price, type StockSymbol } from './units.ts'

/**
 * Likely reason why session minutes have no bar. `no-trade`: this symbol is often quiet that long in these
 * minutes of the day; `halt`: the whole market stood still; `feed-gap`: it trades too often for that, however
 * often the same minutes are missing, so bars were lost before they reached us, or the stock alone was halted;
 * `not-loaded`: they were never requested.
 */
export const gapCause = z.enum(['no-trade', 'halt', 'feed-gap', 'not-loaded'])
export type GapCause = z.output<typeof gapCause>

/** Consecutive minutes of regular sessions without a bar. */
export interface Gap {
  /** The day in New York when it begins. */
  readonly day: ExchangeDay
  /** The first minute without a bar. */
  readonly from: EpochMs
  /** Session minutes; nights are not counted. */
  readonly minutes: number
  readonly cause: GapCause
  /** Of a `feed-gap`: the stock alone may have been halted instead, which its bars cannot tell. */
  readonly mayBeHalt?: true
}

/** A faulty bar, as an example. */
export interface BarExample {
  readonly at: EpochMs
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  readonly volume: number
}

/** A finding of the verifier; a kind is listed even if its count is 0. */
export type Issue =
  | { readonly kind: 'ohlc_violation'; readonly count: number; readonly example?: BarExample }
  | {
      readonly kind: 'gaps'
      readonly count: number
      readonly missingMinutes: number
      readonly largest?: Gap
      /**
       * Number of gaps longer than each number of session minutes: a gap counts under every threshold it
       * exceeds.
       */
      readonly longerThan: Readonly<Record<'1' | '5' | '30' | '60' | '390', number>>
      /** Minutes by their likely cause. */
      readonly minutesByCause: Readonly<Record<GapCause, number>>
      /** Those of `feed-gap` in which the stock alone may have been halted instead. */
      readonly mayBeHaltMinutes: number
    }
  | { readonly kind: 'duplicate_bars'; readonly count: number }
  /** A bar that jumps by more than 20% and returns. */
  | { readonly kind: 'outliers'; readonly count: number; readonly example?: BarExample }
  /**
   * A bar that jumps by 5% to 20% and returns with the next: a trade away from the market, or
   * a real move. Costs no score.
   */
  | { readonly kind: 'off_market_prints'; readonly count: number; readonly example?: BarExample }
  /**
   * A bar from which on the price is on another level (40% above, or as far below), other than the known splits tell: bars adjusted in part, a
   * split that is not in them, or a real move. Costs no score.
   */
  | { readonly kind: 'level_shifts'; readonly count: number; readonly example?: BarExample }
  /** A bar whose volume-weighted average price is not between its low and high. Costs no score. */
  | { readonly kind: 'vwap_outside'; readonly count: number; readonly example?: BarExample }
  | { readonly kind: 'zero_volume'; readonly count: number }
  /** Bars on days when the exchange was closed; the demo market's own are right, since it never closes. */
  | { readonly kind: 'closed_days'; readonly count: number }
  /** Bars that were received but not stored, by reason. */
  | { readonly kind: 'refused'; readonly count: number; readonly reasons: Readonly<Record<string, number>> }

/** How reliable the bars of a month are. */
export interface MonthQuality {
  /** YYYY-MM. */
  readonly month: string
  /**
   * 0 to 100, 2 places: the share of session minutes that are neither lost, nor wrong, nor missing because
   * they were not loaded. Minutes without trades cost nothing.
   */
  readonly score: number
}

/**
 * Trading days, both inclusive, that were loaded and of which no bar came, at an end of what is stored: the
 * symbol was listed later, was delisted or renamed, or is not in this feed. `throughout` if no bar came at all.
 */
export interface NothingCame {
  readonly where: 'before' | 'after' | 'throughout'
  readonly from: ExchangeDay
  readonly to: ExchangeDay
  readonly days: number
  /** Days among them on which it traded according to its daily bars: those are lost, and gaps too. */
  readonly traded: number
}

/** What is stored of one symbol, and what is wrong with it. */
export interface VerificationReport {
  readonly symbol: StockSymbol
  /** Including pre-market and after-hours. */
  readonly totalBars: number
  /** First and last day with a bar; absent if there is none. */
  readonly dateRange?: { readonly from: ExchangeDay; readonly to: ExchangeDay }
  /** The worst feed of all days. */
  readonly feed?: BarFeed
  /** Shares per bar, rounded. */
  readonly averageVolume: number
  readonly daysWithData: number
  readonly expectedDays: number
  /** Regular sessions only. */
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
  /** Costs no score besides days on which it traded: of the others nothing tells whether there should be bars. */
  readonly nothingCame: readonly NothingCame[]
}

/**
 * Payload of the event HistoryFilled: the result of a load that was to fill gaps, and why the rest is
 * missing.
 */
export const historyFilled = z.object({
  /** The requested days, both inclusive. */
  startDate: z.string(),
  endDate: z.string(),
  feed: barFeed,
  /** Received, over all symbols. */
  bars: z.number(),
  symbols: z.array(
    z.object({
      symbol: stockSymbol,
      /** Received. */
      bars: z.number(),
      /** All bars now stored of it. */
      stored: z.number(),
      /** Session minutes without a bar, by their likely cause. */
      missing: z.partialRecord(gapCause, z.number()),
      /** Why it could not be loaded, in words. */
      problem: z.string().optional(),
    }),
  ),
})
export type HistoryFilled = z.output<typeof historyFilled>
