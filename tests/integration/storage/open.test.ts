import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readBars, writeBars } from '../../../src/storage/bars/index.ts'
import {
  openDatabase,
  setAside,
  testDatabase,
  transact,
  type Database,
} from '../../../src/storage/database/index.ts'
import { MIGRATION_LOCK } from '../../../src/storage/database/migrate.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import { withCompileCache } from '../../support/compile-cache.ts'
import { describeDatabases } from '../../support/database-suite.ts'
import { plainPostgres, realServer, sqliteFile, timescaleInWebAssembly } from '../../support/databases.ts'
import { rewritingProxy } from '../../support/recording-proxy.ts'

/**
 * A separate process that opens the database: returned just before it opens, with the schema's versions once
 * it has.
 */
async function opener(url: string): Promise<{ readonly versions: Promise<string> }> {
  const script = `
    import { openDatabase } from ${JSON.stringify(import.meta.resolve('../../../src/storage/database/index.ts'))}
    console.log('opening')
    const database = await openDatabase(process.argv[1])
    const made = await database.query.selectFrom('schema_migrations').select('version').orderBy('version').execute()
    await database.close()
    console.log(made.map(({ version }) => version).join(' '))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: withCompileCache(),
  })
  const lines = createInterface(child.stdout)
  const ended = once(lines, 'close')
  await once(lines, 'line')
  let last = 'was not opened'
  lines.on('line', (line) => (last = line))
  return { versions: ended.then(() => last) }
}

describeDatabases('opening %s', (opened, check, kind) => {
  const versions = async (opened: Database) =>
    (await opened.query.selectFrom('schema_migrations').select('version').orderBy('version').execute()).map(
      ({ version }) => version,
    )

  check('the schema is created once, step by step, and opening again changes nothing', async () => {
    expect(await versions(opened.database)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    await opened.database.close()
    opened.database = await opened.place.open()
    expect(await versions(opened.database)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  check('a database of a newer version is refused with a message, and left unchanged', async () => {
    const future = { version: 99, name: 'from the future', applied_at: 0 }
    await opened.database.query.insertInto('schema_migrations').values(future).execute()
    await opened.database.close()
    await expect(opened.place.open()).rejects.toMatchObject({
      kind: 'newer-schema',
      message: expect.stringMatching(
        /newer version of Signal \(schema 99; this version supports 10\)\. Update Signal/,
      ),
    })
    expect(await testDatabase(opened.place.url, opened.place.options)).toMatchObject({
      kind: 'unusable',
      problem: { kind: 'newer-schema' },
    })
    opened.database = await reopenedWithout(99)
    expect(await versions(opened.database)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  check('loads that an earlier version canceled have the state of today', async () => {
    const load = { created_at: 0, start_date: '2024-11-27', end_date: '2024-11-27', feed: 'iex' } as const
    for (const id of ['done', 'old'])
      await opened.database.query
        .insertInto('loads')
        .values({ ...load, id, state: 'done', purpose: 'load' })
        .execute()
    await sql`update loads set state = 'cancelled' where id = 'old'`.execute(opened.database.query)
    await opened.database.close()
    opened.database = await reopenedWithout(6)
    const stored = await opened.database.query
      .selectFrom('loads')
      .select(['id', 'state'])
      .orderBy('id')
      .execute()
    expect(stored).toEqual([
      { id: 'done', state: 'done' },
      { id: 'old', state: 'canceled' },
    ])
    await opened.database.query.deleteFrom('loads').execute()
  })

  /** Undoes the migrations from this one on, bypassing the refusal. */
  async function reopenedWithout(version: number): Promise<Database> {
    const statements = [
      `delete from schema_migrations where version >= ${version}`,
      ...(version <= 7 ? ['drop table exact_bars'] : []),
      ...(version <= 8 ? ['alter table event_head drop column log_id'] : []),
      ...(version <= 9 ? ['drop table corporate_actions'] : []),
      ...(version <= 10 ? ['drop table expected_days'] : []),
    ]
    await changeDirectly(statements.join(';'))
    return opened.place.open()
  }

  /** Runs statements as another program would. */
  async function changeDirectly(statements: string): Promise<void> {
    if (opened.place.url.startsWith('sqlite:')) {
      const raw = new BetterSqlite3(opened.place.url.slice('sqlite:'.length))
      raw.exec(statements)
      raw.close()
    } else {
      const client = new pg.Client({ connectionString: opened.place.url })
      await client.connect()
      await client.query(statements)
      await client.end()
    }
  }

  check('a database without one of its tables is refused with a message that names it', async () => {
    await opened.database.close()
    await changeDirectly('alter table event_head rename to elsewhere')
    await expect(opened.place.open()).rejects.toMatchObject({
      name: 'DatabaseError',
      message: expect.stringMatching(
        / has no table event_head: another program changed it\. Restore a backup/,
      ),
    })
    await changeDirectly('alter table elsewhere rename to event_head')
    opened.database = await opened.place.open()
  })

  check('the connection test of a working database says what it supports', async () => {
    await opened.database.close()
    const answer = await testDatabase(opened.place.url, opened.place.options)
    opened.database = await opened.place.open()
    expect(answer).toEqual({ kind: 'usable', capabilities: opened.database.capabilities })
    expect(opened.database.capabilities.description).toMatch(
      { SQLite: /^SQLite file/, 'TimescaleDB in WebAssembly': /community license.*compressed after 7 days/ }[
        kind.name
      ] ?? /TimescaleDB .*(Apache|community) license/,
    )
  })
})

describe('what TimescaleDB does with the bars', () => {
  test('with the community license bars are a hypertable that compresses by symbol after 7 days and drops data after 6 years', async () => {
    const place = await timescaleInWebAssembly.create()
    const database = await place.open()
    const { rows: hypertables } = await sql<{ compression_enabled: boolean }>`
      select compression_enabled from timescaledb_information.hypertables where hypertable_name = 'market_bars'`.execute(
      database.query,
    )
    expect(hypertables).toEqual([{ compression_enabled: true }])
    const { rows: jobs } = await sql<{ proc_name: string; config: Record<string, unknown>; job_id: number }>`
      select proc_name, config, job_id from timescaledb_information.jobs where hypertable_name = 'market_bars'
      order by proc_name`.execute(database.query)
    expect(jobs).toMatchObject([
      { proc_name: 'policy_compression', config: { compress_after: '7 days' } },
      { proc_name: 'policy_retention', config: { drop_after: '6 years' } },
    ])
    await insertDays(database, [-20, -365 * 7, 0])
    for (const { job_id } of jobs) await sql`call run_job(${sql.lit(job_id)})`.execute(database.query)
    const { rows: chunks } = await sql<{ is_compressed: boolean }>`
      select is_compressed from timescaledb_information.chunks where hypertable_name = 'market_bars'
      order by range_start`.execute(database.query)
    expect(chunks).toEqual([{ is_compressed: true }, { is_compressed: false }])
    await database.close()
    await place.remove()
  }, 60_000)

  /** Inserts one bar for each day, that many days from now. */
  async function insertDays(database: Database, days: readonly number[]): Promise<void> {
    const bar = { open: '1', high: '1', low: '1', close: '1', volume: 1, vwap: null, trade_count: null }
    for (const day of days) {
      const bar_time = new Date(Math.floor(Date.now() / 60_000) * 60_000 + day * 86_400_000).toISOString()
      await database.query
        .insertInto('market_bars')
        .values({ ...bar, symbol: 'AAPL', bar_time, feed: 'sip' })
        .execute()
    }
  }
})

describe('an unavailable database is explained', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signal-open-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const problemOf = async (url: string) => {
    const answer = await testDatabase(url)
    if (answer.kind === 'usable') throw new Error('it could be used')
    return answer.problem
  }

  test('an invalid address', async () => {
    expect(await problemOf('mysql://root@localhost')).toMatchObject({
      message: /must begin with sqlite: or postgres/,
    })
    expect((await problemOf('postgres://user:secret@:nowhere')).message).not.toContain('secret')
  })

  test('a server that is not running', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    await once(server, 'close')
    expect(await problemOf(`postgres://signal@127.0.0.1:${port}/signal`)).toEqual({
      kind: 'refused',
      message: `Connection refused: PostgreSQL database "signal" on 127.0.0.1:${port}. Is the server running?`,
    })
  })

  test('a server that is too old', async () => {
    const place = await timescaleInWebAssembly.create()
    const { hostname, port } = new URL(place.url)
    const proxy = await rewritingProxy({ host: hostname, port: Number(port) }, '170005', '120005')
    const url = place.url.replace(`:${port}/`, `:${proxy.port}/`)
    const answer = await testDatabase(url, place.options)
    expect(answer).toEqual({
      kind: 'unusable',
      problem: { kind: 'too-old', message: 'The server is PostgreSQL 12; Signal needs 13 or later.' },
    })
    proxy.close()
    await place.remove()
  }, 30_000)

  test('a server without TimescaleDB is used anyway, and what is missing is reported', async () => {
    const place = await plainPostgres.create()
    expect(await testDatabase(place.url, place.options)).toEqual({
      kind: 'usable',
      capabilities: {
        kind: 'postgres',
        description:
          'PostgreSQL 17 without TimescaleDB: everything works, but bars are one plain table, neither compressed nor ' +
          'dropped after 6 years. Install the timescaledb extension to have both.',
      },
    })
    const database = await place.open()
    const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1, vwap: null, tradeCount: null }
    const bars = [{ ...bar, at: Date.parse('2024-11-29T15:00:00Z') }]
    await transact(database, (trx) => writeBars(trx, { symbol: 'AAPL', feed: 'sip', bars }, nyse))
    expect(await readBars(database, { symbol: 'AAPL', from: 0, until: Date.now() })).toEqual(bars)
    await database.close()
    await place.remove()
  }, 30_000)

  test('a server that disconnects immediately', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    expect(await problemOf(`postgres://signal@127.0.0.1:${port}/signal`)).toMatchObject({ kind: 'lost' })
    server.close()
  })

  test('a host that does not exist', async () => {
    expect(await problemOf('postgres://signal@no-such-host.invalid/signal')).toMatchObject({
      kind: 'unreachable',
      message: /No answer from PostgreSQL database "signal" on no-such-host.invalid:5432/,
    })
  })

  const onServer = realServer.skipped ? `skipped: ${realServer.skipped}` : 'on the server'
  describe(`of a real server (${onServer})`, () => {
    const check = test.skipIf(realServer.skipped)

    check('a wrong password', async () => {
      const url = new URL(String(process.env['SIGNAL_TEST_DATABASE_URL']))
      url.password = 'wrong'
      const problem = await problemOf(url.href)
      expect(problem).toMatchObject({ kind: 'password', message: /Login failed/ })
      expect(problem.message).not.toContain('wrong')
    })

    check('a database that the server does not have', async () => {
      const url = new URL(String(process.env['SIGNAL_TEST_DATABASE_URL']))
      url.pathname = '/nowhere'
      expect(await problemOf(url.href)).toMatchObject({
        kind: 'no-database',
        message: /has no such database.*"nowhere"/,
      })
    })

    check('two processes that open an empty database together create its schema once', async () => {
      const place = await realServer.create()
      const first = new pg.Client({ connectionString: place.url })
      await first.connect()
      await first.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
      const openers = [await opener(place.url), await opener(place.url)]
      const waiting = async () =>
        (
          await first.query(`select from pg_locks where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`)
        ).rowCount
      await expect.poll(waiting).toBe(2)
      // An opener that waits has changed nothing yet.
      const { rows } = await first.query(`select to_regclass('schema_migrations') as made`)
      expect(rows).toEqual([{ made: null }])
      await first.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
      expect(await Promise.all(openers.map(({ versions }) => versions))).toEqual([
        '1 2 3 4 5 6 7 8 9 10',
        '1 2 3 4 5 6 7 8 9 10',
      ])
      await first.end()
      await place.remove()
    })
  })

  test('two processes that open an empty SQLite file together create its schema once', async () => {
    const place = await sqliteFile.create()
    const first = new BetterSqlite3(place.url.slice('sqlite:'.length))
    first.exec('pragma journal_mode = wal; begin immediate')
    const openers = [await opener(place.url), await opener(place.url)]
    first.exec('commit')
    first.close()
    expect(await Promise.all(openers.map(({ versions }) => versions))).toEqual([
      '1 2 3 4 5 6 7 8 9 10',
      '1 2 3 4 5 6 7 8 9 10',
    ])
    await place.remove()
  })

  test('a file that is not SQLite is left alone, and can be backed up', async () => {
    const file = join(folder, 'signal.sqlite')
    writeFileSync(file, 'my diary '.repeat(1_000))
    expect(await problemOf(`sqlite:${file}`)).toMatchObject({
      kind: 'damaged',
      message: `The SQLite file ${file} is damaged.`,
    })
    expect(readdirSync(folder)).toEqual(['signal.sqlite'])
    const aside = setAside(file, '2026-11-24T15:00:00.000Z')
    expect(aside).toBe(`${file}.damaged-2026-11-24T15-00-00-000Z`)
    await (await openDatabase(`sqlite:${file}`)).close()
    expect(readdirSync(folder).sort()).toEqual([
      'signal.sqlite',
      'signal.sqlite.damaged-2026-11-24T15-00-00-000Z',
    ])
  })

  test('an SQLite file that another program has locked', async () => {
    const file = join(folder, 'signal.sqlite')
    await (await openDatabase(`sqlite:${file}`)).close()
    const script = `const db = new (require('better-sqlite3'))(process.argv[1]); db.exec('begin exclusive'); console.log('held'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    const problem = await problemOf(`sqlite:${file}`)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    expect(problem).toMatchObject({ kind: 'locked', message: /Another program holds/ })
    await (await openDatabase(`sqlite:${file}`)).close()
  })

  test('a folder that cannot be created', async () => {
    writeFileSync(join(folder, 'file'), '')
    expect(await problemOf(`sqlite:${join(folder, 'file', 'signal.sqlite')}`)).toMatchObject({
      kind: 'no-permission',
      message: /Check that the folder exists and may be written/,
    })
  })

  test.skipIf(process.getuid?.() === 0)('a read-only SQLite file', async () => {
    const file = join(folder, 'signal.sqlite')
    await (await openDatabase(`sqlite:${file}`)).close()
    chmodSync(file, 0o444)
    expect(await problemOf(`sqlite:${file}`)).toMatchObject({ kind: 'read-only' })
  })
})

test('a SQLite file that is refused is not held open', async () => {
  const place = await sqliteFile.create()
  const database = await place.open()
  const future = { version: 99, name: 'from the future', applied_at: 0 }
  await database.query.insertInto('schema_migrations').values(future).execute()
  await database.close()
  await expect(place.open()).rejects.toMatchObject({ kind: 'newer-schema' })
  const raw = new BetterSqlite3(place.url.slice('sqlite:'.length), { timeout: 0 })
  // Only the last one who holds the file may end its write-ahead log.
  expect(raw.pragma('journal_mode = delete', { simple: true })).toBe('delete')
  raw.close()
  await place.remove()
})

test('a transaction that another program blocks ends with the reason, and later ones succeed', async () => {
  const place = await sqliteFile.create()
  const database = await place.open()
  if (database.dialect !== 'sqlite') throw new Error('not SQLite')
  database.raw.pragma('busy_timeout = 50')
  const file = place.url.slice('sqlite:'.length)
  const other = new BetterSqlite3(file)
  other.exec('begin immediate')
  await expect(transact(database, async () => undefined)).rejects.toMatchObject({ kind: 'locked' })
  other.exec('commit')
  other.close()
  await transact(database, async () => undefined)
  await database.close()
  await place.remove()
})
