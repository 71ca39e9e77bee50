import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startDemoMarket, type DemoMarket } from '../../../src/demo-market/index.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { type StorageConfig } from '#storage'
import { runStorage, type StorageClient } from '../../../src/main/storage-client/index.ts'
import { loadRequest, type LoadProgress } from '../../../src/shared/history.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import type { ProcessState } from '../../../src/shared/health.ts'
import { stockSymbol, toPrice } from '../../../src/shared/units.ts'
import { withCompileCache } from '../../support/compile-cache.ts'
import { storageForks } from '../../support/storage-process.ts'

const NOW = Date.parse('2024-12-02T12:00:00Z')
const AAPL = stockSymbol.parse('AAPL')
const OPEN = nyse.tradingDay('2024-11-29')!.open

let folder: string
let market: DemoMarket
beforeAll(async () => {
  market = await startDemoMarket({ startAt: NOW, rate: 1 })
})
afterAll(() => market.stop())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-storage-'))
})
const clients: StorageClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.stop()
  rmSync(folder, { recursive: true, force: true })
})

function open(change: Partial<StorageConfig> = {}) {
  const { fork, processes } = storageForks()
  const states: ProcessState[] = []
  const config: StorageConfig = {
    databaseUrl: `sqlite:${join(folder, 'signal.sqlite')}`,
    alpaca: { ...market.environment },
    logFile: join(folder, 'storage.log'),
    logLevel: 'error',
    ...change,
  }
  const client = runStorage({
    fork,
    config,
    clock: systemClock,
    log: silentLog,
    onState: (state) => states.push(state),
  })
  clients.push(client)
  return { client, api: client.api, processes, states, config }
}

/** Resolves with the first status in that state. */
function untilStatus(api: StorageClient['api'], state: string): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = api.database.changed((status) => {
      if (status.state !== state) return
      stop()
      resolve(status)
    })
  })
}

const bar = (minute: number) => {
  const price = toPrice(100.25)
  return { at: OPEN + minute * 60_000, open: price, high: price, low: price, close: price, volume: 7 }
}

test('bars and values that main stores are read back, by minute and by day', async () => {
  const { api } = open()
  await untilStatus(api, 'open')
  const bars = [bar(0), bar(1), { ...bar(2), high: toPrice(1) }]
  expect(await api.bars.store([{ symbol: AAPL, feed: 'iex', bars }])).toEqual({
    ok: true,
    value: { stored: 2, refused: 1 },
  })
  expect(await api.bars.range({ symbol: AAPL, from: OPEN, until: OPEN + 600_000, limit: 100 })).toEqual({
    ok: true,
    value: [bar(0), bar(1)],
  })
  expect(await api.bars.last({ symbol: AAPL, count: 1, until: NOW })).toEqual({ ok: true, value: [bar(1)] })
  expect(await api.bars.daily({ symbol: AAPL, from: '2024-11-29', until: '2024-11-30' })).toEqual({
    ok: true,
    value: [
      {
        day: '2024-11-29',
        open: '100.25',
        high: '100.25',
        low: '100.25',
        close: '100.25',
        volume: 14,
        minutes: 2,
        feed: 'iex',
      },
    ],
  })
  await api.values.keep({ name: 'traffic', value: '{}' })
  expect(await api.values.read({ name: 'traffic' })).toEqual({ ok: true, value: '{}' })
  expect(await api.bars.store([{ symbol: "X'", feed: 'iex', bars: [] }])).toMatchObject({
    ok: false,
    error: { kind: 'invalid-input' },
  })
})

