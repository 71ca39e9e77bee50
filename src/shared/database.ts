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
