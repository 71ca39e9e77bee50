import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DatabaseStatus } from '../../../src/shared/database.ts'
import type { ModeStorage } from '../../../src/main/storage-client/index.ts'
import { openDatabase } from '../../../src/storage/database/index.ts'
import { migrate } from '../../../src/storage/database/migrate.ts'
import { MIGRATIONS } from '../../../src/storage/database/migrations/index.ts'
import { connectSqlite } from '../../../src/storage/database/sqlite.ts'
import { withCompileCache } from '../../support/compile-cache.ts'
import { modeStorageIn } from '../../support/mode-storage.ts'
import { canMount, mount, unmount } from '../../support/small-disk.ts'

const NEWEST = MIGRATIONS.length
const COPY = `signal.before-schema-${NEWEST}.sqlite`
/** Enough for several steps of a copy: about 30 MB. */
const BARS = 500_000

let folder: string
let file: string
let modeStorage: ModeStorage | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-upgrade-'))
  file = join(folder, 'signal.sqlite')
})
afterEach(() => {
  modeStorage?.stop()
  unmount(join(folder, 'disk'))
  rmSync(folder, { recursive: true, force: true })
})

/** A database as the version before the last migration left it. */
async function olderDatabase(bars = 100): Promise<void> {
  const connection = connectSqlite({ dialect: 'sqlite', file })
  await migrate(connection, { migrations: MIGRATIONS.slice(0, -1) })
  if (connection.dialect === 'sqlite')
    connection.raw.exec(`
      with recursive minute (n) as (select 1 union all select n + 1 from minute where n < ${bars})
      insert into market_bars select 'AAPL', n * 60000, n, n, n, n, n, n, n, 'sip' from minute`)
  await connection.close()
}

function readFrom<T>(path: string, statement: string): T {
  const raw = new BetterSqlite3(path, { readonly: true })
  const value = raw.prepare(statement).pluck().get() as T
  raw.close()
  return value
}

const schemaOf = (path: string) => readFrom<number>(path, 'select max(version) from schema_migrations')
const barsIn = (path: string) => readFrom<number>(path, 'select count(*) from market_bars')
const inFolder = () => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name))
const open = async (onCopied?: (percent: number) => void) =>
  (await openDatabase(`sqlite:${file}`, onCopied === undefined ? {} : { onCopied })).close()

test('an older database is copied beside it before it is upgraded, with all that was committed, for its user alone', async () => {
  await olderDatabase()
  const other = new BetterSqlite3(file) // keeps what it writes in the write-ahead log
  other.exec(`insert into market_bars select 'TSLA', bar_time, 1, 1, 1, 1, 1, 1, 1, 'sip' from market_bars`)
  const told: number[] = []
  await open((percent) => told.push(percent))
  other.close()
  expect(schemaOf(file)).toBe(NEWEST)
  expect(inFolder()).toEqual([COPY, 'signal.sqlite'])
  const copy = join(folder, COPY)
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  expect([schemaOf(copy), barsIn(copy)]).toEqual([NEWEST - 1, 200])
  expect(readFrom(copy, 'pragma integrity_check')).toBe('ok')
  expect([told.at(0), told.at(-1)]).toEqual([0, 100])
})

test('a new database and one of this version are not copied', async () => {
  await open()
  await open()
  expect(inFolder()).toEqual(['signal.sqlite'])
})

test('while it is copied nobody else can write, so the copy is exactly what is upgraded', async () => {
  await olderDatabase()
  const other = new BetterSqlite3(file, { timeout: 0 })
  let refusal: unknown
  await open(() => {
    try {
      other.exec(`delete from market_bars`)
    } catch (cause) {
      refusal = cause
    }
  })
  expect(refusal).toMatchObject({ code: 'SQLITE_BUSY' })
  other.close()
})

