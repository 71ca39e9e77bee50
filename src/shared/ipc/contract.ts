import * as z from 'zod'
import {
  databaseChoice,
  type CopyProgress,
  type CopyResult,
  type DatabaseAway,
  type DatabaseStatus,
  type DatabaseTest,
} from '../database.ts'
import type { Anomaly, SystemStats } from '../health.ts'
import { loadRequest, type Coverage, type LoadEstimate, type LoadProgress } from '../history.ts'
import type { Connection, MarketRow, MarketSession, Sparkline } from '../market.ts'
import { call, event, type Api, type Emitter, type Handlers } from '../rpc/channel.ts'
import type { Reconciliation, TradingChange, TradingSnapshot, WhatIf } from '../trading/account.ts'
import type { AuditEvent, AuditVerdict } from '../trading/audit.ts'
import { riskLimitsPatch, type RiskLimits } from '../trading/limits.ts'
import { intentId, orderChange, orderDraft, type OrderView } from '../trading/order.ts'
import type { OrderProblem } from '../trading/problem.ts'
import {
  quantity,
  stockSymbol,
  type Price,
  type Quantity,
  type SignedDecimal,
  type StockSymbol,
} from '../units.ts'
import type { VerificationReport } from '../verification.ts'
import { accountKind, credentials, mode, settingsPatch, type SettingsView } from '../settings.ts'

/** What the app runs on, for the status bar and for a report of a fault. */
export interface AppInfo {
  readonly version: string
  /** In words, such as "Electron 45.4.1 (Chromium 150, Node 24)". */
  readonly runtime: string
  readonly dataDir: string
  readonly logFile: string
}

/** All that a window needs to paint its first frame. */
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

/** What Alpaca said to a pair of keys. */
export type CredentialTest =
  | {
      readonly kind: 'accepted'
      readonly accountEndsWith: string
      readonly status: string
      /** US dollars; absent where Alpaca did not tell. */
      readonly equity?: SignedDecimal
    }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }

/** A stock that bars can be loaded of. */
export interface AssetMatch {
  readonly symbol: StockSymbol
  readonly name: string
  readonly exchange: string
}

/** What there is, and what a load would take. */
export interface LoadPlan {
  readonly coverage: readonly Coverage[]
  readonly estimate: LoadEstimate
}

/** An order, or a change of one, that was not sent: why, in words. */
export interface OrderRefusal {
  readonly kind: 'refused'
  /** At least one; those to `ask` refuse only what was not answered. */
  readonly problems: readonly OrderProblem[]
}

/** What the checks say of a draft, and what would follow from it. */
export interface OrderCheck {
  readonly problems: readonly OrderProblem[]
  readonly whatIf: WhatIf
}

/** What the exchange itself says it holds, as asked a moment ago. */
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
    readonly averagePrice: Price
  }[]
  readonly reconciliation: Reconciliation
}

/** What was left when everything was to be closed. */
export interface FlattenResult {
  /** The exchange says that nothing is held and nothing works any more. */
  readonly isFlat: boolean
  /** In words: what was canceled and closed, or what is left and why. */
  readonly sentence: string
}

/** Problems that the trader has read and sends the order in spite of: their codes. */
const accepted = z.array(z.string().max(60)).max(30)

/** Which events: those that fit everything that is given. */
const auditFilter = z.object({
  stream: z.string().max(200).optional(),
  streamPrefix: z.string().max(200).optional(),
  type: z.string().max(100).optional(),
  /** from <= at < until, epoch ms. */
  from: z.number().int().optional(),
  until: z.number().int().optional(),
})

/** What came of a file that the trader was asked a name for. */
export type SaveResult = { readonly kind: 'saved'; readonly path: string } | { readonly kind: 'canceled' }
export type SaveFailure = { readonly kind: 'not-written'; readonly message: string }

