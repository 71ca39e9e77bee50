import type { MarketRow, MarketSession } from '#shared/market'
import type { Mode } from '#shared/settings'
import type { AccountSummary, PositionView, TradingState } from '#shared/trading/account'
import type { RiskLimits } from '#shared/trading/limits'
import type { OrderSide, OrderView } from '#shared/trading/order'
import type { EpochMs, StockSymbol } from '#shared/units'

/** What Alpaca allows for a stock. */
export interface AssetPermissions {
  readonly tradable: boolean
  readonly fractionable: boolean
  readonly shortable: boolean
  readonly easyToBorrow: boolean
  /** Fractions may be traded in extended hours. */
  readonly fractionableExtended: boolean
  /** It trades in the overnight session, and is not halted there. */
  readonly overnightTradable: boolean
}

/** An order that was sent recently. */
export interface RecentOrder {
  readonly symbol: StockSymbol
  readonly side: OrderSide
  /** Shares, or dollars with a leading `$`; a duplicate has the same amount. */
  readonly amount: string
  readonly at: EpochMs
}

/** Everything the checks of one order need, as known at one moment. */
export interface RiskContext {
  readonly now: EpochMs
  readonly mode: Mode
  readonly session: MarketSession
  /** The symbol's quote, trade and halt, with their provenance; absent until something is known. */
  readonly row?: MarketRow
  /** `unknown` if the asset list could not be fetched; undefined if the symbol is not on it. */
  readonly asset: AssetPermissions | 'unknown' | undefined
  readonly limits: RiskLimits
  readonly trading: TradingState
  /** Absent until Alpaca has reported it. */
  readonly account?: AccountSummary
  /** In the order's symbol. */
  readonly position?: PositionView
  /** Of every symbol, except an order that is being replaced. */
  readonly openOrders: readonly OrderView[]
  /** Of the last minute. */
  readonly recent: readonly RecentOrder[]
}
