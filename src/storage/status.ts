import type { Capabilities, DatabaseProblem } from './database/index.ts'

/** The state of the database. */
export interface StorageStatus {
  readonly state: 'opening' | 'open' | 'waiting' | 'failed'
  /** Where it is, for people, without a password. */
  readonly address: string
  readonly capabilities?: Capabilities
  /** Why it is not open: `waiting` retries, `failed` does not until the settings change. */
  readonly problem?: DatabaseProblem
  /** While an SQLite file is upgraded: the percent copied before; 100 while the upgrade itself runs. */
  readonly copiedPercent?: number
  /** Where a damaged SQLite file was backed up before a new one was started. Nothing of it was deleted. */
  readonly setAside?: string
}
