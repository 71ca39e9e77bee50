import type { Anomaly, SystemStats } from '#shared/health'
import { contract, type SignalEmitter, type SignalHandlers } from '#shared/ipc/contract'
import type { RuntimeConcern } from '#shared/runtime-concern'
import type { Mode } from '#shared/settings'
import type { Reconciliation } from '#shared/trading/account'
import type { EpochMs, StockSymbol } from '#shared/units'
import type { AlpacaConfig } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { EventLog, OrderNotice, SafetyStore, TradingHandlers } from '../execution/index.ts'
import type {
  BarCache,
  Bus,
  ConnectionState,
  FreshnessJudge,
  ListTraffic,
  MarketEvents,
  ReceivedBar,
  Sessions,
  TrafficProfile,
} from '../market/index.ts'
import type { LoopDelay, Metrics, MuteWatchdog } from '../monitor/index.ts'
import type { ActionStore } from '../storage-client/index.ts'
import type { MarketConnection } from './market-connection.ts'
import type { WatchedSymbols } from './watched-symbols.ts'

/** What an account session needs to open. */
export interface AccountSessionDeps {
  /** The demo market never closes, and its prices are marked as demo prices. */
  readonly mode: Mode
  /** Why the account isn't opened although it has keys, and what to do. */
  readonly whyClosed?: string | undefined
  readonly symbols: readonly StockSymbol[]
  readonly throttleMs: number
  /** Whether any window is visible. */
  readonly isVisible: boolean
  readonly emit: Pick<SignalEmitter, 'market' | 'monitor' | 'trading' | 'audit'>
  /** The event log of the mode. */
  readonly eventLog: EventLog
  /** The corporate actions kept for the mode. */
  readonly corporateActions: ActionStore
  /** The mode's kill switch, limits and day lock, outside the database. */
  readonly safety: SafetyStore
  /** What makes this runtime unsafe for real money, as of now. */
  readonly concerns: () => readonly RuntimeConcern[]
  readonly onAnomaly: (anomaly: Anomaly) => void
  readonly onOrderNotice: (notice: OrderNotice) => void
  /** Called with each minute bar of the stream, and its corrections. */
  readonly onBar: (bar: ReceivedBar) => void
  readonly processes: () => SystemStats['processes']
  readonly loopDelay: LoopDelay
  readonly clock: Clock
  readonly log: Log
}

/** The part of the contract that an account session answers. */
export const sessionContract = {
  market: contract.market,
  monitor: contract.monitor,
  trading: contract.trading,
}

/** Handlers of {@link sessionContract}. The mode that an order names has already been checked. */
export type SessionHandlers = Pick<SignalHandlers, 'market' | 'monitor'> & {
  readonly trading: TradingHandlers
}

/** What the parts of a session share. Each piece of state has one writer, and no part knows another. */
export interface SessionContext extends Omit<AccountSessionDeps, 'symbols' | 'isVisible'> {
  readonly bus: Bus<MarketEvents>
  readonly cache: BarCache
  readonly sessions: Sessions
  readonly connection: ConnectionState
  readonly watched: WatchedSymbols
  readonly profile: TrafficProfile
  readonly traffic: ListTraffic
  readonly judge: FreshnessJudge
  readonly watchdog: MuteWatchdog
  readonly metrics: Metrics
  /** Exchange time minus this machine's; undefined until measured. */
  readonly clockOffsetMs: () => number | undefined
  readonly learnClockOffset: (offsetMs: number) => void
  /** Why prices from before the stream are missing; undefined while they are complete. */
  readonly historyProblem: () => string | undefined
  readonly setHistoryProblem: (problem: string | undefined) => void
  /** Why it is not known what the account holds; undefined once the exchange has reported it. */
  readonly unknownAccount: () => string | undefined
  readonly learnReconciliation: (now: Reconciliation) => void
  /** The connection to the market; undefined until connect was called. */
  readonly market: () => MarketConnection | undefined
  /** Handles an area's calls of the contract from now on. */
  readonly answer: <A extends keyof SessionHandlers>(area: A, handlers: SessionHandlers[A]) => void
}

/** The context of parts that have a connection to the market. */
export interface ConnectedContext extends SessionContext {
  readonly config: AlpacaConfig
  readonly connected: MarketConnection
}

/** Ends a part; it reports nothing afterward. */
export type Stop = () => void | Promise<void>

/** A part that lives as long as the session: starts, and returns its stop. */
export type SessionPart = (context: SessionContext) => Stop

/** A part that lives as long as the connected account. */
export type ConnectedPart = (context: ConnectedContext) => Stop

/** Whether a symbol's price is judged stale. */
export const isStaleIn =
  ({ judge }: Pick<SessionContext, 'judge'>) =>
  (symbol: string, now: EpochMs): boolean =>
    judge.freshness(symbol, now) === 'stale'
