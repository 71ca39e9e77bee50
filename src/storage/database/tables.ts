import type { BarFeed } from '#shared/history'

/** A time: epoch ms in SQLite; timestamptz in PostgreSQL, written as ISO text and read as epoch ms. */
export type StoredTime = number | string
/** An exact amount: an integer of the column's scale in SQLite, decimal text in PostgreSQL. */
export type StoredAmount = number | string

/** One-minute bars; key (symbol, bar_time). See `PRICE_DIGITS` and `VWAP_DIGITS` for the scales. */
export interface MarketBars {
  symbol: string
  bar_time: StoredTime
  open: StoredAmount
  high: StoredAmount
  low: StoredAmount
  close: StoredAmount
  volume: number
  vwap: StoredAmount | null
  trade_count: number | null
  feed: BarFeed
}

/**
 * The exact values of bars that market_bars can only hold rounded, as decimal text; key (symbol, bar_time).
 */
export interface ExactBars {
  symbol: string
  /** Epoch ms. */
  bar_time: number
  open: string
  high: string
  low: string
  close: string
  volume: string
  vwap: string | null
}

/**
 * What is stored of one symbol on one New York day, updated by every write of bars: the regular session as
 * one candle, and the number of bars. Five years can be drawn, and coverage checked, without reading minutes.
 */
export interface BarDays {
  symbol: string
  /** YYYY-MM-DD. */
  day: string
  /** Null if the regular session has no bar. Integers of scale 4 in both dialects. */
  open: number | null
  high: number | null
  low: number | null
  close: number | null
  /** Shares of the regular session. */
  volume: number
  /** Bars of the whole day, including pre- and post-market. */
  bars: number
  regular_bars: number
  /** The worst feed among the regular session's bars; null if it has none. */
  feed: BarFeed | null
}

/**
 * Ranges from_time <= t < until_time, epoch ms, in which all bars of a feed were loaded. They never overlap.
 */
export interface CoverageTable {
  symbol: string
  feed: BarFeed
  from_time: number
  until_time: number
}

/** A load as requested, so that it continues after a crash. */
export interface Loads {
  id: string
  /** Epoch ms. */
  created_at: number
  /** YYYY-MM-DD, both inclusive. */
  start_date: string
  end_date: string
  feed: BarFeed
  state: 'running' | 'paused' | 'canceled' | 'done' | 'failed'
  /** The outcome of a `fill` is written to the event log. */
  purpose: 'load' | 'fill'
}

/** One symbol of a load. */
export interface LoadSymbols {
  load_id: string
  symbol: string
  position: number
  state: 'waiting' | 'loading' | 'done' | 'failed'
  bars_loaded: number
  bars_rejected: number
  pages: number
  /** Epoch ms that the last page reached; null before the first. */
  loaded_until: number | null
  /** What went wrong; null unless failed. */
  problem: string | null
}

/** Rejected bars, counted by kind, with a description of the last one. */
export interface RejectedBars {
  symbol: string
  reason: string
  count: number
  example: string
  /** Epoch ms. */
  last_at: number
}

/** Alpaca's calendar; times are New York's, HH:MM. */
export interface CalendarDays {
  day: string
  pre_open: string
  open: string
  close: string
  after_close: string
}

/** Trading days beyond a symbol's bars of which bars should be there, but did not come; key (symbol, day). */
export interface ExpectedDays {
  symbol: string
  /** YYYY-MM-DD. */
  day: string
}

/** Splits, symbol changes and dividends; days are `YYYY-MM-DD`. */
export interface CorporateActionsTable {
  id: string
  type: string
  symbol: string
  ex_day: string
  process_day: string
  /** Alpaca's row, JSON text. */
  terms: string
}

/** Single values by name: the range that the calendar covers, the traffic profile. JSON text. */
export interface KeptValuesTable {
  name: string
  value: string
}

/** Append-only. */
export interface Events {
  id: number
  stream_id: string
  version: number
  event_type: string
  /** JSON. */
  payload: unknown
  timestamp: StoredTime
  hash: string
}

/** One row: the last event's id and hash, which reveal a cut-off tail, and the random identity of the log. */
export interface EventHead {
  one: number
  last_id: number
  hash: string
  log_id: string
}

export interface SchemaMigrations {
  version: number
  name: string
  /** Epoch ms. */
  applied_at: number
}

export interface Tables {
  market_bars: MarketBars
  exact_bars: ExactBars
  bar_days: BarDays
  coverage: CoverageTable
  loads: Loads
  load_symbols: LoadSymbols
  rejected_bars: RejectedBars
  calendar_days: CalendarDays
  corporate_actions: CorporateActionsTable
  expected_days: ExpectedDays
  kept_values: KeptValuesTable
  events: Events
  event_head: EventHead
  schema_migrations: SchemaMigrations
}
