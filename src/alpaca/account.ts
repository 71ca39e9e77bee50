import * as z from 'zod'
import { camelKeys } from './camel.ts'
import { decimal, epochMs, known, maybe, stamp } from './schemas.ts'

/**
 * The trading account. Only its id and status are certain; Alpaca has removed fields before. A figure that cannot be read is
 * undefined, like one that is not sent.
 */
export const account = z
  .object({
    id: z.string(),
    /** Empty if not sent. */
    account_number: z.string().catch(''),
    /**
     * `ACTIVE` with no block flag set means the account may trade. Other values are Alpaca's words, such as
     * `ONBOARDING`.
     */
    status: z.string(),
    currency: z.string().catch('USD'),
    cash: known(decimal),
    equity: known(decimal),
    /** At the last close. */
    last_equity: known(decimal),
    /** Deprecated by Alpaca, which sends the same value as {@link equity}. */
    portfolio_value: known(decimal),
    buying_power: known(decimal),
    regt_buying_power: known(decimal),
    non_marginable_buying_power: known(decimal),
    long_market_value: known(decimal),
    /** Negative while short. */
    short_market_value: known(decimal),
    initial_margin: known(decimal),
    maintenance_margin: known(decimal),
    multiplier: known(decimal),
    accrued_fees: known(decimal),
    trading_blocked: z.boolean().catch(false),
    transfers_blocked: z.boolean().catch(false),
    account_blocked: z.boolean().catch(false),
    trade_suspended_by_user: z.boolean().catch(false),
    shorting_enabled: z.boolean().catch(false),
    created_at: known(epochMs),
  })
  .transform(camelKeys)
export type Account = z.output<typeof account>

/**
 * A position in one symbol. Values that depend on a price are undefined while Alpaca has none, and figures that cannot be
 * read are, so that they do not hide what is held.
 */
export const position = z
  .object({
    asset_id: z.string(),
    symbol: z.string(),
    /**
     * `us_equity`, `us_option` or `crypto`; crypto positions are named without the slash, such as `BTCUSD`.
     */
    asset_class: maybe(z.string()),
    exchange: z.string().catch(''),
    side: z.enum(['long', 'short']),
    /** Negative while short. */
    qty: decimal,
    /** Not reserved by open orders. */
    qty_available: known(decimal),
    /** What a share cost on average; undefined if Alpaca does not say. */
    avg_entry_price: known(decimal),
    cost_basis: known(decimal),
    market_value: known(decimal),
    current_price: known(decimal),
    lastday_price: known(decimal),
    unrealized_pl: known(decimal),
    /** A fraction: 0.01 is one percent. */
    unrealized_plpc: known(decimal),
    unrealized_intraday_pl: known(decimal),
    unrealized_intraday_plpc: known(decimal),
    /** A fraction. */
    change_today: known(decimal),
  })
  .transform(camelKeys)
export type Position = z.output<typeof position>

/** One execution. Alpaca's list of these is authoritative about what was filled. */
export const fill = z
  .object({
    id: z.string(),
    order_id: z.string(),
    symbol: z.string(),
    /** Can be `sell_short` besides `buy` and `sell`. */
    side: z.string(),
    type: z.string(),
    price: decimal,
    qty: decimal,
    /** The order's total, including this fill. */
    cum_qty: maybe(decimal),
    leaves_qty: maybe(decimal),
    order_status: maybe(z.string()),
    transaction_time: stamp,
  })
  .transform(({ transaction_time: { time, at }, ...rest }) => ({ ...camelKeys(rest), time, at }))
export type Fill = z.output<typeof fill>

/** Which fills to return, newest first unless requested otherwise. */
export interface FillsRequest {
  /** Epoch ms, exclusive. */
  readonly after?: number
  /** Epoch ms, exclusive. */
  readonly until?: number
  readonly direction?: 'asc' | 'desc'
}

const series = z.array(z.number().nullable())

/** The account's value over time. */
export const portfolioHistory = z
  .object({
    timestamp: z.array(z.number()),
    equity: series,
    profit_loss: series,
    profit_loss_pct: series,
    base_value: maybe(decimal),
    timeframe: z.string().catch(''),
  })
  .transform(({ timestamp, equity, profit_loss, profit_loss_pct, base_value, timeframe }) => ({
    timeframe,
    baseValue: base_value,
    points: timestamp.map((seconds, index) => ({
      /** Epoch ms. */
      at: seconds * 1_000,
      equity: decimalAt(equity, index),
      profitLoss: decimalAt(profit_loss, index),
      /** A fraction. */
      profitLossPct: decimalAt(profit_loss_pct, index),
    })),
  }))
export type PortfolioHistory = z.output<typeof portfolioHistory>

const decimalAt = (values: readonly (number | null)[], index: number) => maybe(decimal).parse(values[index])

/** Which part of the account's history; a month of days if empty. */
export interface PortfolioHistoryRequest {
  /** Such as `1D`, `1W`, `1M`, `1A`. */
  readonly period?: string
  readonly timeframe?: '1Min' | '5Min' | '15Min' | '1H' | '1D'
  /** Epoch ms. At most two of start, end and period. */
  readonly start?: number
  readonly end?: number
  readonly intradayReporting?: 'market_hours' | 'extended_hours' | 'continuous'
}
