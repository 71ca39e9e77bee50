import { sql } from 'kysely'
import { transportOf } from '#shared/database-transport'
import { readDatabaseUrl, type DatabaseAddress } from './address.ts'
import { detectCapabilities, tryCreateExtension, type Capabilities } from './capabilities.ts'
import { migrate } from './migrate.ts'
import { connectPostgres, type PostgresOptions } from './postgres.ts'
import { asDatabaseError, DatabaseError, problemOf, type DatabaseProblem } from './problem.ts'
import type { DatabaseConnection, Database } from './session.ts'
import { connectSqlite } from './sqlite.ts'
import { setUpTimescale } from './timescale.ts'

/** How to open a database. */
export interface OpenOptions extends PostgresOptions {
  /** Called with the percent copied before an SQLite file is upgraded; 100 while the upgrade itself runs. */
  readonly onCopied?: (percent: number) => void
}

/**
 * Opens the database at the address and brings its schema up to date. Throws `DatabaseError` with a message
 * for the user if that fails, and then leaves nothing open.
 */
export async function openDatabase(
  url: string,
  { onCopied, ...options }: OpenOptions = {},
): Promise<Database> {
  const address = readDatabaseUrl(url)
  const connection = connect(address, options)
  try {
    if (connection.dialect === 'postgres') {
      await createSchema(connection, options)
      await assertSettings(connection, options)
    }
    await tryCreateExtension(connection)
    await migrate(connection, onCopied === undefined ? {} : { onCopied })
    const detected = await detectCapabilities(connection)
    await setUpTimescale(connection, detected)
    const capabilities = { ...detected, description: `${detected.description}${describeTransport(address)}` }
    return { ...connection, capabilities }
  } catch (cause) {
    await connection.close().catch(() => undefined)
    throw asDatabaseError(cause, address)
  }
}

/** Creates the schema that the connections look into first. */
async function createSchema({ query }: DatabaseConnection, { schema }: PostgresOptions): Promise<void> {
  if (schema !== undefined) await sql`create schema if not exists ${sql.id(schema)}`.execute(query)
}

/** Makes sure that the startup parameters count: a pooler may drop them, and demo bars must never be among real ones. */
async function assertSettings({ query }: DatabaseConnection, { schema }: PostgresOptions): Promise<void> {
  const { rows } = await sql<{ schema: string | null; epoch: number }>`
    select current_schema() as schema, timestamptz 'epoch' as epoch`.execute(query)
  const [row] = rows
  if (row?.epoch === 0 && (schema === undefined || row.schema === schema)) return
  throw new DatabaseError(
    'other',
    'The server, or a pooler before it, ignores startup parameters (search_path, timezone). Connect without the pooler.',
  )
}

/** That others on the network can read along, if they can. */
function describeTransport(address: DatabaseAddress): string {
  return address.dialect === 'postgres' && transportOf(address.url) === 'unencrypted'
    ? ' The connection is not encrypted: others on the network can read and change what is sent.'
    : ''
}

function connect(address: DatabaseAddress, options: PostgresOptions): DatabaseConnection {
  return address.dialect === 'sqlite' ? connectSqlite(address) : connectPostgres(address, options)
}

/** The result of testing a database. */
export type DatabaseTrial =
  | { readonly kind: 'usable'; readonly capabilities: Capabilities }
  | { readonly kind: 'unusable'; readonly problem: DatabaseProblem }

/**
 * Tests an address and describes what it is, or what is wrong. Opens it as the app would, tables included, so
 * that "usable" is true.
 */
export async function testDatabase(url: string, options: PostgresOptions = {}): Promise<DatabaseTrial> {
  try {
    const database = await openDatabase(url, options)
    await database.close()
    return { kind: 'usable', capabilities: database.capabilities }
  } catch (cause) {
    return { kind: 'unusable', problem: problemOf(cause) }
  }
}