test('a load is planned, runs, reports its progress, and is verified', async () => {
  const { api } = open()
  await untilStatus(api, 'open')
  const request = loadRequest.parse({
    symbols: ['AAPL', 'MSFT'],
    startDate: '2024-11-25',
    endDate: '2024-11-29',
    feed: 'sip',
  })
  const planned = await api.history.plan(request)
  expect(planned).toMatchObject({ ok: true, value: { estimate: { days: 8, requests: 2 } } })
  const end = new Promise<LoadProgress>((resolve) => {
    api.history.progress((progress) => {
      if (progress.state === 'done') resolve(progress)
    })
  })
  await api.history.start({ id: randomUUID(), request })
  expect(await end).toMatchObject({
    state: 'done',
    fraction: 1,
    symbols: [{ symbol: 'AAPL', state: 'done' }, { state: 'done' }],
  })
  expect(await api.history.plan(request)).toMatchObject({
    ok: true,
    value: { estimate: { days: 0, bars: 0, requests: 0, seconds: 0 } },
  })
  const verified: unknown[] = []
  api.history.verified((each) => verified.push(each))
  const reports = await api.history.verify({ symbols: request.symbols })
  expect(reports).toMatchObject({
    ok: true,
    value: [{ symbol: 'AAPL', coverage: { coveragePct: 100 } }, { symbol: 'MSFT' }],
  })
  expect(verified).toEqual([
    { symbol: 'AAPL', done: 1, total: 2 },
    { symbol: 'MSFT', done: 2, total: 2 },
  ])
})

test('killed in the middle of calls it comes back, every call is answered, and no event is written twice', async () => {
  const { api, processes, states } = open()
  await untilStatus(api, 'open')
  const append = (version: number) =>
    api.events.append({
      stream: 'orders',
      expectedVersion: version,
      events: [{ type: 'Ticked', payload: { version }, at: NOW }],
    })
  const answers: unknown[] = []
  for (let version = 0; version < 60; version++) {
    if (version % 20 === 10) processes.at(-1)?.kill('SIGKILL')
    let answer = await append(version)
    while (!answer.ok && answer.error.kind === 'starting') {
      await untilStatus(api, 'open')
      answer = await append(version)
    }
    answers.push(answer.ok)
  }
  expect(answers).toEqual(Array.from({ length: 60 }, () => true))
  expect(await api.events.prove({ known: [] })).toMatchObject({
    ok: true,
    value: { verdict: { kind: 'intact', events: 60 } },
  })
  expect(processes).toHaveLength(4)
  expect(states.filter((state) => state === 'running')).toHaveLength(4)
}, 60_000)

test('without keys everything but loading works, and loading says what is missing', async () => {
  const { api } = open({ alpaca: undefined })
  await untilStatus(api, 'open')
  const request = loadRequest.parse({
    symbols: ['AAPL'],
    startDate: '2024-11-25',
    endDate: '2024-11-29',
    feed: 'sip',
  })
  expect(await api.history.start({ id: randomUUID(), request })).toMatchObject({
    ok: false,
    error: { message: /no keys for Alpaca/ },
  })
  expect(await api.history.plan(request)).toMatchObject({ ok: true })
})

test('a damaged SQLite file is backed up and reported, never deleted, and work continues with a new one', async () => {
  writeFileSync(join(folder, 'signal.sqlite'), 'not a database '.repeat(500))
  const { api } = open()
  const status = await untilStatus(api, 'open')
  expect(status).toMatchObject({ state: 'open', setAside: expect.stringContaining('signal.sqlite.damaged-') })
  expect(readdirSync(folder).filter((name) => name.includes('.damaged-'))).toHaveLength(1)
  expect(await api.bars.store([{ symbol: AAPL, feed: 'iex', bars: [bar(0)] }])).toMatchObject({ ok: true })
})

