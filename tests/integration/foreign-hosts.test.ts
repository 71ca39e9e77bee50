import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock as clock } from '#process/clock'
import { silentLog as log } from '#process/log'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { openSettings, readEnvironment, type Environment } from '../../src/main/settings/index.ts'
import { stockSymbol } from '../../src/shared/units.ts'
import { keyring } from '../support/keyring.ts'
import { mainWithoutElectron } from '../support/main-without-electron.ts'

const KEYS = { apiKey: 'AKLIVEKEY000000ABCD', apiSecret: 'the-very-secret-secret' }
const LOAD = { symbols: stockSymbol.array().parse(['AAPL']), startDate: '2026-10-01', endDate: '2026-10-01' }

let market: DemoMarket
let dataDir: string
let closing: (() => Promise<void>)[]

beforeEach(async () => {
  market = await startDemoMarket({ symbols: ['AAPL'], rate: 200, seed: 3 })
  dataDir = mkdtempSync(join(tmpdir(), 'signal-hosts-'))
  closing = []
})
afterEach(async () => {
  for (const close of closing) await close()
  await market.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Main in that environment; it is closed with the test. */
function openMain(environment: Environment) {
  const main = mainWithoutElectron(dataDir, environment)
  closing.push(main.close)
  return main
}

/** Saves keys as an earlier run of Signal did. */
function saveKeys(account: 'paper' | 'live', keys = KEYS): void {
  const signal = readEnvironment({})
  const store = openSettings({ dataDir, environment: {}, signal, encryption: keyring, clock, log })
  store.saveCredentials(account, keys, false)
}

/** Everything that arrived at the market so far. */
function arrived(): number {
  const { connections, rest } = market.sent()
  return connections + rest.requests
}

const addressesOf = ({ environment }: DemoMarket) =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => name.endsWith('_URL')))

const host = () => new URL(market.urls.baseUrl).host

