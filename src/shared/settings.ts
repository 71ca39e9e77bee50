import * as z from 'zod'
import type { DatabaseSetting } from './database.ts'
import { noticeKind } from './trading/notice.ts'
import { stockSymbol } from './units.ts'
import { FIRST_WATCHLIST, listedSymbols, watchlistName, watchlists } from './watchlists.ts'

/** The default watchlist: twelve tech stocks and five index ETFs. */
export const DEFAULT_SYMBOLS = stockSymbol
  .array()
  .parse('AAPL TSLA NVDA PLTR GOOGL MSFT AMZN META AMD NFLX CRM ADBE SPY QQQ SMH DIA IWM'.split(' '))

export const mode = z.enum(['demo', 'paper', 'live'])
/** Which market Signal uses: its own demo market, Alpaca with simulated money, or Alpaca with real money. */
export type Mode = z.output<typeof mode>

/** Which quotes the account's plan includes: IEX alone (free) or the consolidated tape. */
export const feed = z.enum(['iex', 'sip'])
export type Feed = z.output<typeof feed>

/** What the settings file contains. Credentials are stored separately, encrypted. */
export const settings = z.object({
  mode,
  /** The symbols of the shown watchlist; those of SIGNAL_SYMBOLS in its place if the environment fixes them. */
  symbols: listedSymbols,
  watchlists,
  /** The name of the shown watchlist. */
  watchlist: watchlistName,
  feed,
  theme: z.enum(['system', 'light', 'dark']),
  palette: z.enum(['classic', 'color-blind', 'mono']),
  /** The zone of all times on the screen: the exchange's, or this computer's. */
  timeZone: z.enum(['exchange', 'local']),
  /** Minimum time between two updates of one symbol in a window, ms. */
  throttleMs: z.number().int().min(50, 'is at least 50 ms').max(1000, 'is at most 1,000 ms'),
  /** Desktop notifications of anomalies. */
  notifications: z.boolean(),
  /** Desktop notifications of fills, rejections and unconfirmed orders. */
  orderNotifications: z.boolean(),
  /** Kinds of notices that are not shown in the windows, nor heard. */
  mutedNotices: z.array(noticeKind).max(noticeKind.options.length),
  /** How loud notices are. */
  noticeSound: z.enum(['off', 'soft', 'loud']),
  /**
   * Whether an order is shown as a sentence once more before it is sent. Problems that need the trader's
   * confirmation are shown either way.
   */
  reviewOrders: z.boolean(),
  /** Whether newer versions are asked for without the user, and told. */
  updateNotices: z.boolean(),
  /** The welcome was read and dismissed. */
  welcomed: z.boolean(),
})
export type Settings = z.output<typeof settings>

/** A change of some settings. */
export const settingsPatch = settings.partial()
export type SettingsPatch = z.output<typeof settingsPatch>

export const DEFAULT_SETTINGS: Settings = {
  mode: 'demo',
  symbols: DEFAULT_SYMBOLS,
  watchlists: [{ name: FIRST_WATCHLIST, symbols: DEFAULT_SYMBOLS }],
  watchlist: FIRST_WATCHLIST,
  feed: 'iex',
  theme: 'system',
  palette: 'classic',
  timeZone: 'exchange',
  throttleMs: 100,
  notifications: true,
  orderNotifications: true,
  mutedNotices: [],
  noticeSound: 'soft',
  reviewOrders: true,
  updateNotices: true,
  welcomed: false,
}

/** As it goes into an HTTP header: printable ASCII. */
const keyText = z
  .string()
  .trim()
  .min(1, 'is missing')
  .regex(/^[\x21-\x7e]*$/, 'has a space or an invalid character')

export const credentials = z.object({ apiKey: keyText.max(128), apiSecret: keyText.max(256) })
export type Credentials = z.output<typeof credentials>

/** Accounts that need keys; the demo market needs none. */
export const accountKind = z.enum(['paper', 'live'])
export type AccountKind = z.output<typeof accountKind>

/** Hosts other than Alpaca's own to which the environment leads an account: each `name` or `name:port`. */
export interface ForeignHosts {
  readonly names: readonly string[]
  /**
   * `used`: keys and orders go there. `unconfirmed`: saved keys don't, until the user confirms these hosts.
   * `refused`: they never do.
   */
  readonly state: 'used' | 'unconfirmed' | 'refused'
}

/** What a window may know about the keys: whether they exist, and how the key id ends. Never the secret. */
export interface CredentialStatus {
  readonly account: AccountKind
  readonly present: boolean
  /** The last four characters of the key id. */
  readonly keyEndsWith?: string
  readonly from?: 'environment' | 'saved'
  /** Absent if the account uses Alpaca's own hosts. */
  readonly hosts?: ForeignHosts
  /** Why the account isn't opened although it has keys, and what to do. */
  readonly problem?: string
}

/** The current settings, and which of them cannot be changed here. */
export interface SettingsView {
  readonly settings: Settings
  /** Settings fixed by the environment, each with the variable's name. */
  readonly fixed: Partial<Record<keyof Settings, string>>
  readonly credentials: readonly CredentialStatus[]
  readonly database: DatabaseSetting
  /**
   * False where the system has no keyring: keys and passwords would be stored in plain text, so the user is
   * asked first.
   */
  readonly encryptionAvailable: boolean
  /** What went wrong while reading and what was done about it, such as a corrupt file that was backed up. */
  readonly warnings: readonly string[]
}
