import { sql } from 'kysely'
import { isUnconnected, kindOf } from './problem.ts'
import type { DatabaseConnection, Reader } from './session.ts'

/** What the database can do for us, detected at each start. */
export interface Capabilities {
  /**
   * sqlite: the built-in file; timescale-community: everything; timescale-apache: hypertables, but neither
   * compression nor retention; postgres: plain tables.
   */
  readonly kind: 'sqlite' | 'timescale-community' | 'timescale-apache' | 'postgres'
  /** A description for Settings and the log: what it is, and what the user must do without. */
  readonly description: string
}

/** TimescaleDB 2.15 runs on PostgreSQL 13 or newer; gen_random_uuid and our SQL need no more. */
export const OLDEST_POSTGRES = 13

const SQLITE: Capabilities = { kind: 'sqlite', description: 'SQLite file on this computer.' }

/** The server's major version, such as 17. */
export async function postgresMajor(reader: Reader): Promise<number> {
  const { rows } = await sql<{
    version: string
  }>`select current_setting('server_version_num') as version`.execute(reader.query)
  return Math.floor(Number(rows[0]?.version) / 10_000)
}

/** Detects the server's version, extension and license. */
export async function detectCapabilities(connection: DatabaseConnection): Promise<Capabilities> {
  if (connection.dialect === 'sqlite') return SQLITE
  const { query } = connection
  const installed = await sql<{ extversion: string }>`
    select extversion from pg_extension where extname = 'timescaledb'`.execute(query)
  const server = `PostgreSQL ${await postgresMajor(connection)}`
  const version = installed.rows[0]?.extversion
  if (version === undefined) return { kind: 'postgres', description: plainDescription(server) }
  const license = await sql<{ license: string | null }>`
    select current_setting('timescaledb.license', true) as license`.execute(query)
  return license.rows[0]?.license === 'timescale'
    ? {
        kind: 'timescale-community',
        description: `TimescaleDB ${version} (community license) on ${server}: bars are compressed after 7 days and kept for 6 years.`,
      }
    : {
        kind: 'timescale-apache',
        description:
          `TimescaleDB ${version} (Apache license) on ${server}: bars are in a hypertable. This license has neither ` +
          'compression nor retention: bars take more space, and old ones stay until you delete them.',
      }
}

const plainDescription = (server: string) =>
  `${server} without TimescaleDB: everything works, but bars are one plain table, neither compressed nor dropped after ` +
  '6 years. Install the timescaledb extension to have both.'

/**
 * Creates the extension if the server offers it and we may; a server without it, or a user without the right,
 * is not a failure. Uses a connection of its own, because a server that has not preloaded the library ends
 * it.
 */
export async function tryCreateExtension(connection: DatabaseConnection): Promise<void> {
  if (connection.dialect !== 'postgres') return
  try {
    await sql`create extension if not exists timescaledb schema public`.execute(connection.query)
  } catch (cause) {
    if (isUnconnected(kindOf(cause))) throw cause
  }
}