/** Runs statements on the database's modules in a process of their own; resolves with the signal that ended it. */
async function inProcess(statements: string): Promise<NodeJS.Signals | null> {
  const from = (name: string) =>
    JSON.stringify(import.meta.resolve(`../../../src/storage/database/${name}.ts`))
  const script = `
    import { openDatabase } from ${from('index')}
    import { migrate } from ${from('migrate')}
    import { connectSqlite } from ${from('sqlite')}
    import { MIGRATIONS } from ${from('migrations/index')}
    const [file] = process.argv.slice(1)
    const die = () => process.kill(process.pid, 'SIGKILL')
    ${statements}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: withCompileCache(),
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return signal
}

async function expectUpgraded(): Promise<void> {
  await open()
  expect(inFolder()).toEqual([COPY, 'signal.sqlite'])
  const copy = join(folder, COPY)
  expect([schemaOf(file), barsIn(file)]).toEqual([NEWEST, BARS])
  expect([schemaOf(copy), barsIn(copy)]).toEqual([NEWEST - 1, BARS])
}

test('killed while it is copied, the database is as it was, and the next start copies it whole', async () => {
  await olderDatabase(BARS)
  const signal = await inProcess(
    'await openDatabase("sqlite:" + file, { onCopied: (percent) => percent > 20 && die() })',
  )
  expect(signal).toBe('SIGKILL')
  expect(inFolder()).toContain(`${COPY}.new`)
  expect(inFolder()).not.toContain(COPY)
  expect(schemaOf(file)).toBe(NEWEST - 1)
  await expectUpgraded()
}, 60_000)

test('killed while it is upgraded, the database is as it was, and the next start copies and upgrades it', async () => {
  await olderDatabase(BARS)
  const signal = await inProcess(`
    const connection = connectSqlite({ dialect: 'sqlite', file })
    connection.raw.function('die', die)
    const last = { version: ${NEWEST}, name: 'half', postgres: '', sqlite: 'create table half (x); delete from market_bars; insert into half select die()' }
    await migrate(connection, { migrations: [...MIGRATIONS.slice(0, -1), last] })`)
  expect(signal).toBe('SIGKILL')
  expect(inFolder()).toContain(COPY)
  expect([schemaOf(file), barsIn(file)]).toEqual([NEWEST - 1, BARS])
  await expectUpgraded()
}, 60_000)

test('the copies of the last two upgrades are kept, and those of other databases are left alone', async () => {
  await olderDatabase()
  const others = ['signal.demo.before-schema-2.sqlite', 'signal.before-schema-x.sqlite', 'mine.sqlite']
  for (const name of ['signal.before-schema-3.sqlite', 'signal.before-schema-8.sqlite', ...others])
    writeFileSync(join(folder, name), '')
  await open()
  expect(inFolder()).toEqual([COPY, 'signal.before-schema-8.sqlite', 'signal.sqlite', ...others].toSorted())
})

const why = canMount ? '' : ' (skipped: a small disk can only be mounted as root on Linux)'

test.skipIf(!canMount)(
  `without room for the copy nothing is upgraded, the trader learns how much to free, and then it is${why}`,
  async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    mount('-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', disk)
    file = join(disk, 'signal.sqlite')
    await olderDatabase(BARS)
    const refusal = await open().catch((cause: unknown) => cause)
    expect(refusal).toMatchObject({
      kind: 'full',
      message: expect.stringMatching(
        /^Not enough disk space to copy signal\.sqlite before this version of Signal upgrades it\. Free \d+ MB on the disk of \S+ and restart\. Nothing was changed\.$/,
      ),
    })
    expect(schemaOf(file)).toBe(NEWEST - 1)
    expect(readdirSync(disk).filter((name) => name.includes('before'))).toEqual([])
    const megabytes = Number(/Free (\d+) MB/.exec(String(refusal))?.[1])
    mount('-o', `remount,size=${80 * 1024 * 1024 + megabytes * 1_000_000}`, disk)
    await open()
    expect(schemaOf(file)).toBe(NEWEST)
  },
  60_000,
)

test.skipIf(!canMount)(
  `on a disk that fills meanwhile the half copy is removed, and nothing is upgraded${why}`,
  async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    mount('-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk)
    file = join(disk, 'signal.sqlite')
    await olderDatabase(BARS)
    let filled = false
    const filling = open((percent) => {
      if (percent < 20 || filled) return
      filled = true
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'other-program')}`, 'bs=1M'])
    })
    await expect(filling).rejects.toMatchObject({
      kind: 'full',
      message: expect.stringMatching(/Free \d+ MB on the disk/),
    })
    expect(filled).toBe(true)
    expect(schemaOf(file)).toBe(NEWEST - 1)
    expect(readdirSync(disk).filter((name) => name.includes('before'))).toEqual([])
  },
  60_000,
)

test('meanwhile the windows are told how far the copy is, and that the database is upgraded', async () => {
  await olderDatabase(BARS)
  const statuses: DatabaseStatus[] = []
  await new Promise<void>((resolve) => {
    modeStorage = modeStorageIn(folder, (status) => {
      statuses.push(status)
      if (status.state === 'open') resolve()
    }).modeStorage
    modeStorage.use('paper', undefined)
  })
  const percents = statuses.flatMap(({ copiedPercent }) => copiedPercent ?? [])
  expect(percents).toEqual(percents.toSorted((one, other) => one - other))
  expect([percents.at(0), percents.at(-1)]).toEqual([0, 100])
  expect(percents.length).toBeGreaterThan(3)
  expect(statuses.at(0)).toMatchObject({ state: 'opening', copiedPercent: 0 })
  expect(statuses.at(-1)).not.toHaveProperty('copiedPercent')
  expect(existsSync(join(folder, COPY))).toBe(true)
}, 60_000)
