import { readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { serverHostOf, transportOf } from '#shared/database-transport'
import { DatabaseError } from './problem.ts'

/** What the driver needs to reach a server. */
export type ServerConfig = Required<Pick<ClientConfig, 'host' | 'port' | 'ssl' | 'options'>> &
  Pick<ClientConfig, 'user' | 'password' | 'database'>

/**
 * Reads a server's address for the driver, which would read less strictly by itself: a certificate is verified, with the
 * host's name, wherever TLS is used. Session settings are startup parameters, so that no query can run without them.
 * Throws `DatabaseError` if a certificate's file cannot be read.
 */
export function readServer(url: URL, settings: Readonly<Record<string, string>>): ServerConfig {
  const { searchParams } = url
  const given = (name: string, part: string) =>
    searchParams.get(name) ?? (decodeURIComponent(part) || undefined)
  const [user, password] = [given('user', url.username), given('password', url.password)]
  const database = decodeURIComponent(url.pathname.slice(1)) || undefined
  const own = searchParams.get('options')
  return {
    host: serverHostOf(url) || 'localhost',
    port: Number(searchParams.get('port') ?? (url.port || 5432)),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ssl: transportOf(url) === 'tls' && tlsOptions(url),
    options: [
      ...(own === null ? [] : [own]),
      ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`),
    ].join(' '),
  }
}

/** Explicit, as the environment (NODE_TLS_REJECT_UNAUTHORIZED) could switch the default off. */
function tlsOptions(url: URL) {
  const [ca, cert, key] = [fileOf(url, 'sslrootcert'), fileOf(url, 'sslcert'), fileOf(url, 'sslkey')]
  return {
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  }
}

function fileOf({ searchParams }: URL, name: 'sslrootcert' | 'sslcert' | 'sslkey'): string | undefined {
  const file = searchParams.get(name)
  if (file === null) return undefined
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new DatabaseError('certificate-file', `Can't read the file of ${name}: ${file}${reason}.`, {
      cause,
    })
  }
}
