import * as z from 'zod'
import {
  databaseChoice,
  type CopyResult,
  type DatabaseAway,
  type DatabaseStatus,
  type DatabaseTest,
} from '../database.ts'
import type { Anomaly, SystemStats } from '../health.ts'
import { loadRequest } from '../history.ts'
import type { Connection, MarketRow, MarketSession, Sparkline } from '../market.ts'
import type { RuntimeConcern } from '../runtime-concern.ts'
import { call, event, type Api, type Emitter, type Handlers } from '../rpc/channel.ts'
import type { Reconciliation, TradingChange, TradingSnapshot, WhatIf } from '../trading/account.ts'
import { auditFilter, type AuditEvent, type LogVerdict } from '../trading/audit.ts'
import { riskLimits, riskLimitsPatch, type RiskLimits } from '../trading/limits.ts'
import type { TradingNotice } from '../trading/notice.ts'
import { intentId, orderChange, orderDraft, type OrderView } from '../trading/order.ts'
import type { OrderProblem } from '../trading/problem.ts'
import { storedCopy, storedHistory, storedLog } from '../stored-calls.ts'
import {
  quantity,
  stockSymbol,
  type Price,
  type Quantity,
  type SignedDecimal,
  type StockSymbol,
} from '../units.ts'
import { accountKind, credentials, mode, settingsPatch, type SettingsView } from '../settings.ts'
import { ticketStart } from '../ticket-start.ts'
import type { UpdateStatus } from '../updates.ts'
import { listedSymbols } from '../watchlists.ts'

/** What the app runs on, for the status bar and for bug reports. */
export interface AppInfo {
  readonly version: string
  /** In words, such as "Electron 45.4.1 (Chromium 150, Node 24)". */
  readonly runtime: string
  readonly dataDir: string
  readonly logFile: string
  /** What makes this runtime unsafe for real money, as of now; shown before the live account is armed. */
  readonly concerns: readonly RuntimeConcern[]
}

/** Everything a window needs to paint its first frame. */
export interface MarketSnapshot {
  readonly rows: readonly MarketRow[]
  readonly sparklines: readonly Sparkline[]
  readonly connection: Connection
  readonly session: MarketSession
}

/** Why settings were not saved. `field` is a key of Settings. */
export type SettingsRefusal =
  | { readonly kind: 'fixed'; readonly field: string; readonly variable: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }
  | { readonly kind: 'no-credentials'; readonly message: string }
  | { readonly kind: 'no-encryption'; readonly message: string }
  | { readonly kind: 'not-written'; readonly message: string }

/** Alpaca's answer to a pair of keys. */
export type CredentialTest =
  | {
      readonly kind: 'accepted'
      /** Absent for the live account: it arms it. */
      readonly accountEndsWith?: string
      readonly status: string
      /** US dollars; absent if Alpaca did not report it. */
      readonly equity?: SignedDecimal
    }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }

/** A stock whose bars can be loaded. */
export interface AssetMatch {
  readonly symbol: StockSymbol
  readonly name: string
  readonly exchange: string
}

/** Which of some symbols the broker doesn't list; `unchecked` while its list isn't known, such as offline. */
export type SymbolCheck =
  { readonly kind: 'checked'; readonly unknown: readonly StockSymbol[] } | { readonly kind: 'unchecked' }

/** Why an order, or a change of one, was not sent, in words. */
export interface OrderRefusal {
  readonly kind: 'refused'
  /** At least one; a problem of level `ask` refuses only if it was not accepted. */
  readonly problems: readonly OrderProblem[]
}

/** What the checks say about a draft, and what would follow from it. */
export interface OrderCheck {
  readonly problems: readonly OrderProblem[]
  readonly whatIf: WhatIf
}

/** What the exchange itself reports as held, requested a moment ago. */
export interface ExchangeView {
  readonly orders: readonly {
    readonly id: string
    readonly symbol: string
    /** Alpaca's own word. */
    readonly status: string
    readonly quantity?: Quantity
    readonly filledQuantity: Quantity
  }[]
  readonly positions: readonly {
    readonly symbol: string
    readonly quantity: SignedDecimal
    readonly averagePrice?: Price
  }[]
  readonly reconciliation: Reconciliation
}

/** The result of canceling everything. */
export interface CancelAllResult {
  /** How many cancels were sent. */
  readonly canceled: number
  /** Orders that the exchange may or may not have, which is not known yet, such as `Buy 10 AAPL`. */
  readonly unanswered: readonly string[]
}

/** The result of a flatten. */
export interface FlattenResult {
  /** The exchange reports no positions and no open orders, and no order is without an answer. */
  readonly isFlat: boolean
  /** In words: what was canceled and closed, or what is left and why. */
  readonly sentence: string
}

/** Why the live account was not armed. */
export type ArmingFailure =
  | { readonly kind: 'not-armed'; readonly message: string }
  /** All that makes this runtime unsafe; at least one was not accepted. */
  | { readonly kind: 'unsafe-runtime'; readonly concerns: readonly RuntimeConcern[] }

