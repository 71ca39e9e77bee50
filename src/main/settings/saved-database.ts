import { join } from 'node:path'
import { readAddress, toUrl } from './database-address.ts'
import { databaseFile } from './database-store.ts'
import { readJsonFile } from './json-file.ts'

/** The database chosen in the app, as a command without a keyring can read it. */
export type SavedDatabase =
  | { readonly kind: 'file' }
  | { readonly kind: 'server'; readonly url: string }
  /** Only the app can decrypt its password. */
  | { readonly kind: 'sealed'; readonly url: string }
  | { readonly kind: 'unreadable' }

/** Reads the app's choice from its data folder. */
export function savedDatabase(dataDir: string): SavedDatabase {
  const stored = readJsonFile(join(dataDir, 'database.json'))
  if (stored.kind === 'absent') return { kind: 'file' }
  const parsed = stored.kind === 'json' ? databaseFile.safeParse(stored.value) : undefined
  if (!parsed?.success) return { kind: 'unreadable' }
  const { url, password } = parsed.data
  if (url === undefined) return { kind: 'file' }
  if (readAddress(url) === undefined) return { kind: 'unreadable' }
  if (password !== undefined && 'encrypted' in password) return { kind: 'sealed', url }
  return { kind: 'server', url: password === undefined ? url : toUrl({ url, password: password.plain }) }
}
