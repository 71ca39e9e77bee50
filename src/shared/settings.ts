import * as z from 'zod'
import type { DatabaseSetting } from './database.ts'
import { stockSymbol } from './units.ts'

/** The plan's watch list: twelve tech stocks and five index ETFs. */
export const DEFAULT_SYMBOLS = stockSymbol
  .array()
  .parse('AAPL TSLA NVDA PLTR GOOGL MSFT AMZN META AMD NFLX CRM ADBE SPY QQQ SMH DIA IWM'.split(' '))

export const mode = z.enum(['demo', 'paper', 'live'])
/** Which market Signal talks to: its own demo market, Alpaca with play money, or Alpaca with real money. */
export type Mode = z.output<typeof mode>

/** Which quotes the account's plan allows: IEX alone (free) or the consolidated tape. */
export const feed = z.enum(['iex', 'sip'])
export type Feed = z.output<typeof feed>

/** At most 200 different symbols, at least one. */
export const watchList = z
  .array(stockSymbol)
  .min(1, 'needs at least one symbol')
  .max(200, 'holds at most 200 symbols')
  .refine((symbols) => new Set(symbols).size === symbols.length, 'names a symbol twice')

/** What the settings file holds. Credentials are kept elsewhere, encrypted. */
export const settings = z.object({
  mode,
  symbols: watchList,
  feed,
  theme: z.enum(['system', 'light', 'dark']),
  palette: z.enum(['classic', 'color-blind', 'mono']),
  /** Least time between two updates of one symbol in a window, ms. */
  throttleMs: z.number().int().min(50, 'is at least 50 ms').max(1000, 'is at most 1,000 ms'),
  /** Desktop notifications of anomalies. */
  notifications: z.boolean(),
  /** Desktop notifications of fills, rejections and orders whose outcome is unknown. */
  orderNotifications: z.boolean(),
  /** An order is shown once more as a sentence before it is sent. What the checks ask is asked in either case. */
  reviewOrders: z.boolean(),
  /** The welcome was read and put away. */
  welcomed: z.boolean(),
})
export type Settings = z.output<typeof settings>

/** A change of some of them. */
export const settingsPatch = settings.partial()
export type SettingsPatch = z.output<typeof settingsPatch>

export const DEFAULT_SETTINGS: Settings = {
  mode: 'demo',
  symbols: DEFAULT_SYMBOLS,
  feed: 'iex',
  theme: 'system',
  palette: 'classic',
  throttleMs: 100,
  notifications: true,
  orderNotifications: true,
  reviewOrders: true,
  welcomed: false,
}

export const credentials = z.object({
  apiKey: z.string().trim().min(1, 'is missing').max(128).regex(/^\S*$/, 'contains a space'),
  apiSecret: z.string().trim().min(1, 'is missing').max(256).regex(/^\S*$/, 'contains a space'),
})
export type Credentials = z.output<typeof credentials>

/** Accounts that keys can be kept for; the demo market needs none. */
export const accountKind = z.enum(['paper', 'live'])
export type AccountKind = z.output<typeof accountKind>

/** What a window may know of the keys: that they are there, and how the key id ends. Never the secret. */
export interface CredentialStatus {
  readonly account: AccountKind
  readonly present: boolean
  /** The last four characters of the key id. */
  readonly keyEndsWith?: string
  readonly from?: 'environment' | 'saved'
}

/** The settings in force, with the origin of what cannot be changed here. */
export interface SettingsView {
  readonly settings: Settings
  /** Settings that the environment fixes, each with the variable's name. */
  readonly fixed: Partial<Record<keyof Settings, string>>
  readonly credentials: readonly CredentialStatus[]
  readonly database: DatabaseSetting
  /** False where the system has no keyring: then keys and passwords would be kept in plain text, so the user is asked first. */
  readonly encryptionAvailable: boolean
  /** What went wrong while reading, and what was done about it, such as a corrupt file that was put aside. */
  readonly warnings: readonly string[]
}
