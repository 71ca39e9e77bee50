import type { Mode } from '../settings.ts'
import type { EpochMs, Price, Quantity, SignedDecimal, StockSymbol } from '../units.ts'
import type { RiskLimits } from './limits.ts'
import type { FillView, OrderView } from './order.ts'

/** What is held of one symbol, folded from fills, with what follows from the price now. */
export interface PositionView {
  readonly symbol: StockSymbol
  /** Shares, negative while short. */
  readonly quantity: SignedDecimal
  readonly averagePrice: Price
  /** Shares that no working order speaks for; never negative. */
  readonly available: Quantity
  /** The price that the rest is reckoned with; absent while none is known, and so is the rest. */
  readonly lastPrice?: Price
  /** Negative while short. */
  readonly marketValue?: SignedDecimal
  /** Since the last close, or since it was bought today. */
  readonly dayPnl?: SignedDecimal
  /** Against the average price. */
  readonly totalPnl?: SignedDecimal
  /** A percentage of the cost, two places. */
  readonly totalPnlPercent?: SignedDecimal
}

/** The account's figures in US dollars: as Alpaca last told, moved on by the prices since. */
export interface AccountSummary {
  /** The last four characters of the account's number. */
  readonly endsWith: string
  readonly equity: SignedDecimal
  readonly cash: SignedDecimal
  readonly buyingPower: SignedDecimal
  /** Equity at the last close. */
  readonly lastEquity: SignedDecimal
  /** equity - last equity, and that in percent, two places. */
  readonly dayPnl: SignedDecimal
  readonly dayPnlPercent: SignedDecimal
  /** Of today's closed trades, from fills alone. */
  readonly realizedPnl: SignedDecimal
  /** Initial margin in use, percent of equity, two places. */
  readonly marginUsedPercent: SignedDecimal
  /** Alpaca lets it trade. */
  readonly mayTrade: boolean
  readonly asOf: EpochMs
}

/** Why not everything may be sent now. */
export type TradingReason =
  'kill-switch' | 'daily-loss' | 'feed-mute' | 'reconciling' | 'not-armed' | 'disconnected' | 'database-away'

/**
 * `reducing`: only what makes a position smaller. `halted`: no new orders, by the trader's own switch;
 * cancel, close and flatten work in each. */
export interface TradingState {
  readonly state: 'active' | 'reducing' | 'halted'
  /** Every reason that holds, the gravest first; empty when active. */
  readonly reasons: readonly {
    readonly reason: TradingReason
    readonly sentence: string
    readonly since: EpochMs
  }[]
  /** Of the live account: until when it is armed; absent while it is not. */
  readonly armedUntil?: EpochMs
}

/** Something that our events and the exchange tell differently. */
export interface Difference {
  readonly what: 'order' | 'position' | 'cash'
  /** The order's id, or the symbol. */
  readonly of: string
  readonly ours: string
  readonly theirs: string
}

/** How our books compare with the exchange's. */
export interface Reconciliation {
  readonly state: 'running' | 'agreed' | 'differs' | 'failed'
  readonly at: EpochMs
  readonly differences: readonly Difference[]
  /** Why it could not be done, in words. */
  readonly problem?: string
}

/** Everything about trading that a window shows first. */
export interface TradingSnapshot {
  readonly mode: Mode
  readonly trading: TradingState
  /** Absent until Alpaca told it once. */
  readonly account?: AccountSummary
  readonly positions: readonly PositionView[]
  /** All that are open and the last closed ones, newest first. */
  readonly orders: readonly OrderView[]
  /** Of those orders, newest first. */
  readonly fills: readonly FillView[]
  readonly limits: RiskLimits
  readonly reconciliation: Reconciliation
}

/** What changed since: each part that is there replaces its like; orders by id, fills are new. */
export interface TradingChange {
  /** Orders and fills are all that there are; those that were known before are gone. */
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
  /** What it costs, or brings when it closes: price × quantity. */
  readonly cost?: Price
  readonly buyingPowerBefore?: SignedDecimal
  readonly buyingPowerAfter?: SignedDecimal
  /** Position after it is filled, shares. */
  readonly positionAfter?: SignedDecimal
  /** What is lost when the stop leg fills at its price. */
  readonly lossAtStop?: Price
  /** What is won when the target fills. */
  readonly gainAtTarget?: Price
  /** Half the spread times the quantity, for orders that cross it. */
  readonly spreadCost?: Price
}
