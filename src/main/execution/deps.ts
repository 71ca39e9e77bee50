import type { MarketRow, MarketSession } from '#shared/market'
import type { Mode } from '#shared/settings'
import type { TradingChange } from '#shared/trading/account'
import type { Result } from '#shared/result'
import type { RpcFault } from '#shared/rpc/channel'
import type { AuditEvent, LogVerdict } from '#shared/trading/audit'
import type { TradingNotice } from '#shared/trading/notice'
import type { RuntimeConcern } from '#shared/runtime-concern'
import type { StockSymbol } from '#shared/units'
import type { AlpacaClient, Asset, TradeUpdatesHandlers } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { DatabaseProblem, StorageApi } from '#storage'
import type { SafetyStore } from './safeguards/safety-state.ts'

/** The event log and the stored values of the database in use; returns a DatabaseProblem while it is away. */
export interface EventLog {
  readonly events: Pick<StorageApi['events'], 'append' | 'read'> & {
    /** Checks the events after `after`, and those that nothing outside the database vouches for. */
    readonly prove: (after?: number) => Promise<Result<LogVerdict, DatabaseProblem | RpcFault>>
    /** Continues with a log that doesn't match what was recorded of it: it is recorded anew if its hashes hold. */
    readonly accept: () => Promise<void>
  }
  readonly values: Pick<StorageApi['values'], 'keep' | 'read'>
}

/** What trading needs from the market: the same rows that the windows show. */
export interface MarketView {
  row(symbol: StockSymbol): MarketRow | undefined
  session(): MarketSession
  /** Whether the quote feed is connected, and whether it is mute. */
  feed(): { readonly isConnected: boolean; readonly isMute: boolean }
  /** Also requests rows of these symbols, those with positions and open orders. Replaces the previous ones. */
  follow(symbols: readonly StockSymbol[]): void
  assets(): Promise<readonly Asset[]>
}

/** The Alpaca calls that trading uses. */
export type TradingClient = Pick<
  AlpacaClient,
  | 'getAccount'
  | 'getPositions'
  | 'getFills'
  | 'listOrders'
  | 'getOrder'
  | 'findOrderByClientId'
  | 'placeOrder'
  | 'replaceOrder'
  | 'cancelOrder'
  | 'cancelAllOrders'
  | 'closeAllPositions'
>

/** The stream of order updates. */
export interface TradeUpdatesConnection {
  connect(): void
  reconnect(reason: string): void
  close(): Promise<void>
}

/** A notice to the trader: shown in every window, and by the desktop. */
export interface OrderNotice {
  readonly kind:
    | 'filled'
    | 'filled-late'
    | 'partially-filled'
    | 'rejected'
    | 'unconfirmed'
    | 'found'
    | 'never-arrived'
    | 'canceled'
    | 'cancel-rejected'
    | 'expired'
    | 'done-for-day'
    | 'overfilled'
    | 'amended'
    | 'adjusted'
    | 'trailing-anew'
    | 'not-reversed'
    | 'summary'
  /** A later notice with the same key replaces this one in a window. */
  readonly key: string
  readonly title: string
  /** Empty if the title says it all. */
  readonly body: string
  readonly symbol?: StockSymbol
  readonly orderId?: string
  /** The trader knows, having done it in Signal or with another program: the desktop need not say it too. */
  readonly onlyInWindows?: true
}

/** What the execution engine of one account needs. */
export interface ExecutionDeps {
  readonly mode: Mode
  readonly client: TradingClient
  readonly openUpdates: (handlers: TradeUpdatesHandlers) => TradeUpdatesConnection
  readonly eventLog: EventLog
  /** Keeps kill switch, limits and day lock outside the database. */
  readonly safety: SafetyStore
  /** What makes this runtime unsafe for real money, as of now. */
  readonly concerns: () => readonly RuntimeConcern[]
  readonly market: MarketView
  readonly onChange: (change: TradingChange) => void
  readonly onAppended: (events: readonly AuditEvent[]) => void
  /** Shows each notice in the windows. */
  readonly onNoticed: (notice: TradingNotice) => void
  /** Shows a notice outside the windows; a burst of them comes as a few and a sum. */
  readonly onNotice: (notice: OrderNotice) => void
  readonly clock: Clock
  readonly log: Log
}