test('an SQLite file that turns out damaged while in use is backed up as well', async () => {
  const file = join(folder, 'signal.sqlite')
  const first = open()
  await untilStatus(first.api, 'open')
  await first.api.bars.store([
    { symbol: AAPL, feed: 'iex', bars: Array.from({ length: 390 }, (_, minute) => bar(minute)) },
  ])
  first.client.stop()
  const raw = new BetterSqlite3(file)
  const { rootpage } = raw.prepare("select rootpage from sqlite_schema where name = 'market_bars'").get() as {
    rootpage: number
  }
  const [{ page_size }] = raw.pragma('page_size') as [{ page_size: number }]
  raw.pragma('wal_checkpoint(truncate)')
  raw.close()
  const { openSync, writeSync, closeSync } = await import('node:fs')
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(page_size, 0xa5), 0, page_size, (rootpage - 1) * page_size)
  closeSync(handle)

  const { api } = open()
  await untilStatus(api, 'open')
  const reopened = untilStatus(api, 'open')
  expect(await api.bars.last({ symbol: AAPL, count: 5, until: NOW })).toMatchObject({
    ok: false,
    error: { kind: 'damaged' },
  })
  expect(await reopened).toMatchObject({ setAside: expect.stringContaining('.damaged-') })
  expect(await api.bars.last({ symbol: AAPL, count: 5, until: NOW })).toEqual({ ok: true, value: [] })
})

test('another database is opened when main says so, and again after a kill; an address can be tested before', async () => {
  const { client, api, config, processes } = open()
  await untilStatus(api, 'open')
  await api.values.keep({ name: 'where', value: 'first' })
  const databaseUrl = `sqlite:${join(folder, 'second.sqlite')}`
  expect(await api.database.test({ url: databaseUrl })).toMatchObject({ ok: true, value: { kind: 'usable' } })
  expect(await api.database.test({ url: 'postgres://me:secret@127.0.0.1:1/x' })).toMatchObject({
    ok: true,
    value: { kind: 'unusable', problem: { kind: 'refused' } },
  })
  const reopened = untilStatus(api, 'open')
  client.configure({ ...config, databaseUrl })
  await reopened
  expect(await api.values.read({ name: 'where' })).toEqual({ ok: true, value: undefined })
  const restarted = untilStatus(api, 'open')
  processes.at(-1)?.kill('SIGKILL')
  await restarted
  expect(await api.values.read({ name: 'where' })).toEqual({ ok: true, value: undefined })
})

test('nothing is copied while a load is running; once it is paused, everything but the load itself is', async () => {
  const { client, api, config } = open()
  await untilStatus(api, 'open')
  market.injectFault({ kind: 'slow', ms: 500 })
  const request = { symbols: [AAPL], startDate: '2022-01-03', endDate: '2024-11-29', feed: 'sip' as const }
  const id = randomUUID()
  await api.history.start({ id, request })
  await api.values.keep({ name: 'trading', value: 'a snapshot' })
  const url = `sqlite:${join(folder, 'second.sqlite')}`
  expect(await api.database.copyTo({ url })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('A download is running') },
  })
  await api.history.pause(id)
  market.clearFaults()
  expect(await api.database.copyTo({ url })).toMatchObject({ ok: true, value: { complete: true } })
  const reopened = untilStatus(api, 'open')
  client.configure({ ...config, databaseUrl: url })
  await reopened
  expect(await api.history.loads()).toEqual({ ok: true, value: [] })
  expect(await api.values.read({ name: 'trading' })).toEqual({ ok: true, value: undefined })
})

test('a damaged copy target is reported, and the open database stays as it was', async () => {
  const { api } = open()
  await untilStatus(api, 'open')
  await api.values.keep({ name: 'where', value: 'first' })
  const file = join(folder, 'damaged.sqlite')
  writeFileSync(file, 'not a database '.repeat(500))
  expect(await api.database.copyTo({ url: `sqlite:${file}` })).toMatchObject({
    ok: false,
    error: { kind: 'damaged' },
  })
  expect(await api.values.read({ name: 'where' })).toEqual({ ok: true, value: 'first' })
  expect(readdirSync(folder).filter((name) => name.includes('.damaged-'))).toEqual([])
})

test('a storage process that cannot read its first message ends, and says why on the terminal', async () => {
  const entry = new URL('../../../src/storage/process.ts', import.meta.url)
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: withCompileCache() })
  const words: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => words.push(text))
  child.send({ type: 'nonsense' })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(words.join('')).toContain('The storage process ends by a fault')
})
