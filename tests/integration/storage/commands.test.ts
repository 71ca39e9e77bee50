import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoMarket, type DemoMarket } from '../../../src/demo-market/index.ts'

const NOW = Date.parse('2024-12-02T12:00:00Z')
const CLI = new URL('../../../src/cli/', import.meta.url)

let folder: string
let market: DemoMarket
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signal-cli-'))
  market = await startDemoMarket({ startAt: NOW, rate: 1 })
})
afterAll(async () => {
  await market.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Output {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command in its own process; `onOutput` receives its output as it comes. */
async function run(
  command: 'load-data' | 'verify-data' | 'verify-events',
  args: readonly string[],
  {
    environment = market.environment,
    onOutput,
  }: {
    environment?: Readonly<Record<string, string>>
    onOutput?: (out: string, kill: (signal: NodeJS.Signals) => void) => void
  } = {},
): Promise<Output> {
  const env = { PATH: process.env['PATH'], HOME: folder, SIGNAL_DATA_DIR: folder, ...environment }
  const child = spawn(process.execPath, [new URL(`${command}.ts`, CLI).pathname, ...args], { env })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
    onOutput?.(out, (signal) => child.kill(signal))
  })
  child.stderr.on('data', (text) => (err += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

test('load-data prints what the plan specifies, and the second time loads nothing', async () => {
  const args = ['--symbols', 'aapl,TSLA', '--start-date', '2024-11-25', '--end-date', '2024-11-29']
  const first = await run('load-data', args)
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out).toMatch(
    /^Signal Historical Data Loader\n=+\nSymbols: AAPL, TSLA \(2 total\)\nDate Range: 2024-11-25 to 2024-11-29 \(5 days\)\n\nLoading data\.\.\.\n/,
  )
  expect(first.out).toMatch(
    /\[1\/2\] (AAPL|TSLA): [\d,]+ bars loaded\n\[2\/2\] (AAPL|TSLA): [\d,]+ bars loaded\n/,
  )
  expect(first.out).toMatch(
    /\nSummary:\n========\nTotal bars loaded: [\d,]+\nTotal time: \d+ seconds\nAverage: [\d,]+ bars\/second\n$/,
  )
  const second = await run('load-data', [...args, '--json'])
  expect(JSON.parse(second.out)).toMatchObject({
    state: 'done',
    barsLoaded: 0,
    symbols: [{ symbol: 'AAPL' }, { symbol: 'TSLA' }],
  })
}, 60_000)

test('load-data keeps the splits of the symbols that it loaded', () => {
  const raw = new BetterSqlite3(join(folder, 'signal.sqlite'), { readonly: true })
  const splits = raw.prepare(`select type, ex_day from corporate_actions where symbol = 'AAPL'`).all()
  raw.close()
  expect(splits).toEqual([{ type: 'forward_split', ex_day: '2020-08-31' }])
})

test('load-data has all bars without the corporate actions, and says that those could not be fetched', async () => {
  const { ALPACA_DATA_URL: data = '' } = market.environment
  const server = createServer((request, response) => {
    const { url = '', headers } = request
    if (url.startsWith('/v1/corporate-actions')) return void response.writeHead(404).end('{}')
    const keys = ['apca-api-key-id', 'apca-api-secret-key'].map((name) => [name, String(headers[name])])
    void fetch(new URL(url, data), { headers: Object.fromEntries(keys) as Record<string, string> }).then(
      async (answer) => {
        const body = await answer.text()
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
      },
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const environment = { ...market.environment, ALPACA_DATA_URL: `http://127.0.0.1:${port}` }
  const args = ['--symbols', 'MSFT', '--start-date', '2024-11-25', '--end-date', '2024-11-25']
  const { code, out } = await run('load-data', args, { environment })
  server.close()
  expect(code).toBe(0)
  expect(out).toContain('MSFT: ')
  expect(out).toContain('Splits and dividends could not be fetched: ')
}, 60_000)

test('load-data --check-only shows what is stored and requests nothing from Alpaca', async () => {
  const { requests } = market.sent().rest
  const args = [
    '--symbols',
    'AAPL,NVDA',
    '--start-date',
    '2024-11-25',
    '--end-date',
    '2024-11-29',
    '--check-only',
  ]
  const { code, out } = await run('load-data', args)
  expect(code).toBe(0)
  expect(out).toMatch(/AAPL: [\d,]+ bars, 100% of the session minutes, no day is missing\n/)
  expect(out).toMatch(
    /NVDA: 0 bars, 0% of the session minutes, 4 of 4 days missing \(2024-11-25 \.\.\. 2024-11-29\)\n/,
  )
  expect(market.sent().rest.requests).toBe(requests)
})

test('verify-data reports on what was loaded, and verify-events on the log', async () => {
  const verified = await run('verify-data', ['--symbols', 'AAPL,NVDA'])
  expect(verified).toMatchObject({ code: 0, err: '' })
  expect(verified.out).toMatch(
    /^AAPL: [\d,]+ bars, 2024-11-25 to 2024-11-29 \(foreign\), quality 100\n {2}coverage {3}1,380 of 1,380 session minutes/,
  )
  expect(verified.out).toMatch(/NVDA: no bars\n$/)
  expect(await run('verify-events', [])).toMatchObject({
    code: 0,
    out: 'The event log is empty.\n',
  })
})

test('verify-events ends with 1 if what Signal recorded of the log cannot be read: nothing was compared with it', async () => {
  const note = join(folder, 'event-anchors.json')
  writeFileSync(note, '{"format":1,')
  expect(await run('verify-events', [])).toMatchObject({
    code: 1,
    out: 'The event log is empty.\n',
    err: 'What Signal recorded of the log cannot be read: it is not JSON\n',
  })
  rmSync(note)
})

test('verify-data ends with 1 if a bar is wrong, verify-events if the log was changed', async () => {
  const raw = new BetterSqlite3(join(folder, 'signal.sqlite'))
  raw.exec(
    `update market_bars set high = 1 where symbol = 'TSLA' and bar_time = (select max(bar_time) from market_bars)`,
  )
  raw.exec(`update event_head set last_id = 3`)
  raw.close()
  const verified = await run('verify-data', ['--symbols', 'TSLA', '--json'])
  expect(verified.code).toBe(1)
  expect(JSON.parse(verified.out)).toMatchObject([
    {
      symbol: 'TSLA',
      issues: expect.arrayContaining([expect.objectContaining({ kind: 'ohlc_violation', count: 1 })]),
    },
  ])
  expect(await run('verify-events', [])).toMatchObject({
    code: 1,
    out: 'Log altered or damaged at event 1: the log ends with event 0, but 3 events were written.\n',
  })
})

test.each([
  [['--start-date', '2024-02-30'], '--start-date is not a day of the calendar'],
  [['--start-date', '2024-03-01', '--end-date', '2024-02-01'], 'The range starts after it ends'],
  [['--symbols', "X'; drop table market_bars"], "Invalid symbols: X', market_bars"],
  [['--feed', 'otc'], '--feed is sip or iex, not otc'],
  [['--speed', 'fast'], "Unknown option '--speed'"],
])('load-data %j is a usage error: code 2 and the reason', async (args, reason) => {
  const { code, err, out } = await run('load-data', args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(reason)
})

test('the commands use the database chosen in the app, or say what they need to open it', async () => {
  const dataDir = mkdtempSync(join(folder, 'chosen-'))
  const url = 'postgres://signal@127.0.0.1:1/bars'
  const environment = { ...market.environment, SIGNAL_DATA_DIR: dataDir }
  const choose = (password?: object) =>
    writeFileSync(join(dataDir, 'database.json'), JSON.stringify({ url, password }))
  choose()
  expect(await run('verify-events', [], { environment })).toMatchObject({
    code: 1,
    err: expect.stringContaining('Connection refused: PostgreSQL database "bars" on 127.0.0.1:1.'),
  })
  choose({ encrypted: 'c2VhbGVk' })
  for (const command of ['load-data', 'verify-data', 'verify-events'] as const) {
    const { code, err } = await run(command, [], { environment })
    expect(code).toBe(2)
    expect(err).toContain(`Signal keeps its bars in ${url}`)
    expect(err).toContain('Set SIGNAL_DATABASE_URL')
  }
})

test('load-data without keys in paper mode names the variables, and --help explains its use', async () => {
  const { code, err } = await run('load-data', ['--symbols', 'AAPL'], {
    environment: { SIGNAL_MODE: 'paper' },
  })
  expect(code).toBe(2)
  expect(err).toContain('ALPACA_API_KEY is missing')
  expect(await run('load-data', ['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('--check-only'),
  })
})

test('Ctrl+C stops at a checkpoint and says how to continue, and the same command then loads the rest', async () => {
  const args = [
    '--symbols',
    'MSFT,META,AMZN,NFLX,AMD,CRM',
    '--start-date',
    '2024-01-02',
    '--end-date',
    '2024-11-29',
  ]
  const pagesBefore = market.sent().rest.pages
  let watching: NodeJS.Timeout | undefined
  const stopped = await run('load-data', args, {
    onOutput(_out, kill) {
      watching ??= setInterval(() => {
        if (market.sent().rest.pages < pagesBefore + 8) return
        clearInterval(watching)
        kill('SIGINT')
      }, 5)
    },
  })
  expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining('Stopping at the next checkpoint') })
  expect(stopped.out).toContain('Stopped at a checkpoint. Run the same command again to continue.')
  const before = market.sent().rest.bars
  const rest = await run('load-data', [...args, '--json'])
  expect(rest.code).toBe(0)
  const raw = new BetterSqlite3(join(folder, 'signal.sqlite'))
  const { stored } = raw
    .prepare(
      `select count(*) as stored from market_bars where symbol in ('MSFT','META','AMZN','NFLX','AMD','CRM')`,
    )
    .get() as { stored: number }
  raw.close()
  const { barsLoaded } = JSON.parse(rest.out) as { barsLoaded: number }
  expect(barsLoaded).toBe(market.sent().rest.bars - before)
  expect(barsLoaded).toBeLessThan(stored)
}, 60_000)

test('a command refuses the data of a newer Signal in one sentence, and touches nothing', async () => {
  const newer = mkdtempSync(join(folder, 'newer-'))
  writeFileSync(join(newer, 'version.json'), '{ "version": "99.0.0" }')
  for (const command of ['load-data', 'verify-data', 'verify-events'] as const) {
    const refused = await run(command, [], { environment: { ...market.environment, SIGNAL_DATA_DIR: newer } })
    expect(refused, command).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(
      /^The data in \S+ were last used by Signal 99\.0\.0, and this is Signal \d+\.\d+\.\d+, .*SIGNAL_DATA_DIR to another folder\.\n$/,
    )
  }
  expect(readdirSync(newer)).toEqual(['version.json'])
})
