import * as z from 'zod'
import type { DatabaseAway, DatabaseStatus } from '../database.ts'
import type { Anomaly, SystemStats } from '../health.ts'
import { loadRequest, type Coverage, type LoadEstimate, type LoadProgress } from '../history.ts'
import type { Connection, MarketRow, MarketSession, Sparkline } from '../market.ts'
import { call, event, type Api, type Emitter, type Handlers } from '../rpc/channel.ts'
import { stockSymbol, type SignedDecimal, type StockSymbol } from '../units.ts'
import type { VerificationReport } from '../verification.ts'
import { account, credentials, settingsPatch, type SettingsView } from '../settings.ts'

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

/** Everything that crosses between main and a window. Nothing else does. */
export const contract = {
  app: {
    info: call().returns<AppInfo>(),
    /** Opens one of the pages that Signal knows in the user's browser. */
    openPage: call(z.enum(['alpaca-keys', 'alpaca-status'])).returns<void>(),
    /** Shows the log file in the system's file manager. */
    showLog: call().returns<void>(),
  },
  market: {
    /** All that is known now; from then on {@link contract.market.changes} keeps it fresh. */
    snapshot: call().returns<MarketSnapshot>(),
    /** At most one a throttle interval; each holds only the symbols that changed since the last, in full. */
    changes: event<readonly MarketRow[]>(),
    sparklines: event<readonly Sparkline[]>(),
    connection: event<Connection>(),
    session: event<MarketSession>(),
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
  database: {
    status: call().returns<DatabaseStatus>(),
    changed: event<DatabaseStatus>(),
  },
  settings: {
    read: call().returns<SettingsView>(),
    /** Changes only what is given; answers the whole as it is then. */
    save: call(settingsPatch).returns<SettingsView, SettingsRefusal>(),
    /** Tries keys against the account without keeping them. */
    testCredentials: call(z.object({ account, credentials })).returns<CredentialTest>(),
    /** Keeps keys, encrypted; `plainText` is the user's consent where the system has no keyring. */
    saveCredentials: call(z.object({ account, credentials, plainText: z.boolean() })).returns<
      SettingsView,
      SettingsRefusal
    >(),
    forgetCredentials: call(account).returns<SettingsView, SettingsRefusal>(),
    changed: event<SettingsView>(),
  },
} as const

export type SignalApi = Api<typeof contract>
export type SignalHandlers = Handlers<typeof contract>
export type SignalEmitter = Emitter<typeof contract>
