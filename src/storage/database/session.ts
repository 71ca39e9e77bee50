import type BetterSqlite3 from 'better-sqlite3'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { PoolClient } from 'pg'
import type { DatabaseAddress } from './address.ts'
import type { Capabilities } from './capabilities.ts'
import type { PostgresPool } from './postgres.ts'
import type { Tables } from './tables.ts'
import { asDatabaseError } from './problem.ts'

/** What a read-only function needs. */
export interface Reader {
  readonly dialect: 'sqlite' | 'postgres'
  readonly query: Kysely<Tables>
}

/**
 * One connection inside a transaction. Writes require one, so that none can run outside a transaction by
 * mistake.
 */
export type Transaction =
  | { readonly dialect: 'sqlite'; readonly query: Kysely<Tables>; readonly raw: BetterSqlite3.Database }
  | {
      readonly dialect: 'postgres'
      readonly query: Kysely<Tables>
      readonly client: PoolClient
      /** False for servers without COPY, such as PostgreSQL in WebAssembly. */
      readonly copies: boolean
    }

interface Opened {
  readonly address: DatabaseAddress
  readonly query: Kysely<Tables>
  readonly capabilities: Capabilities
  close(): Promise<void>
}

/** An open database, migrated to this version's schema. */
export type Database =
  | (Opened & { readonly dialect: 'sqlite'; readonly raw: BetterSqlite3.Database })
  | (Opened & {
      readonly dialect: 'postgres'
      readonly pool: PostgresPool
      readonly copies: boolean
      /** Where the tables are, if not in the server's default schema. */
      readonly schema?: string
    })

/** A database before migration, while its capabilities are unknown. */
export type DatabaseConnection =
  | Omit<Extract<Database, { dialect: 'sqlite' }>, 'capabilities'>
  | Omit<Extract<Database, { dialect: 'postgres' }>, 'capabilities'>

/**
 * Runs `work` in one transaction that may write, and commits it; anything thrown rolls it back. Database
 * problems are thrown as `DatabaseError`. In SQLite, one process's transactions wait for each other, and the
 * write lock is taken up front so that another process cannot make the transaction fail halfway.
 */
export async function transact<T>(
  database: DatabaseConnection,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  try {
    return database.dialect === 'sqlite'
      ? await transactSqlite(database.query, database.raw, work)
      : await transactPostgres(database.pool, database.copies, work)
  } catch (cause) {
    throw asDatabaseError(cause, database.address)
  }
}

/**
 * Makes writers of one symbol, such as a load and the live stream, wait for each other until the transaction
 * ends; in SQLite they do so anyway.
 */
export async function lockSymbol(trx: Transaction, symbol: string): Promise<void> {
  if (trx.dialect === 'postgres')
    await sql`select pg_advisory_xact_lock(hashtextextended(${symbol}, 0))`.execute(trx.query)
}

/** Runs a query outside any transaction; database problems are thrown as `DatabaseError`. */
export async function reading<T>(
  database: DatabaseConnection,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  try {
    return await work(database)
  } catch (cause) {
    throw asDatabaseError(cause, database.address)
  }
}

function transactSqlite<T>(
  query: Kysely<Tables>,
  raw: BetterSqlite3.Database,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  // Kysely gives its one connection to one caller at a time, so `raw` is ours alone here.
  return query.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection)
    try {
      const result = await work({ dialect: 'sqlite', query: connection, raw })
      await sql`commit`.execute(connection)
      return result
    } catch (cause) {
      // A full disk makes SQLite roll back by itself; a second rollback would hide the cause.
      if (raw.inTransaction) raw.exec('rollback')
      throw cause
    }
  })
}

async function transactPostgres<T>(
  pool: PostgresPool,
  copies: boolean,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin')
    const result = await work({ dialect: 'postgres', query: kyselyOn(client), client, copies })
    await client.query('commit')
    return result
  } catch (cause) {
    // A connection that cannot even roll back is discarded instead of returned to the pool.
    await client.query('rollback').catch((lost: Error) => (failure = lost))
    throw cause
  } finally {
    client.release(failure)
  }
}

/** Kysely on a connection that somebody else opened and will close. */
function kyselyOn(client: PoolClient): Kysely<Tables> {
  const lent = { query: client.query.bind(client), release: () => undefined }
  const pool = { connect: () => Promise.resolve(lent), end: () => Promise.resolve(), options: {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
