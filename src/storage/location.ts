import { join } from 'node:path'
import type { Mode } from '#shared/settings'
import type { PostgresOptions } from './database/index.ts'

/** Where a mode keeps its bars and events. */
export interface StorageLocation {
  readonly url: string
  readonly options: PostgresOptions
}

/**
 * A mode's database: the one the user chose, otherwise an SQLite file in the data folder. Paper and live
 * share it; the demo market has a separate file, or schema, so that simulated prices never mix with real
 * ones.
 */
export function storageLocation(
  mode: Mode,
  dataDir: string,
  databaseUrl: string | undefined,
): StorageLocation {
  const url = databaseUrl ?? `sqlite:${join(dataDir, 'signal.sqlite')}`
  if (mode !== 'demo') return { url, options: {} }
  if (/^postgres/i.test(url)) return { url, options: { schema: 'signal_demo' } }
  return { url: url.replace(/(\.[^./\\]*)?$/, '.demo$1'), options: {} }
}
