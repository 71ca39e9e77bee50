import * as z from 'zod'

/** Feeds that a market-data stream's address may end in. */
const STREAM_FEEDS = ['iex', 'sip', 'delayed_sip', 'test', 'boats', 'overnight'] as const
/**
 * Where the stream's prices come from: IEX alone, all exchanges, Alpaca's test stream, or an overnight venue.
 */
export type StreamFeed = (typeof STREAM_FEEDS)[number]

/** Alpaca's addresses and the keys for them. Made by {@link alpacaConfig}. */
export interface AlpacaConfig {
  readonly apiKey: string
  /** Not enumerable, so that no log, JSON or spread copy contains it. */
  readonly apiSecret: string
  /** Trading REST, without `/v2`. */
  readonly baseUrl: string
  /** Market-data REST. */
  readonly dataUrl: string
  /** Market-data stream, with the feed at its end. */
  readonly wsUrl: string
  /** Order updates; derived from {@link baseUrl}. */
  readonly tradeUpdatesUrl: string
  /** The last part of {@link wsUrl}. */
  readonly feed: StreamFeed
  /**
   * Simulated money: Alpaca's paper host, or a server on this machine. Anything else counts as real money.
   */
  readonly isPaper: boolean
}

/** Named values, such as an environment. */
export type ConfigSource = Readonly<Record<string, string | undefined>>

/** The configuration is unusable; each problem names the variable and the rule it breaks. */
export class AlpacaConfigError extends Error {
  override readonly name = 'AlpacaConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Alpaca is not configured: ${problems.join('; ')}`)
    this.problems = problems
  }
}

const KEY_NAMES = ['ALPACA_API_KEY', 'APCA_API_KEY_ID'] as const
const SECRET_NAMES = ['ALPACA_API_SECRET', 'APCA_API_SECRET_KEY', 'ALPACA_SECRET_KEY'] as const

const DEFAULT_BASE_URL = 'https://paper-api.alpaca.markets'
const DEFAULT_DATA_URL = 'https://data.alpaca.markets'
const DEFAULT_WS_URL = 'wss://stream.data.alpaca.markets/v2/iex'

/** A key goes into an HTTP header: printable ASCII, nothing that could end the line. */
const key = z.string().regex(/^[\x21-\x7e]{1,256}$/, 'contains a space or a character that no key has')

/** True if both key and secret are set; does not tell whether they are right. */
export function hasCredentials(source: ConfigSource): boolean {
  return firstSet(source, KEY_NAMES) !== undefined && firstSet(source, SECRET_NAMES) !== undefined
}

/**
 * Reads and checks the configuration. Variables: ALPACA_API_KEY (or APCA_API_KEY_ID), ALPACA_API_SECRET (or
 * APCA_API_SECRET_KEY, ALPACA_SECRET_KEY), ALPACA_BASE_URL, ALPACA_DATA_URL, ALPACA_WS_URL; the hosts default
 * to paper trading and the IEX feed. Throws {@link AlpacaConfigError} naming every variable that is missing
 * or wrong.
 */
export function alpacaConfig(source: ConfigSource): AlpacaConfig {
  const problems: string[] = []
  const apiKey = readKey(source, KEY_NAMES, problems)
  const apiSecret = readKey(source, SECRET_NAMES, problems)
  const baseUrl = readUrl(source, 'ALPACA_BASE_URL', DEFAULT_BASE_URL, 'http', problems)
  const dataUrl = readUrl(source, 'ALPACA_DATA_URL', DEFAULT_DATA_URL, 'http', problems)
  const wsUrl = readUrl(source, 'ALPACA_WS_URL', DEFAULT_WS_URL, 'ws', problems)
  const feed = wsUrl && STREAM_FEEDS.find((name) => text(wsUrl).endsWith(`/${name}`))
  if (wsUrl && !feed) problems.push(`ALPACA_WS_URL must end in a feed (${STREAM_FEEDS.join(', ')})`)
  if (!apiKey || !apiSecret || !baseUrl || !dataUrl || !wsUrl || !feed) throw new AlpacaConfigError(problems)

  const config: AlpacaConfig = {
    apiKey,
    apiSecret,
    baseUrl: text(baseUrl),
    dataUrl: text(dataUrl),
    wsUrl: text(wsUrl),
    tradeUpdatesUrl: `${text(baseUrl).replace(/^http/, 'ws')}/stream`,
    feed,
    isPaper: baseUrl.hostname === 'paper-api.alpaca.markets' || isLoopback(baseUrl),
  }
  Object.defineProperty(config, 'apiSecret', { enumerable: false })
  return Object.freeze(config)
}

/**
 * A config's secret; throws if a spread copy has lost it, before a request without keys could confuse anyone.
 */
export function secretOf(config: AlpacaConfig): string {
  const secret: unknown = config.apiSecret
  if (typeof secret === 'string' && secret !== '') return secret
  throw new AlpacaConfigError([
    'the config holds no apiSecret (a spread copy loses it: build it with alpacaConfig)',
  ])
}

function firstSet(source: ConfigSource, names: readonly string[]): readonly [string, string] | undefined {
  for (const name of names) {
    const value = source[name]?.trim()
    if (value) return [name, value]
  }
  return undefined
}

function readKey(source: ConfigSource, names: readonly string[], problems: string[]): string | undefined {
  const found = firstSet(source, names)
  if (!found) {
    const [first, ...aliases] = names
    problems.push(`${first} is missing (or set ${aliases.join(' or ')})`)
    return undefined
  }
  const [name, value] = found
  const read = key.safeParse(value)
  if (!read.success) problems.push(`${name} ${read.error.issues[0]?.message}`)
  return read.data
}

function readUrl(
  source: ConfigSource,
  name: string,
  fallback: string,
  scheme: 'http' | 'ws',
  problems: string[],
): URL | undefined {
  const raw = source[name]?.trim() || fallback
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  const rule = url ? brokenRule(url, scheme) : 'is not a URL'
  if (!rule) return url
  problems.push(`${name} ${rule}`)
  return undefined
}

/**
 * The rule that forbids sending keys to this address. The address itself is not repeated: it may contain a
 * password.
 */
function brokenRule(url: URL, scheme: 'http' | 'ws'): string | undefined {
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password'
  if (url.search !== '' || url.hash !== '') return 'must not hold a query or a fragment'
  if (url.protocol === `${scheme}s:`) return undefined
  if (url.protocol !== `${scheme}:`) return `must begin with ${scheme}s://`
  if (isLoopback(url)) return undefined
  return `must begin with ${scheme}s:// (${scheme}:// only to this machine: the keys would travel unencrypted)`
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * The URL without a trailing slash, and without the `/v2` that Alpaca's dashboard shows after the trading
 * host.
 */
function text(url: URL): string {
  const bare = url.href.replace(/\/+$/, '')
  return url.protocol.startsWith('http') ? bare.replace(/\/v2$/, '') : bare
}
