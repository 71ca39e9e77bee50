import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CopyProgress, DatabaseStatus } from '../../src/shared/database.ts'
import type { LoadProgress } from '../../src/shared/history.ts'
import { ok } from '../../src/shared/result.ts'
import type { AuditEvent } from '../../src/shared/trading/audit.ts'
import { stockSymbol } from '../../src/shared/units.ts'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import { ModeStorage } from '../../src/main/storage-client/index.ts'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { nodeFork } from '../support/child-fork.ts'
import { realServer, sqliteFile, titleOf, type DatabaseKind } from '../support/databases.ts'
import { Inbox } from '../support/inbox.ts'

const [AAPL] = stockSymbol.array().parse(['AAPL']) as [ReturnType<typeof stockSymbol.parse>]
const OCTOBER_DAY = { symbols: [AAPL], startDate: '2026-10-01', endDate: '2026-10-01', feed: 'demo' } as const

let market: DemoMarket
let dataDir: string
let modeStorage: ModeStorage
let processes: ReturnType<typeof nodeFork>
let statuses: Inbox<DatabaseStatus>
let ended: Inbox<LoadProgress>
let databaseUrl: string | undefined
let copying: CopyProgress[]
let appended: AuditEvent[]

beforeEach(async () => {
  market = await startDemoMarket({ symbols: [AAPL], seed: 2 })
  dataDir = mkdtempSync(join(tmpdir(), 'signal-archive-'))
  processes = nodeFork(new URL('../../src/storage/process.ts', import.meta.url))
  statuses = new Inbox()
  ended = new Inbox()
  databaseUrl = undefined
  copying = []
  appended = []
  const client = new AlpacaClient(alpacaConfig(market.environment))
  modeStorage = new ModeStorage({
    fork: processes.fork,
    dataDir,
    databaseUrl: () => databaseUrl,
    databaseUrlOf: (choice) => ok(choice.kind === 'file' ? undefined : choice.url),
    logFile: join(dataDir, 'storage.log'),
    logLevel: 'info',
    emit: {
      history: { progress: () => {}, verified: () => {} },
      audit: { appended: (events) => void appended.push(...events) },
      database: { changed: (status) => statuses.add(status), copying: (progress) => copying.push(progress) },
    },
    assets: () => client.getAssets(),
    onLoadEnded: (progress) => ended.add(progress),
    chooseFile: async () => join(dataDir, 'events.jsonl'),
    clock: systemClock,
    log: silentLog,
  })
})

afterEach(async () => {
  modeStorage.stop()
  await market.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const opened = ({ state }: DatabaseStatus) => state === 'open'
const { history, database } = {
  history: () => modeStorage.handlers.history,
  database: () => modeStorage.handlers.database,
}

async function presentMinutes(): Promise<number | undefined> {
  const plan = await history().plan({ ...OCTOBER_DAY, symbols: [AAPL] })
  return plan.ok ? plan.value.coverage[0]?.actualBars : undefined
}

test('a window plans a load, starts it and finds its bars, and the end of the load is reported', async () => {
  modeStorage.use('demo', market.environment)
  await statuses.until(opened)
  expect(await database().status()).toMatchObject({ ok: true, value: { state: 'open' } })
  expect(await presentMinutes()).toBe(0)
  expect(await history().start({ ...OCTOBER_DAY, symbols: [AAPL] })).toMatchObject({ ok: true })
  expect(await ended.until(() => true)).toMatchObject({ state: 'done' })
  expect(await presentMinutes()).toBe(390)
  expect(await history().findAssets({ text: 'apple' })).toMatchObject({
    ok: true,
    value: [{ symbol: 'AAPL' }],
  })
})

test('a load that fills gaps ends with an event with what came and what is left, which windows receive', async () => {
  modeStorage.use('demo', market.environment)
  await statuses.until(opened)
  expect(await history().fill({ ...OCTOBER_DAY, symbols: [AAPL] })).toMatchObject({ ok: true })
  const { id } = await ended.until(() => true)
  const page = await modeStorage.handlers.audit.events({ types: ['HistoryFilled'], limit: 9 })
  expect(page).toMatchObject({
    ok: true,
    value: [
      {
        stream: `history:${id}`,
        payload: { startDate: '2026-10-01', symbols: [{ symbol: 'AAPL', missing: {} }] },
      },
    ],
  })
  expect(appended).toEqual(page.ok && page.value)
})

test('a streamed bar and its correction are stored as one, even if the process dies in between', async () => {
  modeStorage.use('demo', market.environment)
  await statuses.until(opened)
  const at = Date.parse('2026-10-01T14:00:00Z')
  const message = { type: 'bar' as const, symbol: AAPL, at, time: '2026-10-01T14:00:00Z' }
  const prices = { open: 10, high: 12, low: 9, close: 11, volume: 100 }
  modeStorage.write({ message: { ...message, ...prices }, source: 'demo', receivedAt: at })
  await expect.poll(presentMinutes).toBe(1)
  const seen = statuses.items.length
  processes.started.at(-1)?.kill('SIGKILL')
  await statuses.until(opened, seen)
  modeStorage.write({
    message: { ...message, ...prices, volume: 200 },
    source: 'demo',
    receivedAt: at,
  })
  modeStorage.write({
    message: { ...message, ...prices, at: at + 60_000 },
    source: 'demo',
    receivedAt: at,
  })
  await expect.poll(presentMinutes).toBe(2)
})

test('paper keeps its bars apart from the demo market’s', async () => {
  modeStorage.use('demo', market.environment)
  await statuses.until(opened)
  await history().start({ ...OCTOBER_DAY, symbols: [AAPL] })
  await ended.until(() => true)
  const seen = statuses.items.length
  modeStorage.use('paper', undefined)
  await statuses.until(opened, seen)
  expect(await presentMinutes()).toBe(0)
  expect(existsSync(join(dataDir, 'signal.sqlite'))).toBe(true)
  expect(existsSync(join(dataDir, 'signal.demo.sqlite'))).toBe(true)
})

test('the audit shows, counts, proves and saves what was recorded', async () => {
  modeStorage.use('demo', market.environment)
  await statuses.until(opened)
  const events = ['RiskLimitChanged', 'OrderRequested'].map((type, at) => ({ type, payload: {}, at }))
  await modeStorage.eventLog.events.append({ stream: 'demo:order:1', expectedVersion: 0, events })
  await modeStorage.eventLog.events.append({
    stream: 'demo:risk',
    expectedVersion: 0,
    events: events.slice(0, 1),
  })
  const { audit } = modeStorage.handlers
  const ids = async (filter: { streamPrefix?: string; beforeId?: number }) => {
    const page = await audit.events({ ...filter, limit: 2 })
    return page.ok ? page.value.map(({ id }) => id) : []
  }
  expect(await ids({})).toEqual([3, 2])
  expect(await ids({ beforeId: 2 })).toEqual([1])
  expect(await ids({ streamPrefix: 'demo:order:' })).toEqual([2, 1])
  expect(await audit.facets()).toEqual({
    ok: true,
    value: { types: ['OrderRequested', 'RiskLimitChanged'], events: 3 },
  })
  expect(await audit.verify()).toMatchObject({ ok: true, value: { kind: 'intact', events: 3 } })
  const path = join(dataDir, 'events.jsonl')
  expect(await audit.export({ streamPrefix: 'demo:risk' })).toEqual({
    ok: true,
    value: { kind: 'saved', path },
  })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ id: 3, stream: 'demo:risk' })
})

