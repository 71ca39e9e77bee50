import { fork, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startTimescale, whyNoTimescale } from '../../../scripts/timescale.mjs'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../../src/demo-market/index.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { readBars, midnight } from '../../../src/storage/bars/index.ts'
import { openDatabase } from '../../../src/storage/database/index.ts'
import { HistoricalLoader } from '../../../src/storage/direct.ts'
import type { LoadDeps } from '../../../src/storage/loader/index.ts'
import { type StorageConfig } from '#storage'
import { runStorage, type StorageClient } from '../../../src/main/storage-client/index.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import { loadRequest, type LoadRequest } from '../../../src/shared/history.ts'
import { pagedSource, sessions, type ScriptedSource } from '../../support/bar-source.ts'
import { administer, realServer } from '../../support/databases.ts'
import type { LoadingAppMessage, LoadingAppOptions } from '../../support/loading-app.ts'
import { cuttingProxy, recordingProxy } from '../../support/recording-proxy.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { canMount, mount, unmount } from '../../support/small-disk.ts'
import { storageForks } from '../../support/storage-process.ts'

const NOW = Date.parse('2024-12-02T12:00:00Z')
/** Stands still, while pauses take as long as they do. */
const clock = { ...systemClock, now: () => NOW }
const SYMBOLS = ['AAPL', 'MSFT', 'TSLA', 'NVDA']
const request = (symbols: readonly string[], startDate: string, endDate = '2024-11-29') =>
  loadRequest.parse({ symbols, startDate, endDate, feed: 'sip' })

let folder: string
let market: DemoMarket
beforeAll(async () => {
  market = await startDemoMarket({ startAt: NOW, rate: 1 })
})
afterAll(() => market.stop())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-faults-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Everything that the demo market has of a symbol in those days. */
async function truth(symbol: string, startDate: string): Promise<readonly number[]> {
  const client = new AlpacaClient(alpacaConfig(market.environment))
  const bars = await client.getBars({
    symbols: [symbol],
    start: midnight(startDate),
    end: midnight('2024-11-30') - 60_000,
    feed: 'sip',
  })
  return (bars.get(symbol) ?? []).map(({ at }) => at)
}

const state = (client: StorageClient, wanted: string) =>
  new Promise<void>((resolve) => {
    const stop = client.api.database.changed(({ state: now }) => {
      if (now !== wanted) return
      stop()
      resolve()
    })
  })

/** Early enough that 20 kills happen during the load. */
const START = '2023-06-01'

/** A killable part of Signal with a load running in it. */
interface Running {
  /** Ends it with SIGKILL; resolves once nothing of it is left that could still write. */
  readonly kill: () => Promise<void>
  readonly done: Promise<void>
}

type Load = { readonly id: string; readonly request: LoadRequest }

/** The storage process as this process's child. */
async function runStorageProcess(config: StorageConfig, load: Load | undefined): Promise<Running> {
  const { fork, processes } = storageForks()
  const client = runStorage({ fork, config, clock: systemClock, log: silentLog, onState: () => undefined })
  const done = new Promise<void>((resolve) => {
    client.api.history.progress((progress) => progress.state === 'done' && resolve())
  })
  await state(client, 'open')
  if (load) await client.api.history.start(load)
  const process = processes.at(-1)
  const kill = async () => {
    const exit = process && once(process, 'exit')
    client.stop()
    await exit
  }
  return { kill, done }
}

