import { sql, type RawBuilder } from 'kysely'
import { describeAddress } from './address.ts'
import { OLDEST_POSTGRES, postgresMajor } from './capabilities.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'
import { copyBeforeUpgrade } from './copy-before-upgrade.ts'
import { DatabaseError } from './problem.ts'
import { transact, type DatabaseConnection, type Transaction } from './session.ts'

interface MigrateOptions {
  readonly migrations?: readonly Migration[]
  /** Called with the percent copied before an upgrade; 100 while the upgrade itself runs. */
  readonly onCopied?: (percent: number) => void
}

/** An arbitrary number that all versions of Signal must share. */
export const MIGRATION_LOCK = 724_610_001

/**
 * Brings the schema up to this version, in one transaction inside a lock: two processes that start together
 * migrate once. Refuses a database written by a newer version, a server that is too old, and a database whose tables
 * somebody dropped or replaced, and leaves all of them unchanged. An SQLite file that has an older schema is copied
 * first, within the lock; a server's own backup is that copy.
 */
export async function migrate(
  connection: DatabaseConnection,
  { migrations = MIGRATIONS, onCopied = () => undefined }: MigrateOptions = {},
): Promise<void> {
  await assertSupported(connection)
  await transact(connection, async (trx) => {
    await lock(trx)
    await sql`
      create table if not exists schema_migrations (
        version integer primary key, name text not null, applied_at bigint not null
      )`.execute(trx.query)
    const present = await versionOf(trx)
    const newest = migrations.length
    if (present > newest) throw new DatabaseError('newer-schema', describeNewer(connection, present, newest))
    const { address } = connection
    if (address.dialect === 'sqlite' && present > 0 && present < newest)
      await copyBeforeUpgrade({ file: address.file, schema: newest, onProgress: onCopied })
    for (const migration of migrations.slice(present)) await apply(trx, migration)
    const missing = await missingTable(trx, migrations, connection)
    if (missing !== undefined) throw new DatabaseError('other', describeMissing(connection, missing))
  })
}

/** A table of the migrations that is not there. In a schema of its own it is not looked for anywhere else. */
async function missingTable(
  { dialect, query }: Transaction,
  migrations: readonly Migration[],
  connection: DatabaseConnection,
): Promise<string | undefined> {
  const names = migrations.flatMap(({ sqlite }) => sqlite.match(/(?<=create table )\w+/g) ?? [])
  const schema = connection.dialect === 'postgres' ? connection.schema : undefined
  const { rows } = await (
    dialect === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_schema where type = 'table'`
      : sql<{ name: string }>`
          select name from unnest(${names}::text[]) as name
          where to_regclass(${schema === undefined ? '' : `${schema}.`} || name) is not null`
  ).execute(query)
  const present = new Set(rows.map(({ name }) => name))
  return names.find((name) => !present.has(name))
}

const describeMissing = ({ address }: DatabaseConnection, table: string) =>
  `The ${describeAddress(address)} has no table ${table}: another program changed it. Restore a backup, or choose another database.`

async function assertSupported(connection: DatabaseConnection): Promise<void> {
  if (connection.dialect === 'sqlite') return
  const major = await postgresMajor(connection)
  if (major >= OLDEST_POSTGRES) return
  throw new DatabaseError(
    'too-old',
    `The server is PostgreSQL ${major}; Signal needs ${OLDEST_POSTGRES} or later.`,
  )
}

const describeNewer = ({ address }: DatabaseConnection, present: number, newest: number) =>
  `The ${describeAddress(address)} was written by a newer version of Signal (schema ${present}; this version supports ` +
  `${newest}). Update Signal, or choose another database.`

/** Locks out other migrations; SQLite's write lock is already held. */
async function lock(trx: Transaction): Promise<void> {
  if (trx.dialect === 'postgres')
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(trx.query)
}

async function versionOf({ query }: Transaction): Promise<number> {
  const { newest } = await query
    .selectFrom('schema_migrations')
    .select(({ fn }) => fn.max('version').as('newest'))
    .executeTakeFirstOrThrow()
  return newest ?? 0
}

async function apply(trx: Transaction, migration: Migration): Promise<void> {
  // Several statements in one text: only the drivers themselves accept that.
  if (trx.dialect === 'sqlite') trx.raw.exec(migration.sqlite)
  else await trx.client.query(migration.postgres)
  const { version, name } = migration
  await trx.query
    .insertInto('schema_migrations')
    .values({ version, name, applied_at: nowOf(trx) })
    .execute()
}

/** The database's own time, epoch ms. */
function nowOf({ dialect }: Transaction): RawBuilder<number> {
  return dialect === 'sqlite'
    ? sql`cast((julianday('now') - 2440587.5) * 86400000 as integer)`
    : sql`(extract(epoch from now()) * 1000)::bigint`
}
