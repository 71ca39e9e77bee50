import type { Capabilities, DatabaseProblem } from './database/index.ts'

/** How it stands with the database. */
export interface StorageStatus {
  readonly state: 'opening' | 'open' | 'waiting' | 'failed'
  /** Where it is, in words, without a password. */
  readonly address: string
  readonly capabilities?: Capabilities
  /** Why it is not open: `waiting` tries again, `failed` does not until the settings change. */
  readonly problem?: DatabaseProblem
  /** A damaged SQLite file was put aside there, and a new one begun. Nothing of it was deleted. */
  readonly setAside?: string
}