/** A process like Electron's main one, with the storage process as its child. */
async function runApp(config: StorageConfig, load: Load | undefined): Promise<Running> {
  const app = fork(new URL('../../support/loading-app.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  app.send({ config, ...(load && { load }) } satisfies LoadingAppOptions)
  const reported = (kind: LoadingAppMessage['kind']) =>
    new Promise<LoadingAppMessage>((resolve) => {
      app.on('message', (message: LoadingAppMessage) => message.kind === kind && resolve(message))
    })
  const done = reported('done').then(() => undefined)
  const opened = await reported('open')
  const kill = async () => {
    const exit = once(app, 'exit')
    app.kill('SIGKILL')
    await exit
    const pid = opened.kind === 'open' ? opened.storagePid : undefined
    await vi.waitFor(() => expect(pid !== undefined && isAlive(pid)).toBe(false), { timeout: 60_000 })
  }
  return { kill, done }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test.each([
  ['the storage process', runStorageProcess, 1],
  ['the app', runApp, 2],
] as const)(
  'kill -9 of %s at 20 random moments: every bar is there once, and only pages in flight came twice',
  async (_what, run, seed) => {
    const random = seededRandom(seed)
    const file = join(folder, 'signal.sqlite')
    const proxy = await recordingProxy(market.urls.dataUrl)
    const config: StorageConfig = {
      databaseUrl: `sqlite:${file}`,
      alpaca: { ...market.environment, ALPACA_DATA_URL: proxy.url },
      logLevel: 'error',
    }
    const load = { id: randomUUID(), request: request(SYMBOLS, START) }
    const first = midnight(START)
    let known: ReadonlyMap<string, number> = new Map()
    let loadedInBetween = 0
    for (let kill = 0; kill < 20; kill++) {
      const before = proxy.asked.length
      const running = await run(config, kill === 0 ? load : undefined)
      // By what the load has requested, not by the clock: a slow machine must be killed in the middle of it
      // too.
      const pages = 1 + Math.floor(random() * 10)
      await vi.waitFor(() => expect(proxy.asked.length - before).toBeGreaterThanOrEqual(pages), {
        timeout: 60_000,
        interval: 2,
      })
      await new Promise((resolve) => setTimeout(resolve, random() * 20))
      await running.kill()
      for (const { symbol, start, isFurther } of proxy.asked.slice(before)) {
        if (!isFurther) expect(start, symbol).toBe(known.get(symbol) ?? first)
      }
      const reached = reachedIn(file)
      if ([...reached].some(([symbol, until]) => until > (known.get(symbol) ?? first))) loadedInBetween++
      known = reached
    }
    // Otherwise the kills came before the first page was stored, and proved nothing.
    expect(loadedInBetween).toBeGreaterThanOrEqual(5)
    const last = await run(config, undefined)
    await last.done
    await last.kill()
    proxy.close()
    const database = await openDatabase(`sqlite:${file}`)
    for (const symbol of SYMBOLS) {
      const stored = await readBars(database, { symbol, from: 0, until: NOW })
      expect(stored.map(({ at }) => at)).toEqual(await truth(symbol, START))
    }
    await database.close()
  },
  600_000,
)

/** How far each symbol is complete, according to the file. */
function reachedIn(file: string): ReadonlyMap<string, number> {
  const raw = new BetterSqlite3(file)
  const rows = raw.prepare('select symbol, max(until_time) as until from coverage group by symbol').all() as {
    symbol: string
    until: number
  }[]
  raw.close()
  return new Map(rows.map(({ symbol, until }) => [symbol, until]))
}

describe('an SQLite file', () => {
  afterEach(() => unmount(join(folder, 'disk')))
  const why = canMount ? '' : ' (skipped: a small disk can only be mounted as root on Linux)'

  test.skipIf(!canMount)(
    `on a full disk: the load says so and stops, what was stored stays, and with free space it continues${why}`,
    async () => {
      const disk = join(folder, 'disk')
      spawnSync('mkdir', [disk])
      mount('-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk)
      const database = await openDatabase(`sqlite:${join(disk, 'signal.sqlite')}`)
      const deps = {
        database,
        calendar: nyse,
        clock,
        log: silentLog,
        source: pagedSource(sessions, 2_000),
      }
      const loader = new HistoricalLoader(deps, () => undefined)
      const id = randomUUID()
      await loader.start(request(['FULL'], '2024-01-02'), id)
      const stopped = await loader.ended(id)
      expect(stopped).toMatchObject({
        state: 'failed',
        symbols: [{ problem: expect.stringMatching(/Disk full: SQLite file/) }],
      })
      const kept = await readBars(database, { symbol: 'FULL', from: 0, until: NOW })
      expect(kept).toHaveLength(stopped.barsLoaded)
      expect(kept.length).toBeGreaterThan(2_000)
      mount('-o', 'remount,size=64m', disk)
      await loader.resume(id)
      expect(await loader.ended(id)).toMatchObject({ state: 'done' })
      const days = nyse
        .tradingDaysBetween('2024-01-02', '2024-11-30')
        .map(({ day }) => nyse.minutesOfSession(day))
      expect(await readBars(database, { symbol: 'FULL', from: 0, until: NOW })).toHaveLength(
        days.reduce((sum, minutes) => sum + minutes, 0),
      )
      await database.close()
    },
    60_000,
  )

  test.skipIf(!canMount)(`on a read-only disk is refused with the reason${why}`, async () => {
    const disk = join(folder, 'disk')
    spawnSync('mkdir', [disk])
    mount('-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk)
    const url = `sqlite:${join(disk, 'signal.sqlite')}`
    await (await openDatabase(url)).close()
    mount('-o', 'remount,ro', disk)
    await expect(openDatabase(url)).rejects.toMatchObject({
      kind: expect.stringMatching(/^(read-only|no-permission)$/),
    })
  })

  test.skipIf(!canMount)(
    `that is itself read-only, although its folder is not, is refused with the reason${why}`,
    async () => {
      const file = join(folder, 'signal.sqlite')
      await (await openDatabase(`sqlite:${file}`)).close()
      mount('--bind', file, file)
      mount('-o', 'remount,ro,bind', file)
      try {
        await expect(openDatabase(`sqlite:${file}`)).rejects.toMatchObject({
          kind: 'read-only',
          message: `The SQLite file ${file} can be read but not written.`,
        })
      } finally {
        spawnSync('umount', ['-l', file])
      }
    },
  )

  test('that another program locks for a while: the load waits and continues', async () => {
    const file = join(folder, 'signal.sqlite')
    const database = await openDatabase(`sqlite:${file}`)
    if (database.dialect === 'sqlite') database.raw.pragma('busy_timeout = 20')
    const other = new BetterSqlite3(file)
    const problems: string[] = []
    const source = pagedSource(sessions, 2_000)
    const loader = new HistoricalLoader(
      { database, calendar: nyse, clock, log: silentLog, source },
      ({ symbols: [symbol] }) => {
        if (symbol?.problem === undefined || problems.length > 0) return
        problems.push(symbol.problem)
        other.exec('commit')
      },
    )
    const id = randomUUID()
    await loader.start(request(['LOCK'], '2024-11-25'), id)
    other.exec('begin immediate')
    expect(await loader.ended(id)).toMatchObject({ state: 'done', barsLoaded: 3 * 390 + 210 })
    expect(problems[0]).toMatch(/SQLite file .* is in use by another program/)
    other.close()
    await database.close()
  })
})

describe(realServer.skipped ? `a server (skipped: ${realServer.skipped})` : 'a server', () => {
  const check = test.skipIf(realServer.skipped)

  check(
    'whose connection breaks in the middle of a COPY: the page is written again, without duplicates',
    async () => {
      const place = await realServer.create()
      const url = new URL(place.url)
      const proxy = await cuttingProxy({ host: url.hostname, port: Number(url.port) })
      url.port = String(proxy.port)
      const database = await openDatabase(url.href)
      const source = pagedSource(sessions, 5_000)
      const problems = new Set<string>()
      const loader = new HistoricalLoader(
        { database, calendar: nyse, clock, log: silentLog, source },
        ({ symbols: [symbol] }) => {
          if (symbol?.problem !== undefined) problems.add(symbol.problem)
        },
      )
      const id = randomUUID()
      // Only COPY sends pieces of that size.
      proxy.arm(2, 16_000)
      await loader.start(request(['CUT'], '2024-09-03'), id)
      expect(await loader.ended(id)).toMatchObject({
        state: 'done',
        barsLoaded: sessions('CUT', midnight('2024-09-03'), NOW).length,
      })
      expect(proxy.cutsLeft).toBe(0)
      expect([...problems][0]).toMatch(/Connection to the PostgreSQL database .* lost/)
      expect(await readBars(database, { symbol: 'CUT', from: 0, until: NOW })).toHaveLength(
        sessions('CUT', midnight('2024-09-03'), NOW).length,
      )
      await database.close()
      proxy.close()
      await place.remove()
    },
    60_000,
  )

  check(
    'whose password is changed during a load: the load says so and stops; with the new one it continues',
    async () => {
      const place = await realServer.create()
      const role = `signal_role_${randomUUID().slice(0, 8)}`
      await administer(`create role ${role} superuser login password 'first'`)
      const url = new URL(place.url)
      url.username = role
      url.password = 'first'
      const database = await openDatabase(url.href)
      let changed: Promise<unknown> | undefined
      const source = pagedSource(sessions, 1_000)
      const deps = { calendar: nyse, clock, log: silentLog, source }
      const loader = new HistoricalLoader({ ...deps, database }, ({ barsLoaded }) => {
        if (barsLoaded >= 2_000)
          changed ??= administer(`alter role ${role} password 'second'`).then(() =>
            administer(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`),
          )
      })
      const id = randomUUID()
      await loader.start(request(['KEYS'], '2023-01-03'), id)
      expect(await loader.ended(id)).toMatchObject({
        state: 'failed',
        symbols: [{ problem: expect.stringContaining('Check user name and password.') }],
      })
      await database.close()
      url.password = 'second'
      const reopened = await openDatabase(url.href)
      const second = new HistoricalLoader({ ...deps, database: reopened }, () => undefined)
      await second.resume(id)
      expect(await second.ended(id)).toMatchObject({
        state: 'done',
        barsLoaded: sessions('KEYS', midnight('2023-01-03'), NOW).length,
      })
      await reopened.close()
      await place.remove()
      await administer(`drop role ${role}`)
    },
    120_000,
  )
})

/** Counts how often each page, identified by its symbol and first minute, is handed out. */
function countingPages(source: ScriptedSource, handedOut: Map<string, number>): LoadDeps['source'] {
  return {
    getAsset: source.getAsset,
    getCorporateActions: source.getCorporateActions,
    async *bars(asked, options) {
      for await (const page of source.bars(asked, options)) {
        for (const [symbol, [first]] of page.bars) {
          if (first === undefined) continue
          const name = `${symbol} ${first.at}`
          handedOut.set(name, (handedOut.get(name) ?? 0) + 1)
        }
        yield page
      }
    },
  }
}

const KILLS = 20

const ownServer =
  whyNoTimescale() ?? (process.env['SIGNAL_TEST_DATABASE_URL'] ? undefined : realServer.skipped)
describe(ownServer ? `a server of its own (skipped: ${ownServer})` : 'a server of its own', () => {
  const check = test.skipIf(ownServer)

  check(
    'that is down at the start and comes up later: storage waits, says why, and opens; a kill while it is idle has no effect',
    async () => {
      const server = await startTimescale()
      await server.kill()
      const config: StorageConfig = {
        databaseUrl: server.url,
        logLevel: 'error',
        logFile: join(folder, 'storage.log'),
      }
      const { fork: forkStorage, processes } = storageForks()
      const client = runStorage({
        fork: forkStorage,
        config,
        clock: systemClock,
        log: silentLog,
        onState: () => undefined,
      })
      await state(client, 'waiting')
      expect(await client.api.database.status()).toMatchObject({
        ok: true,
        value: { problem: { kind: 'refused' } },
      })
      expect(await client.api.events.prove({ known: [] })).toMatchObject({
        ok: false,
        error: { kind: 'refused' },
      })
      const opened = state(client, 'open')
      await server.start()
      await opened
      expect(await client.api.events.prove({ known: [] })).toMatchObject({
        ok: true,
        value: { verdict: { kind: 'intact' } },
      })
      await server.kill()
      await server.start()
      expect(await client.api.events.prove({ known: [] })).toMatchObject({
        ok: true,
        value: { verdict: { kind: 'intact' } },
      })
      expect(processes).toHaveLength(1)
      client.stop()
      await server.stop()
    },
    120_000,
  )

  check(
    'that is killed with kill -9 at 20 random moments of a load: every bar is there exactly once',
    async () => {
      const server = await startTimescale()
      const database = await openDatabase(server.url)
      const handedOut = new Map<string, number>()
      const source = countingPages(pagedSource(sessions, 1_000), handedOut)
      const random = seededRandom(3)
      const expected = sessions('AAPL', midnight('2022-01-03'), NOW).length
      const allPages = SYMBOLS.length * Math.ceil(expected / 1_000)
      const loader = new HistoricalLoader(
        { database, calendar: nyse, clock, log: silentLog, source },
        () => undefined,
      )
      const id = randomUUID()
      await loader.start(request(SYMBOLS, '2022-01-03'), id)
      const end = loader.ended(id)
      const pagesOut = () => [...handedOut.values()].reduce((sum, times) => sum + times, 0)
      for (let kill = 0; kill < KILLS; kill++) {
        const pages = pagesOut() + 1 + Math.floor(random() * 20)
        await vi.waitFor(() => expect(pagesOut()).toBeGreaterThanOrEqual(pages), {
          timeout: 60_000,
          interval: 2,
        })
        await server.kill()
        expect(handedOut.size, 'the load is not over yet').toBeLessThan(allPages)
        await server.start()
      }
      expect(await end).toMatchObject({ state: 'done' })
      const { rows } = await sql<{ symbol: string; bars: number; minutes: number }>`
      select symbol, count(*) as bars, count(distinct bar_time) as minutes from market_bars group by symbol order by symbol`.execute(
        database.query,
      )
      expect(rows).toEqual(
        [...SYMBOLS].sort().map((symbol) => ({ symbol, bars: expected, minutes: expected })),
      )
      await database.close()
      await server.stop()
      expect(handedOut.size).toBe(allPages)
      // One symbol has one page in flight: a kill may cost it that one and no other.
      for (const symbol of SYMBOLS) {
        const repeats = [...handedOut]
          .filter(([page]) => page.startsWith(`${symbol} `))
          .reduce((sum, [, times]) => sum + times - 1, 0)
        expect(repeats).toBeLessThanOrEqual(KILLS)
      }
    },
    300_000,
  )
})
