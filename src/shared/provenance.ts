import type { EpochMs } from './units.ts'

/**
 * Where a price came from: the consolidated tape (sip), IEX alone (iex), Alpaca's test stream (test), Signal's own
 * demo market (demo), a REST answer (rest), or the local database (stored).
 */
export type Source = 'sip' | 'iex' | 'test' | 'demo' | 'rest' | 'stored'

/** The pedigree of a number on the screen. It goes with the price all the way to the cell. */
export interface Provenance {
  readonly source: Source
  /** The exchange's stamp. */
  readonly at: EpochMs
  /** When it reached this machine. */
  readonly receivedAt: EpochMs
}

/**
 * Whether a price can be believed, judged in market time:
 * `live` under 2 s old; `ageing` 2 to 5 s; `stale` older although this symbol should have ticked by now;
 * `quiet` older, and rightly so; `closed` the market is closed, this is its last price; `disconnected` the feed is
 * down, so nobody can tell; `waiting` nothing has come yet.
 */
export type Freshness = 'live' | 'ageing' | 'stale' | 'quiet' | 'closed' | 'disconnected' | 'waiting'
