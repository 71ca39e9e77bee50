import * as z from 'zod'

/** Where to keep bars and events. */
export const databaseChoice = z.discriminatedUnion('kind', [
  /** The SQLite file in the data folder. */
  z.object({ kind: z.literal('file') }),
  /** A PostgreSQL server. Without a password, the one saved for this address is used, if any. */
  z.object({
    kind: z.literal('server'),
    url: z
      .string()
      .trim()
      .max(500)
      .regex(/^postgres(ql)?:\/\//i, 'must begin with postgres://'),
    password: z.string().max(500).optional(),
  }),
])
export type DatabaseChoice = z.output<typeof databaseChoice>

/** The current choice, as much as a window may know: never the password. */
export interface DatabaseSetting {
  readonly kind: DatabaseChoice['kind']
  /** postgres://user@host:port/name of a server. */
  readonly url?: string
  readonly hasPassword: boolean
  /** The environment variable that fixes it. */
  readonly fixedBy?: string
}

/** Result of trying a database, in words: what it supports and lacks, or what is wrong and what to do. */
export interface DatabaseTest {
  readonly kind: 'usable' | 'unusable'
  readonly message: string
}

/** Progress of a copy to another database. */
export interface CopyProgress {
  readonly bars: number
  readonly totalBars: number
  readonly events: number
}

/** What was copied. */
export interface CopyResult {
  readonly bars: number
  /**
   * `copied`: the log is the same in both. `kept-apart`: the other database has its own log, which cannot be
   * merged with this one without breaking both hash chains, so it stays as it is.
   */
  readonly events: 'copied' | 'kept-apart'
  /** False when it was stopped before the end; the next copy continues from there. */
  readonly complete: boolean
}

/** State of the database, in words that a trader can act on. */
export interface DatabaseStatus {
  /** `waiting` retries by itself; `failed` does not until the settings change. */
  readonly state: 'opening' | 'open' | 'waiting' | 'failed'
  /** Where it is, without a password. */
  readonly address: string
  /** What it supports and lacks, such as compression; present while it is open. */
  readonly description?: string
  /** While an SQLite file is upgraded: the percent copied before; 100 while the upgrade itself runs. */
  readonly copiedPercent?: number
  /** Why it is not open, and what to do. */
  readonly problem?: string
  /** A damaged SQLite file was backed up there unchanged, and a new one was started. */
  readonly setAside?: string
  /** The event log is not as Signal noted it: what was found, in words. */
  readonly logDoubt?: string
}

/** A call failed because the database is unavailable; the message says why and what to do. */
export interface DatabaseAway {
  readonly kind: 'database'
  readonly message: string
}
