import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DatabaseAddress } from './address.ts'
import { readServer } from './server.ts'
import type { DatabaseConnection } from './session.ts'
import type { Tables } from './tables.ts'

export type PostgresPool = pg.Pool

/** Connections for five loads, a reader for a window, the live stream and one to spare. */
const CONNECTIONS = 8
const CONNECT_TIMEOUT_MS = 5_000

const OID = { int8: 20, timestamptz: 1184 }

/**
 * Epoch ms of the server's output with DateStyle ISO and UTC: `2026-11-24 14:30:00+00`, with fractional
 * seconds.
 */
const readTimestamp = (text: string): number =>
  Date.parse(`${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`)

/** One of our bigints; throws if it would not be exact. */
function readInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`)
  return value
}

/** Times as epoch ms and bigints as numbers, for our connections only; everything else as in `pg`. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): never {
    const parser: unknown =
      oid === OID.int8
        ? readInteger
        : oid === OID.timestamptz
          ? readTimestamp
          : pg.types.getTypeParser(oid, format)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pg declares any parser, which the lint rules refuse
    return parser as never
  },
}

/** How to connect; the contract tests need one connection and no COPY for PostgreSQL in WebAssembly. */
export interface PostgresOptions {
  readonly connections?: number
  readonly copies?: boolean
  /** A separate schema in the same database, created if missing: the demo market's. */
  readonly schema?: 'signal_demo'
}

/** A pool of connections to a server. Does not connect before the first query; throws if a certificate's file is missing. */
export function connectPostgres(
  address: Extract<DatabaseAddress, { dialect: 'postgres' }>,
  { connections = CONNECTIONS, copies = true, schema }: PostgresOptions,
): DatabaseConnection {
  const pool = new pg.Pool({
    ...readServer(address.url, {
      timezone: 'UTC',
      datestyle: 'ISO',
      ...(schema !== undefined && { search_path: `${schema},public` }),
    }),
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'signal',
    types,
  })
  // A server that goes away also breaks idle connections. Without a listener that would end the process;
  // whoever uses the connection next gets the error.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const close = () => pool.end()
  return { dialect: 'postgres', address, query, pool, copies, close, ...(schema && { schema }) }
}