/** Everything that crosses between main and a window. Nothing else does. */
export const contract = {
  app: {
    info: call().returns<AppInfo>(),
    /** Opens one of the pages that Signal knows in the user's browser. */
    openPage: call(z.enum(['alpaca-keys', 'alpaca-status'])).returns<void>(),
    /** Shows the log file in the system's file manager. */
    showLog: call().returns<void>(),
    /** Opens the order ticket as a window of its own, or brings it to the front. */
    openTicket: call(z.object({ symbol: stockSymbol.optional() })).returns<void>(),
    /** Asks for a place and writes the text there. `name` is proposed. */
    saveText: call(
      z.object({ name: z.string().regex(/^[\w.-]{1,80}$/, 'is not a file name'), text: z.string() }),
    ).returns<SaveResult, SaveFailure>(),
  },
  market: {
    /** All that is known now; from then on {@link contract.market.changes} keeps it fresh. */
    snapshot: call().returns<MarketSnapshot>(),
    /** At most one a throttle interval; each holds only the symbols that changed since the last, in full. */
    changes: event<readonly MarketRow[]>(),
    sparklines: event<readonly Sparkline[]>(),
    connection: event<Connection>(),
    session: event<MarketSession>(),
    /** Symbols beside the watch list whose rows are wanted too, such as a ticket's; the last eight of all windows. */
    follow: call(z.array(stockSymbol).max(8)).returns<void>(),
    /** Hangs up and dials again at once. */
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
    /** Stocks whose symbol or name begins with the text, or holds it: best matches first, at most 20. */
    findAssets: call(z.object({ text: z.string().max(60) })).returns<readonly AssetMatch[]>(),
    /** What is there of each symbol, and what loading the rest would take. */
    plan: call(loadRequest).returns<LoadPlan, DatabaseAway>(),
    /** Begins a load, which goes on while the app is closed and opened again; answers its id. */
    start: call(loadRequest).returns<string, DatabaseAway>(),
    /** Begins a load that fills what a verification found missing; what came of it is written to the event log. */
    fill: call(loadRequest).returns<string, DatabaseAway>(),
    pause: call(z.uuid()).returns<void, DatabaseAway>(),
    resume: call(z.uuid()).returns<void, DatabaseAway>(),
    cancel: call(z.uuid()).returns<void, DatabaseAway>(),
    /** The newest 20 loads, newest first, the running ones among them. */
    loads: call().returns<readonly LoadProgress[], DatabaseAway>(),
    /** At most ten a second for each load, and always the last. */
    progress: event<LoadProgress>(),
    /** Looks at what is stored; {@link contract.history.verified} tells how far it is. */
    verify: call(z.object({ symbols: z.array(stockSymbol).min(1).max(500) })).returns<
      readonly VerificationReport[],
      DatabaseAway
    >(),
    verified: event<{ readonly symbol: StockSymbol; readonly done: number; readonly total: number }>(),
    /** Ends a verification after the symbol at hand; its answer holds the reports until then. */
    stopVerifying: call().returns<void>(),
  },
  /** What sends an order names the mode that the window shows: an order never reaches another account. */
  trading: {
    snapshot: call().returns<TradingSnapshot>(),
    /** At most four a second for prices; at once for what happens to orders. */
    changed: event<TradingChange>(),
    /** What the checks say of a draft now. Nothing is sent. */
    check: call(orderDraft).returns<OrderCheck>(),
    /**
     * Writes the order down, then sends it, and answers where it stands. The same intent sent twice is one order, and
     * answers how that one stands.
     */
    submit: call(z.object({ mode, intent: intentId, draft: orderDraft, accepted })).returns<
      OrderView,
      OrderRefusal
    >(),
    /** A new order in the place of a working one; `intent` names the new one. */
    replace: call(
      z.object({ mode, intent: intentId, orderId: z.string().max(128), change: orderChange, accepted }),
    ).returns<OrderView, OrderRefusal>(),
    cancel: call(z.string().max(128)).returns<OrderView, OrderRefusal>(),
    /** All working orders, or those of a symbol; answers how many it asked for. */
    cancelAll: call(z.object({ symbol: stockSymbol.optional() })).returns<number, OrderRefusal>(),
    /** Closes a position at the market, or a part of it. */
    closePosition: call(
      z.object({ mode, intent: intentId, symbol: stockSymbol, quantity: quantity.optional() }),
    ).returns<OrderView, OrderRefusal>(),
    /** Cancels all orders and closes all positions, and looks whether it is so. */
    flatten: call(z.object({ mode })).returns<FlattenResult, OrderRefusal>(),
    /** The kill switch: no new orders until it is released; {@link cancel}, {@link closePosition} and {@link flatten} work. */
    halt: call().returns<void, OrderRefusal>(),
    /** Needs the word UNLOCK, and a minute after the halt. */
    release: call(z.object({ typed: z.string().max(20) })).returns<
      void,
      { readonly kind: 'not-released'; readonly message: string }
    >(),
    /** Arms the live account by the last four characters of its number. */
    arm: call(z.object({ endsWith: z.string().max(10) })).returns<
      void,
      { readonly kind: 'not-armed'; readonly message: string }
    >(),
    disarm: call().returns<void>(),
    setLimits: call(riskLimitsPatch).returns<RiskLimits, OrderRefusal>(),
    /** Compares with the exchange at once. */
    reconcile: call().returns<ExchangeView, OrderRefusal>(),
  },
  audit: {
    /** Newest first; `beforeId` goes on from the last one of a page. */
    events: call(
      auditFilter.extend({
        beforeId: z.number().int().optional(),
        limit: z.number().int().min(1).max(1_000),
      }),
    ).returns<readonly AuditEvent[], DatabaseAway>(),
    /** The types there are, and how many events. */
    facets: call().returns<{ readonly types: readonly string[]; readonly events: number }, DatabaseAway>(),
    /** Events that were just written. */
    appended: event<readonly AuditEvent[]>(),
    /** Proves by the hashes that the log is as it was written. */
    verify: call().returns<AuditVerdict, DatabaseAway>(),
    /** Writes what fits as JSON lines to a file that the trader is asked for. */
    export: call(auditFilter).returns<SaveResult, DatabaseAway | SaveFailure>(),
  },
  database: {
    status: call().returns<DatabaseStatus>(),
    changed: event<DatabaseStatus>(),
    /** Opens a database as Signal would, tables included, and says what it is or what is wrong. */
    test: call(databaseChoice).returns<DatabaseTest, DatabaseAway>(),
    /** Copies what this mode keeps to another database, which is not used before it is saved in the settings. */
    copyTo: call(databaseChoice).returns<CopyResult, DatabaseAway>(),
    copying: event<CopyProgress>(),
    /** Ends a copy after the month at hand. */
    stopCopying: call().returns<void>(),
  },
  settings: {
    read: call().returns<SettingsView>(),
    /** Changes only what is given; answers the whole as it is then. */
    save: call(settingsPatch).returns<SettingsView, SettingsRefusal>(),
    /** Tries keys against the account without keeping them. */
    testCredentials: call(z.object({ account: accountKind, credentials })).returns<CredentialTest>(),
    /** Keeps keys, encrypted; `plainText` is the user's consent where the system has no keyring. */
    saveCredentials: call(z.object({ account: accountKind, credentials, plainText: z.boolean() })).returns<
      SettingsView,
      SettingsRefusal
    >(),
    forgetCredentials: call(accountKind).returns<SettingsView, SettingsRefusal>(),
    /** Keeps bars and events elsewhere from now on, the password encrypted; `plainText` as with keys. */
    saveDatabase: call(z.object({ choice: databaseChoice, plainText: z.boolean() })).returns<
      SettingsView,
      SettingsRefusal
    >(),
    changed: event<SettingsView>(),
  },
} as const

export type SignalApi = Api<typeof contract>
export type SignalHandlers = Handlers<typeof contract>
export type SignalEmitter = Emitter<typeof contract>
