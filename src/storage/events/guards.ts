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
 * Whether the triggers that refuse changes are all there, as Signal created them, and in SQLite no others, which could
 * drop events unnoticed. Whoever can change the schema can replace them: they stop mistakes, and other ones tell that
 * somebody wanted to change events.
 */
export async function isGuarded(reader: Reader): Promise<boolean> {
  const { present, wanted } = await guardsOf(reader)
  return (
    wanted.every(({ name, definition }) => present.get(name) === definition) &&
    (reader.dialect === 'postgres' || present.size === wanted.length)
  )
}

/** Creates the triggers anew, unless they are all there, and in SQLite removes the others. */
export async function keepGuarded(database: Database): Promise<void> {
  if (await isGuarded(database)) return
  await transact(database, async (trx) => {
    const { present, wanted } = await guardsOf(trx)
    const create = wanted.map((guard) => guard.create).join('\n')
    if (trx.dialect === 'postgres') return void (await trx.client.query(create))
    for (const name of present.keys()) await sql`drop trigger ${sql.id(name)}`.execute(trx.query)
    trx.raw.exec(create)
  })
}

/** The triggers on the events, and those that should be there. */
async function guardsOf(reader: Reader): Promise<{
  /** Definitions by name. */
  readonly present: ReadonlyMap<string, string>
  readonly wanted: readonly Guard[]
}> {
  const isSqlite = reader.dialect === 'sqlite'
  const { rows } = await (isSqlite ? IN_SQLITE : IN_POSTGRES).execute(reader.query)
  const present = new Map(rows.map(({ name, definition }) => [name, definition]))
  return { present, wanted: isSqlite ? SQLITE_GUARDS : POSTGRES_GUARDS }
}

type Trigger = { readonly name: string; readonly definition: string }

const IN_SQLITE = sql<Trigger>`
  select name, sql as definition from sqlite_schema where type = 'trigger' and tbl_name = 'events'`

/** Those that fire whatever is changed: a disabled trigger is no guard, nor is one with a condition. */
const IN_POSTGRES = sql<Trigger>`
  select tgname as name, tgtype || prosrc as definition from pg_trigger join pg_proc on pg_proc.oid = tgfoid
  where tgrelid = 'events'::regclass and tgenabled in ('O', 'A') and tgqual is null and tgattr::text = ''`
