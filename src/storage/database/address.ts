import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a database is. */
export type DatabaseAddress =
  { readonly dialect: 'sqlite'; readonly file: string } | { readonly dialect: 'postgres'; readonly url: URL }

/** The database address is invalid. The text itself is not repeated: it may contain a password. */
export class DatabaseAddressError extends Error {
  override readonly name = 'DatabaseAddressError'
}

/**
 * Reads `sqlite:` + path (also `sqlite:///path` and `file:` URLs) or
 * `postgres://user:password@host:port/name`. Relative paths start at the working folder. Throws
 * {@link DatabaseAddressError}.
 */
export function readDatabaseUrl(text: string): DatabaseAddress {
  if (/^sqlite:/i.test(text)) return { dialect: 'sqlite', file: sqliteFile(text.slice('sqlite:'.length)) }
  if (/^file:/i.test(text)) return { dialect: 'sqlite', file: fileURLToPath(text) }
  if (/^postgres(ql)?:\/\//i.test(text)) return { dialect: 'postgres', url: postgresUrl(text) }
  throw new DatabaseAddressError('The database address must begin with sqlite: or postgres://')
}

function sqliteFile(path: string): string {
  const file = path.replace(/^\/\/(?=\/)/, '')
  if (file === '' || file.startsWith('//')) {
    throw new DatabaseAddressError('The database address names no file: sqlite:/path/to/signal.sqlite')
  }
  return isAbsolute(file) ? file : resolve(file)
}

function postgresUrl(text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw new DatabaseAddressError(
      'The database address is not postgres://user:password@host:port/name (%-encode signs such as @ in a password)',
    )
  }
}

/** The address for people and logs, never with a password. */
export function describeAddress(address: DatabaseAddress): string {
  if (address.dialect === 'sqlite') return `SQLite file ${address.file}`
  const { hostname, port, pathname } = address.url
  return `PostgreSQL database "${decodeURIComponent(pathname.slice(1)) || 'postgres'}" on ${hostname}:${port || '5432'}`
}
