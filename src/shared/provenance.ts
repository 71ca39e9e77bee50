import type { EpochMs } from './units.ts'

/**
 * Where a price came from: the consolidated tape (sip), the same 15 minutes late (delayed_sip), IEX alone (iex), the
 * overnight venue Blue Ocean ATS (boats) or Alpaca's feed of overnight venues (overnight), Alpaca's test stream (test),
 * Signal's demo market (demo), a REST answer (rest), or a host that isn't Alpaca's.
 */
export type Source =
  'sip' | 'delayed_sip' | 'iex' | 'boats' | 'overnight' | 'test' | 'demo' | 'rest' | ForeignSource

/** What a stream of Alpaca's may be. */
type NamedFeed = 'sip' | 'delayed_sip' | 'iex' | 'boats' | 'overnight' | 'test'

/** `host:`, what the host calls its feed, `@` and the host's name, with its port if it isn't the usual one. */
export type ForeignSource = `host:${NamedFeed}@${string}`

/** Whether prices come from a host that isn't Alpaca's. */
export const isForeign = (source: Source): source is ForeignSource => source.startsWith('host:')

/** The host's name. */
export const hostOf = (source: ForeignSource): string => source.slice(source.indexOf('@') + 1)

/** What the host calls its feed. */
export const claimedFeedOf = (source: ForeignSource): NamedFeed =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- by the form of a foreign source
  source.slice('host:'.length, source.indexOf('@')) as NamedFeed

/** Where and when a displayed number came from. It travels with the price all the way to the cell. */
export interface Provenance {
  readonly source: Source
  /** The exchange's timestamp. */
  readonly at: EpochMs
  /** When it reached this machine. */
  readonly receivedAt: EpochMs
}

/**
 * Whether a price can be believed, judged in market time:
 * `live` under 2 s old; `ageing` 2 to 5 s; `stale` older although this symbol should have ticked by now;
 * `quiet` older, as expected for this symbol; `closed` the market is closed, this is its last price;
 * `disconnected` the feed is down, so the current price is unknown; `waiting` nothing has arrived yet.
 */
export type Freshness = 'live' | 'ageing' | 'stale' | 'quiet' | 'closed' | 'disconnected' | 'waiting'