test('while no database is available, a window learns why', async () => {
  expect(await history().loads()).toMatchObject({ ok: false, error: { kind: 'database' } })
  expect(await database().status()).toMatchObject({ ok: true, value: { state: 'opening' } })
})

const elsewhereFile: DatabaseKind = { ...sqliteFile, name: 'another SQLite file' }

test.for([elsewhereFile, realServer].map((kind) => [titleOf(kind), kind] as const))(
  'existing data is copied to %s, and what is written until the switch follows',
  async ([, kind], { skip }) => {
    skip(kind.skipped !== undefined, kind.skipped)
    const place = await kind.create()
    modeStorage.use('demo', market.environment)
    await statuses.until(opened)
    await history().start({ ...OCTOBER_DAY, symbols: [AAPL] })
    await ended.until(() => true)
    const append = (version: number) =>
      modeStorage.eventLog.events.append({
        stream: 'demo:risk',
        expectedVersion: version,
        events: [{ type: 'RiskLimitChanged', payload: { version }, at: version }],
      })
    await append(0)
    const elsewhere = { kind: 'server', url: place.url } as const
    expect(await database().test({ kind: 'server', url: 'postgres://me:hunter2@127.0.0.1:1/bars' })).toEqual({
      ok: true,
      value: {
        kind: 'unusable',
        message: 'Connection refused: PostgreSQL database "bars" on 127.0.0.1:1. Is the server running?',
      },
    })
    expect(await database().test(elsewhere)).toMatchObject({ ok: true, value: { kind: 'usable' } })
    expect(await database().copyTo({ kind: 'file' })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('in use already') },
    })

    const copied = await database().copyTo(elsewhere)
    expect(copied).toMatchObject({ ok: true, value: { events: 'copied', complete: true } })
    const bars = copied.ok ? copied.value.bars : 0
    expect(copying.at(-1)).toEqual({ bars, totalBars: bars, events: 1 })
    await append(1)

    databaseUrl = elsewhere.url
    const seen = statuses.items.length
    await modeStorage.close()
    modeStorage.use('demo', market.environment)
    await statuses.until(opened, seen)
    expect(await presentMinutes()).toBe(390)
    expect(await modeStorage.handlers.audit.facets()).toMatchObject({ ok: true, value: { events: 2 } })
    expect(await modeStorage.handlers.audit.verify()).toMatchObject({
      ok: true,
      value: { kind: 'intact', events: 2 },
    })
    modeStorage.stop()
    await place.remove()
    const { password } = new URL(place.url)
    const log = readFileSync(join(dataDir, 'storage.log'), 'utf8')
    expect(log).toContain(kind.name.includes('SQLite') ? 'SQLite' : 'TimescaleDB')
    if (password !== '') expect(log).not.toContain(password)
  },
)
