import * as z from 'zod'

/** Where bars and events are to be kept. */
export const databaseChoice = z.discriminatedUnion('kind', [
  /** The SQLite file in the data folder. */
  z.object({ kind: z.literal('file') }),
  /** A PostgreSQL server. Without a password the one that is saved for this address serves, if there is one. */
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

/** The choice in force, as far as a window may know it: never the password. */
export interface DatabaseSetting {
  readonly kind: DatabaseChoice['kind']
  /** postgres://user@host:port/name of a server. */
  readonly url?: string
  readonly hasPassword: boolean
  /** The environment variable that fixes it. */
  readonly fixedBy?: string
}

/** What came of trying a database, in words: what it can do and goes without, or what is wrong and what to do. */
export interface DatabaseTest {
  readonly kind: 'usable' | 'unusable'
  readonly message: string
}

/** How far a copy to another database is. */
export interface CopyProgress {
  readonly bars: number
  readonly totalBars: number
  readonly events: number
}

/** What was copied. */
export interface CopyResult {
  readonly bars: number
  /**
   * `copied`: the log is the same in both; `kept-apart`: the other database has a log of its own, which cannot be
   * joined with this one without breaking both proofs, so it stays as it is.
   */
  readonly events: 'copied' | 'kept-apart'
  /** False when it was stopped before the end; asked for again it goes on. */
  readonly complete: boolean
}

/** How it stands with the database, in words that a trader can act on. */
export interface DatabaseStatus {
  /** `waiting` tries again by itself; `failed` does not until the settings change. */
  readonly state: 'opening' | 'open' | 'waiting' | 'failed'
  /** Where it is, without a password. */
  readonly address: string
  /** What it can do and goes without, such as compression; present while it is open. */
  readonly description?: string
  /** Why it is not open, and what to do. */
  readonly problem?: string
  /** A damaged SQLite file was put aside there, and a new one begun. Nothing of it was deleted. */
  readonly setAside?: string
}

/** A call could not be answered because the database is away; the message says why and what to do. */
export interface DatabaseAway {
  readonly kind: 'database'
  readonly message: string
}
