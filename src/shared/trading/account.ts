import type { Mode } from '../settings.ts'
import type { EpochMs, Price, Quantity, SignedDecimal, StockSymbol } from '../units.ts'
import type { RiskLimits } from './limits.ts'
import type { FillView, OrderState, OrderType, OrderView } from './order.ts'
import type { TradingReason } from './trading-reason.ts'

/** An open order that makes a position smaller. */
export interface PositionExit {
  readonly orderId: string
  /** `other`: a market order, or one in dollars. */
  readonly kind: 'stop' | 'target' | 'other'
  readonly type: OrderType
  readonly state: OrderState
  /** Its entry is not filled yet, so that it does not protect the position. */
  readonly waitsForEntry?: true
  /** Unfilled shares; absent for an order in dollars. */
  readonly quantity?: Quantity
  readonly limitPrice?: Price
  /** Of a trailing stop, where the exchange has it now; absent until it says. */
  readonly stopPrice?: Price
  /** Distance of a trailing stop: either dollars or percent. */
  readonly trailPrice?: Price
  readonly trailPercent?: Price
  /** Dollars a share between the fill of its entry and the entry's first stop (1 R); absent without either. */
  readonly entryRisk?: Price
  /** `external`: sent by Alpaca's own app or another program. */
  readonly origin: OrderView['origin']
}

/** What the open positions can lose. */
export interface OpenRisk {
  /**
   * US dollars from the current prices to the stops, for all shares that have one. A stop that the price has passed adds
   * nothing; gaps beyond a stop are not part of it.
   */
  readonly atStops: SignedDecimal
  /** Positions of which some shares have no stop that works now. */
  readonly withoutStop: readonly StockSymbol[]
}

/** A position in one symbol, folded from fills, with the values that follow from the current price. */
export interface PositionView {
  readonly symbol: StockSymbol
  /** Shares, negative while short. */
  readonly quantity: SignedDecimal
  /** Absent while the exchange does not say. */
  readonly averagePrice?: Price
  /** The price used for the values below; absent while unknown, and so are they. */
  readonly lastPrice?: Price
  /** Negative while short. */
  readonly marketValue?: SignedDecimal
  /** Since the last close, or since it was bought today. */
  readonly dayPnl?: SignedDecimal
  /** Against the average price. */
  readonly totalPnl?: SignedDecimal
  /** A percentage of the cost, two places. */
  readonly totalPnlPercent?: SignedDecimal
  /** Its open exits: stops first, then targets, each nearest to the market first. */
  readonly exits: readonly PositionExit[]
}

/** The account's figures in US dollars: as last reported by Alpaca, updated with the prices since. */
export interface AccountSummary {
  /** The last four characters of the account's number. A window isn't told the live account's, which arm it. */
  readonly endsWith?: string
  readonly equity: SignedDecimal
  /**
   * The equity by which the daily loss is judged, the lesser of two: what Alpaca last reported, and the most that
   * usable quotes made of it in the last five seconds.
   */
  readonly lossEquity: SignedDecimal
  readonly cash: SignedDecimal
  readonly buyingPower: SignedDecimal
  /** Equity at the last close. */
  readonly lastEquity: SignedDecimal
  /** equity - lastEquity, and the same in percent, two places. */
  readonly dayPnl: SignedDecimal
  readonly dayPnlPercent: SignedDecimal
  /** From today's closed trades, by fills alone. */
  readonly realizedPnl: SignedDecimal
  /** Initial margin in use, percent of equity, two places; absent if Alpaca does not say. */
  readonly marginUsedPercent?: SignedDecimal
  /** Absent while the price of a position that has stops is unknown. */
  readonly openRisk?: OpenRisk
  /** Whether Alpaca allows it to trade. */
  readonly mayTrade: boolean
  /** When Alpaca was asked for its last report; each report tells a new time, even of the same figures. */
  readonly asOf: EpochMs
}

/**
 * `reducing`: only orders that make a position smaller. `halted`: no new orders, by the trader's kill switch, or
 * because limits must be confirmed first or cannot be kept. Cancel, close and flatten work in each.
 */
export interface TradingState {
  readonly state: 'active' | 'reducing' | 'halted'
  /** Every reason that applies, most serious first; empty when active. */
  readonly reasons: readonly {
    readonly reason: TradingReason
    readonly sentence: string
    readonly since: EpochMs
  }[]
  /** Live account only: when its arming expires; absent while disarmed. */
  readonly armedUntil?: EpochMs
}

/** A difference between our account state and the exchange's. */
export interface Difference {
  /** `unreadable`: the exchange reports something that Signal cannot read. */
  readonly what: 'order' | 'position' | 'average-price' | 'cash' | 'unreadable'
  /** The order's id, or the symbol, or the name of the row. */
  readonly of: string
  readonly ours: string
  readonly theirs: string
}

/** How our account state compares with the exchange's. */
export interface Reconciliation {
  readonly state: 'running' | 'agreed' | 'differs' | 'failed'
  /**
   * Whether the exchange has reported the account since Signal started. Before, what it holds is not known, even if the
   * lists are empty.
   */
  readonly hasBegun: boolean
  readonly at: EpochMs
  readonly differences: readonly Difference[]
  /** Why it failed, in words; while a comparison runs, why the one before did. */
  readonly problem?: string
}

/** How many closed orders a window gets at first; older ones are in the event log alone. */
export const SHOWN_CLOSED = 1_000

/** Everything about trading that a window shows first. */
export interface TradingSnapshot {
  readonly mode: Mode
  readonly trading: TradingState
  /** Absent until Alpaca has reported it once. */
  readonly account?: AccountSummary
  readonly positions: readonly PositionView[]
  /** All open orders and the last closed ones, newest first. */
  readonly orders: readonly OrderView[]
  /** Of those orders, newest first. */
  readonly fills: readonly FillView[]
  readonly limits: RiskLimits
  readonly reconciliation: Reconciliation
}

/**
 * What changed since the last one: each field that is present replaces the old value; orders are matched by
 * id, fills are new.
 */
export interface TradingChange {
  /** These orders and fills are all there are; earlier ones are gone. */
  readonly isAnew?: true
  readonly trading?: TradingState
  readonly account?: AccountSummary
  /** All of them. */
  readonly positions?: readonly PositionView[]
  readonly orders?: readonly OrderView[]
  readonly fills?: readonly FillView[]
  readonly limits?: RiskLimits
  readonly reconciliation?: Reconciliation
}

/** What would follow from a draft, as far as prices are known; US dollars. */
export interface WhatIf {
  /** What it costs, or what a closing order brings in: price × quantity. */
  readonly cost?: Price
  readonly buyingPowerBefore?: SignedDecimal
  readonly buyingPowerAfter?: SignedDecimal
  /** Position after it is filled, shares. */
  readonly positionAfter?: SignedDecimal
  /** Loss if the stop leg fills at its price. */
  readonly lossAtStop?: Price
  /** Gain if the target fills. */
  readonly gainAtTarget?: Price
  /** Half the spread times the quantity, for orders that cross it. */
  readonly spreadCost?: Price
}
