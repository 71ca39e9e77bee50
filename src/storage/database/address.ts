import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serverHostOf } from '#shared/database-transport'

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

/** Parameters of an address. TLS always verifies the certificate, so sslmode has no setting in between. */
const PARAMETERS: Readonly<Record<string, RegExp>> = {
  host: /./,
  port: /^\d{1,5}$/,
  user: /./,
  password: /^/,
  options: /^/,
  sslmode: /^(disable|require|verify-ca|verify-full)$/,
  sslrootcert: /./,
  sslcert: /./,
  sslkey: /./,
  application_name: /^/,
  connect_timeout: /^/,
}

function postgresUrl(text: string): URL {
  const url = parsed(text)
  if (url === undefined) {
    throw new DatabaseAddressError(
      'The database address is not postgres://user:password@host:port/name (%-encode signs such as @ in a password)',
    )
  }
  for (const [name, value] of url.searchParams) {
    const rule = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined
    if (rule === undefined)
      throw new DatabaseAddressError(`The database address has an unknown parameter: ${name}`)
    if (!rule.test(value))
      throw new DatabaseAddressError(
        name === 'sslmode'
          ? 'sslmode in the database address is verify-full (the default for other computers) or disable'
          : `${name} in the database address isn't valid`,
      )
  }
  return url
}

/** Nothing if it isn't a URL, or its parts do not decode. */
function parsed(text: string): URL | undefined {
  try {
    const url = new URL(text)
    for (const part of [url.username, url.password, url.pathname]) decodeURIComponent(part)
    return url
  } catch {
    return undefined
  }
}

/** The address for people and logs, never with a password. */
export function describeAddress(address: DatabaseAddress): string {
  if (address.dialect === 'sqlite') return `SQLite file ${address.file}`
  const { url } = address
  const port = url.searchParams.get('port') ?? (url.port || '5432')
  return `PostgreSQL database "${decodeURIComponent(url.pathname.slice(1)) || 'postgres'}" on ${serverHostOf(url)}:${port}`
}