test('the demo market’s variables and saved live keys: live does not open, no key leaves, and it says what to do', async () => {
  saveKeys('live')
  const { sessions, settings } = openMain({ ...market.environment, SIGNAL_MODE: 'live' })
  const why = `Live trading uses Alpaca's own hosts only, but the environment leads to ${host()}.`
  const snapshot = await sessions.handlers.market.snapshot(undefined)
  expect(snapshot).toMatchObject({
    value: { connection: { status: 'not-configured', problem: expect.stringContaining(why) } },
  })
  expect(await sessions.handlers.monitor.stats(undefined)).toMatchObject({ ok: true })
  expect(await sessions.handlers.trading.snapshot(undefined)).toMatchObject({
    value: { trading: { state: 'reducing', reasons: [{ sentence: expect.stringContaining(why) }] } },
  })
  const order = { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1' } as const
  const draft = { ...order, timeInForce: 'day', orderClass: 'simple', extendedHours: false } as const
  const intent = crypto.randomUUID()
  const submitted = await sessions.handlers.trading.submit({
    mode: 'live',
    intent,
    draft: draft as never,
    accepted: [],
  })
  expect(submitted).toMatchObject({
    ok: false,
    error: { problems: [{ sentence: expect.stringContaining(why) }] },
  })
  expect(await settings.testCredentials({ account: 'live', credentials: KEYS })).toMatchObject({
    value: { kind: 'refused', message: expect.stringContaining(why) },
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(arrived()).toBe(0)
})

test('saved paper keys wait until the host is confirmed, and then its prices bear its name', async () => {
  const { ALPACA_API_KEY: apiKey = '', ALPACA_API_SECRET: apiSecret = '' } = market.environment
  saveKeys('paper', { apiKey, apiSecret })
  const accountKeys = { ...addressesOf(market), SIGNAL_MODE: 'paper', SIGNAL_SYMBOLS: 'AAPL' }
  const { settings, sessions, rows } = openMain(accountKeys)
  expect(
    await settings.testCredentials({ account: 'paper', credentials: { apiKey, apiSecret } }),
  ).toMatchObject({
    value: { kind: 'refused' },
  })
  expect(await sessions.handlers.market.snapshot(undefined)).toMatchObject({
    value: { connection: { status: 'not-configured', problem: expect.stringContaining(host()) } },
  })
  expect(arrived()).toBe(0)
  expect(await settings.confirmHosts({ hosts: ['elsewhere.example'] })).toMatchObject({ ok: false })
  expect(arrived()).toBe(0)
  expect(await settings.confirmHosts({ hosts: [host()] })).toMatchObject({ ok: true })
  await rows.until(({ origin }) => origin?.source === `host:iex@${host()}`)
})

test('a foreign host’s prices, bars, traffic and downloads are never called a real feed’s', async () => {
  const environment = { ...market.environment, SIGNAL_MODE: 'paper', SIGNAL_SYMBOLS: 'AAPL' }
  const main = openMain(environment)
  await main.statuses.until(({ state }) => state === 'open')
  const { origin } = await main.rows.until((row) => row.origin !== undefined && row.origin.source !== 'rest')
  expect(origin?.source).toBe(`host:iex@${host()}`)
  const { start } = main.modeStorage.handlers.history
  for (const feed of ['sip', 'iex', 'demo'] as const)
    expect(await start({ ...LOAD, feed })).toMatchObject({ ok: false })
  expect(await start({ ...LOAD, feed: 'foreign' })).toMatchObject({ ok: true })
  const at = Date.parse('2026-10-02T14:00:00Z')
  const prices = { open: 10, high: 12, low: 9, close: 11, volume: 100 }
  const message = { type: 'bar' as const, symbol: 'AAPL', at, time: '2026-10-02T14:00:00Z', ...prices }
  main.modeStorage.write({ message, source: `host:iex@${host()}`, receivedAt: at })
  await expect
    .poll(async () => {
      const loads = await main.modeStorage.handlers.history.loads(undefined)
      return loads.ok && loads.value[0]?.state
    })
    .toBe('done')
  const file = join(dataDir, 'signal.sqlite')
  const read = (query: string) => {
    const raw = new BetterSqlite3(file, { readonly: true })
    const found = raw.prepare(query).pluck().all()
    raw.close()
    return found
  }
  await expect.poll(() => read(`select feed from market_bars where bar_time = ${at}`)).toEqual(['foreign'])
  await main.close()
  expect(read('select distinct feed from market_bars')).toEqual(['foreign'])
  expect(read('select distinct feed from coverage')).toEqual(['foreign'])
  expect(read('select count(*) from calendar_days')).toEqual([0])
  const kept = read('select name from kept_values')
  expect(kept).toContain(`usual-traffic:${host()}`)
  expect(kept).not.toContain('usual-traffic:iex')
  expect(kept).not.toContain('exchange-days')
})

test('a download of Alpaca’s that was interrupted is not continued from a foreign host', async () => {
  const environment = { ...market.environment, SIGNAL_MODE: 'paper', SIGNAL_SYMBOLS: 'AAPL' }
  const first = openMain(environment)
  await first.statuses.until(({ state }) => state === 'open')
  await first.close()
  const id = '0c1d9d7e-52a7-4a5c-9c55-5f6c3b1f7f10'
  const raw = new BetterSqlite3(join(dataDir, 'signal.sqlite'))
  raw.exec(`
    insert into loads (id, created_at, start_date, end_date, feed, state)
      values ('${id}', 1, '2026-10-01', '2026-10-01', 'sip', 'running');
    insert into load_symbols (load_id, symbol, position, state, bars_loaded, bars_rejected, pages)
      values ('${id}', 'AAPL', 0, 'loading', 0, 0, 0);`)
  raw.close()

  const again = openMain(environment)
  await again.statuses.until(({ state }) => state === 'open')
  const { history } = again.modeStorage.handlers
  await expect
    .poll(async () => {
      const loads = await history.loads(undefined)
      return loads.ok && loads.value[0]?.state
    })
    .toBe('paused')
  expect(await history.resume(id)).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/another market/) },
  })
  const file = new BetterSqlite3(join(dataDir, 'signal.sqlite'), { readonly: true })
  expect(file.prepare("select count(*) from market_bars where feed = 'sip'").pluck().get()).toBe(0)
  file.close()
})