/** Codes of the problems that the trader has read and accepted. */
const accepted = z.array(z.string().max(60)).max(30)

/** Result of saving to a file that the trader chose. */
export type SaveResult = { readonly kind: 'saved'; readonly path: string } | { readonly kind: 'canceled' }
export type SaveFailure = { readonly kind: 'not-written'; readonly message: string }

/** Everything that crosses between main and a window. Nothing else does. */
export const contract = {
  app: {
    info: call().returns<AppInfo>(),
    /** Opens one of the pages Signal knows in the user's browser. */
    openPage: call(z.enum(['alpaca-keys', 'alpaca-status'])).returns<void>(),
    /** Shows the log file in the system's file manager. */
    showLog: call().returns<void>(),
    /** Opens the data folder in the system's file manager. */
    showDataFolder: call().returns<void>(),
    /** Something to tell the trader now, such as that another version was started beside this one. */
    notice: event<string>(),
    /** Opens the order ticket in its own window, or brings it to the front. */
    openTicket: call(z.object({ start: ticketStart.optional() })).returns<void>(),
    /** Passes an order to the ticket's own window and brings it to the front; false if there is no such window. */
    passToTicket: call(z.object({ start: ticketStart.optional() })).returns<boolean>(),
    /** Asks where to save, and writes the text there. `name` is the suggested file name. */
    saveText: call(
      z.object({ name: z.string().regex(/^[\w.-]{1,80}$/, 'is not a file name'), text: z.string() }),
    ).returns<SaveResult, SaveFailure>(),
  },
  market: {
    /** Everything known now; from then on {@link contract.market.changes} keeps it fresh. */
    snapshot: call().returns<MarketSnapshot>(),
    /**
     * At most one per throttle interval; each holds only the symbols that changed since the last, in full.
     */
    changes: event<readonly MarketRow[]>(),
    sparklines: event<readonly Sparkline[]>(),
    connection: event<Connection>(),
    session: event<MarketSession>(),
    /**
     * Symbols outside the watchlist whose rows are also wanted, such as a ticket's; the last eight of all
     * windows.
     */
    follow: call(z.array(stockSymbol).max(8)).returns<void>(),
    /** Disconnects and reconnects immediately. */
    reconnect: call().returns<void>(),
  },
  monitor: {
    stats: call().returns<SystemStats>(),
    /** Once a second. */
    statsChanged: event<SystemStats>(),
    /** The last 100, newest first. */
    anomalies: call().returns<readonly Anomaly[]>(),
    anomaly: event<Anomaly>(),
  },
  history: {
    /** Stocks whose symbol or name starts with the text or contains it: best matches first, at most 20. */
    findAssets: call(z.object({ text: z.string().max(60) })).returns<readonly AssetMatch[]>(),
    /** Looks symbols up in the list of assets. */
    checkSymbols: call(z.object({ symbols: listedSymbols })).returns<SymbolCheck>(),
    ...storedHistory<DatabaseAway>(),
    /** Starts a load, which survives closing and reopening the app; answers its id. */
    start: call(loadRequest).returns<string, DatabaseAway>(),
    /** Starts a load that fills what a verification found missing; the result is written to the event log. */
    fill: call(loadRequest).returns<string, DatabaseAway>(),
  },
  /**
   * Calls that send an order name the mode the window shows, so that an order never reaches another account.
   */
  trading: {
    snapshot: call().returns<TradingSnapshot>(),
    /** At most four a second for prices; immediately for changes of orders. */
    changed: event<TradingChange>(),
    /** What happened to orders and positions, in words; immediately. */
    noticed: event<TradingNotice>(),
    /** What the checks say about a draft now. Nothing is sent. */
    check: call(orderDraft).returns<OrderCheck>(),
    /**
     * Records the order, then sends it, and answers its state. The same intent sent twice is one order, and
     * answers that order's state.
     */
    submit: call(z.object({ mode, intent: intentId, draft: orderDraft, accepted })).returns<
      OrderView,
      OrderRefusal
    >(),
    /** A new order in place of an open one; `intent` names the new one. */
    replace: call(
      z.object({ mode, intent: intentId, orderId: z.string().max(128), change: orderChange, accepted }),
    ).returns<OrderView, OrderRefusal>(),
    cancel: call(z.string().max(128)).returns<OrderView, OrderRefusal>(),
    /**
     * Cancels all open orders, or a symbol's. Orders without an answer are waited for a while, and canceled when they
     * show up.
     */
    cancelAll: call(z.object({ symbol: stockSymbol.optional() })).returns<CancelAllResult, OrderRefusal>(),
    /** Closes all or part of a position at the market. */
    closePosition: call(
      z.object({ mode, intent: intentId, symbol: stockSymbol, quantity: quantity.optional() }),
    ).returns<OrderView, OrderRefusal>(),
    /**
     * Closes a whole position, and once the exchange says flat, opens the opposite one by an order that passes all
     * checks; `intent` names that order, which is answered. If anything is refused or takes too long, it stops there.
     */
    reverse: call(z.object({ mode, intent: intentId, symbol: stockSymbol, accepted })).returns<
      OrderView,
      OrderRefusal
    >(),
    /**
     * Moves the position's stops that would lose money to its average price, rounded to the tick that loses nothing;
     * answers the orders that replace them. `intent` names the first of those.
     */
    breakEven: call(z.object({ mode, intent: intentId, symbol: stockSymbol })).returns<
      readonly OrderView[],
      OrderRefusal
    >(),
    /** Cancels all orders, closes all positions, and checks the result with the exchange. */
    flatten: call(z.object({ mode })).returns<FlattenResult, OrderRefusal>(),
    /**
     * The kill switch: no new orders until it is released. {@link cancel}, {@link closePosition} and
     * {@link flatten} still work.
     */
    halt: call().returns<void, OrderRefusal>(),
    /** Requires the word UNLOCK, at least a minute after the halt. */
    release: call(z.object({ typed: z.string().max(20) })).returns<
      void,
      { readonly kind: 'not-released'; readonly message: string }
    >(),
    /**
     * Arms the live account; takes the last four characters of its number, which the window is not told, and the codes
     * of what makes this runtime unsafe, as far as the trader accepts it.
     */
    arm: call(z.object({ endsWith: z.string().max(10), accepted: accepted.optional() })).returns<
      void,
      ArmingFailure
    >(),
    disarm: call().returns<void>(),
    /** Loosening a limit takes a released kill switch and, for the live account, arming. */
    setLimits: call(riskLimitsPatch).returns<RiskLimits, OrderRefusal>(),
    /** Ends the block after a loss of the database: the trader confirms these limits, which must be those in force. */
    confirmLimits: call(riskLimits).returns<void, OrderRefusal>(),
    /** Compares with the exchange immediately. */
    reconcile: call().returns<ExchangeView, OrderRefusal>(),
  },
  audit: {
    /** Newest first, each with the symbol of its order; `beforeId` continues after the last one of a page. */
    events: call(
      auditFilter.extend({
        beforeId: z.number().int().optional(),
        limit: z.number().int().min(1).max(1_000),
      }),
    ).returns<readonly AuditEvent[], DatabaseAway>(),
    ...storedLog<DatabaseAway>(),
    /** Checks the whole log: by its hashes, and by what Signal had noted of it outside the database. */
    verify: call().returns<LogVerdict, DatabaseAway>(),
    /** Events that were just written. */
    appended: event<readonly AuditEvent[]>(),
    /** Writes the matching events as JSON lines to a file that the trader chooses. */
    export: call(auditFilter).returns<SaveResult, DatabaseAway | SaveFailure>(),
  },
  database: {
    status: call().returns<DatabaseStatus>(),
    changed: event<DatabaseStatus>(),
    /** Opens a database as Signal would, including its tables, and says what it is or what is wrong. */
    test: call(databaseChoice).returns<DatabaseTest, DatabaseAway>(),
    /**
     * Copies everything this mode stores to another database, which is not used until it is saved in the
     * settings.
     */
    copyTo: call(databaseChoice).returns<CopyResult, DatabaseAway>(),
    ...storedCopy<DatabaseAway>(),
  },
  settings: {
    read: call().returns<SettingsView>(),
    /** Changes only what is given; answers all settings afterward. */
    save: call(settingsPatch).returns<SettingsView, SettingsRefusal>(),
    /** Tries keys against the account without saving them. */
    testCredentials: call(z.object({ account: accountKind, credentials })).returns<CredentialTest>(),
    /** Saves keys, encrypted; `plainText` is the user's consent where the system has no keyring. */
    saveCredentials: call(z.object({ account: accountKind, credentials, plainText: z.boolean() })).returns<
      SettingsView,
      SettingsRefusal
    >(),
    /** Agrees to send the paper account's saved keys to these hosts, which the window showed. */
    confirmHosts: call(z.object({ hosts: z.array(z.string().max(300)).min(1).max(10) })).returns<
      SettingsView,
      SettingsRefusal
    >(),
    forgetCredentials: call(accountKind).returns<SettingsView, SettingsRefusal>(),
    /**
     * Keeps bars and events in that database from now on. The password is encrypted; `plainText` as with
     * keys.
     */
    saveDatabase: call(z.object({ choice: databaseChoice, plainText: z.boolean() })).returns<
      SettingsView,
      SettingsRefusal
    >(),
    changed: event<SettingsView>(),
  },
  updates: {
    status: call().returns<UpdateStatus>(),
    /** Asks for the notice of newer versions now; answers when it came, or did not. */
    check: call().returns<UpdateStatus>(),
    /** Opens the download page of the newer version in the user's browser. */
    openPage: call().returns<void>(),
    changed: event<UpdateStatus>(),
  },
} as const

export type SignalApi = Api<typeof contract>
export type SignalHandlers = Handlers<typeof contract>
export type SignalEmitter = Emitter<typeof contract>
