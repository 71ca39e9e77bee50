import { sql } from 'kysely'
import {
  POSTGRES_GUARDS,
  SQLITE_GUARDS,
  transact,
  type Database,
  type Guard,
  type Reader,
} from '../database/index.ts'

/**
 * Whether the triggers that refuse changes are all there, as Signal created them. Whoever can change the schema can
 * remove them: they stop mistakes, and their absence tells that somebody wanted to change events.
 */
export async function isGuarded(reader: Reader): Promise<boolean> {
  const present = reader.dialect === 'sqlite' ? await inSqlite(reader) : await inPostgres(reader)
  const wanted = reader.dialect === 'sqlite' ? SQLITE_GUARDS : POSTGRES_GUARDS
  return wanted.every(({ name, body }) => present.get(name)?.includes(body) === true)
}

/** Creates the triggers anew, unless they are all there. */
export async function keepGuarded(database: Database): Promise<void> {
  if (await isGuarded(database)) return
  await transact(database, async (trx) => {
    const create = (guards: readonly Guard[]) => guards.map(({ create: text }) => text).join('\n')
    if (trx.dialect === 'sqlite') trx.raw.exec(create(SQLITE_GUARDS))
    else await trx.client.query(create(POSTGRES_GUARDS))
  })
}

async function inSqlite({ query }: Reader): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_schema where type = 'trigger' and tbl_name = 'events'`.execute(query)
  return new Map(rows.map((row) => [row.name, row.sql]))
}

/** Those that fire: a disabled trigger is no guard. */
async function inPostgres({ query }: Reader): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; body: string }>`
    select tgname as name, prosrc as body from pg_trigger join pg_proc on pg_proc.oid = tgfoid
    where tgrelid = 'events'::regclass and tgenabled in ('O', 'A')`.execute(query)
  return new Map(rows.map((row) => [row.name, row.body]))
}
