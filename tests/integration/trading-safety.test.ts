import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { readAnchors } from '../../src/main/settings/index.ts'
import { mainWithoutElectron } from '../support/main-without-electron.ts'
import { intentTo } from '../support/order-drafts.ts'
import { bought } from '../support/trader.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { test } from '../support/trading-test.ts'

const SAFETY = 'safety.demo.json'
const DATABASE = 'signal.demo.sqlite'

const reasons = (session: TradingSession) => session.snapshot().trading.reasons.map(({ reason }) => reason)
const sentences = (session: TradingSession) =>
  session
    .snapshot()
    .trading.reasons.map(({ sentence }) => sentence)
    .join(' ')

/** The last event of the log that is noted outside the database; 0 if none is. */
const notedEvent = (folder: string): number => {
  const logs = readAnchors(folder)
  return 'reason' in logs ? 0 : (logs[0]?.anchor.id ?? 0)
}

const databaseFiles = (folder: string) => readdirSync(folder).filter((name) => name.startsWith(DATABASE))

/** Waits until the session has compared with the exchange, whatever is allowed then. */
const compared = (session: TradingSession) =>
  session.when(
    ({ reconciliation, trading }) =>
      reconciliation.state === 'agreed' && !trading.reasons.some(({ reason }) => reason === 'reconciling'),
  )

const submitted = async (session: TradingSession) => {
  const answer = await session.trading.submit(intentTo())
  return answer.ok ? [] : answer.error.problems.map(({ code }) => code)
}

test('a first start and an ordinary restart ask nothing', async ({ session, open, dataDir }) => {
  await bought(session)
  expect(statSync(join(dataDir, SAFETY)).mode & 0o777).toBe(0o600)
  await session.close()
  const again = open()
  await again.ready()
  expect(reasons(again)).toEqual([])
})

test.for([
  ['is gone', (folder: string) => databaseFiles(folder).forEach((name) => rmSync(join(folder, name)))],
  [
    'is damaged and backed up',
    (folder: string) => {
      for (const name of databaseFiles(folder)) rmSync(join(folder, name))
      writeFileSync(join(folder, DATABASE), 'not a database '.repeat(500))
    },
  ],
] as const)(
  'the database %s: a halt and the limits stay, and nothing is sent before the trader has confirmed the limits',
  async ([, lose], { session, open, clock, dataDir, market }) => {
    await session.trading.setLimits({ mostShares: 50, notionalMostPercent: 20 })
    await session.trading.halt(undefined)
    await session.close()
    lose(dataDir)

    const again = open()
    await compared(again)
    expect(again.snapshot()).toMatchObject({ trading: { state: 'halted' }, limits: { mostShares: 50 } })
    expect(reasons(again).slice(0, 2)).toEqual(['kill-switch', 'limits-unconfirmed'])
    expect(sentences(again)).toMatch(
      /database lacks the events that Signal recorded last.*confirm the limits/,
    )
    clock.skip(MINUTE_MS)
    expect(await again.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: true })
    expect(again.snapshot().trading.state).toBe('halted')
    expect(await submitted(again)).toContain('LIMITS_UNCONFIRMED')
    const { limits } = again.snapshot()
    expect(await again.trading.confirmLimits({ ...limits, mostShares: 60 })).toMatchObject({ ok: false })
    expect(again.snapshot().trading.state).toBe('halted')
    expect(market.orders()).toEqual([])
    expect(await again.trading.confirmLimits(limits)).toMatchObject({ ok: true })
    await again.ready()
    await bought(again)
    expect(again.events.items.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['RiskLimitChanged', 'KillSwitchEngaged', 'LimitsConfirmed']),
    )
    await again.close()

    const third = open()
    await third.ready()
    expect(third.snapshot().limits).toMatchObject({ mostShares: 50, notionalMostPercent: 20 })
  },
)

test('another database is in use: it is said, also after another restart, until the limits are confirmed', async ({
  session,
  open,
  dataDir,
}) => {
  await session.close()
  const elsewhere = `sqlite:${join(dataDir, 'elsewhere.sqlite')}`
  for (const _restart of [1, 2]) {
    const again = open({ databaseUrl: elsewhere })
    await compared(again)
    expect(reasons(again)).toContain('limits-unconfirmed')
    await again.close()
  }
})

test('the database is lost while Signal runs: trading halts within a minute', async ({
  session,
  clock,
  dataDir,
}) => {
  await session.trading.reconcile(undefined)
  session.storageProcesses.at(-1)?.kill('SIGKILL')
  for (const name of databaseFiles(dataDir)) rmSync(join(dataDir, name))
  await expect
    .poll(() => {
      clock.skip(MINUTE_MS)
      return reasons(session)
    })
    .toContain('limits-unconfirmed')
})

test('what is set while the database hangs counts immediately, and after a restart without that database', async ({
  session,
  open,
  dataDir,
}) => {
  session.storageProcesses.at(-1)?.kill('SIGSTOP')
  await session.trading.halt(undefined)
  expect(await session.trading.setLimits({ mostShares: 5 })).toMatchObject({ ok: true })
  expect(await session.trading.setLimits({ mostShares: 500 })).toMatchObject({ ok: false })
  expect(session.snapshot()).toMatchObject({ trading: { state: 'halted' }, limits: { mostShares: 5 } })
  session.storageProcesses.at(-1)?.kill('SIGKILL')
  await session.close()
  for (const name of databaseFiles(dataDir)) rmSync(join(dataDir, name))

  const again = open({ databaseUrl: 'postgres://nobody:nothing@127.0.0.1:9/none' })
  expect(again.snapshot()).toMatchObject({ trading: { state: 'halted' }, limits: { mostShares: 5 } })
  await again.close()
  const third = open()
  await compared(third)
  expect(third.snapshot()).toMatchObject({ trading: { state: 'halted' }, limits: { mostShares: 5 } })
})

test('a limit that was lowered before the first database ever opened stays lowered', async ({
  open,
  dataDir,
}) => {
  const first = open({ databaseUrl: 'postgres://nobody:nothing@127.0.0.1:9/none' })
  expect(await first.trading.setLimits({ mostShares: 5 })).toMatchObject({ ok: true })
  const fresh = first.snapshot().limits
  await first.close()
  rmSync(join(dataDir, SAFETY))

  // The same within one run: the file is new, and the database comes later.
  const other = open({ databaseUrl: `sqlite:${join(dataDir, 'late', 'late.sqlite')}` })
  expect(await other.trading.setLimits({ mostShares: 5 })).toMatchObject({ ok: true })
  await compared(other)
  expect(other.snapshot().limits).toEqual(fresh)
  expect(fresh.mostShares).toBe(5)
})

test('a database that is a copy of the one in use asks nothing', async ({ session, open, dataDir }) => {
  await session.trading.setLimits({ mostShares: 50 })
  await session.close()
  for (const name of databaseFiles(dataDir))
    copyFileSync(join(dataDir, name), join(dataDir, name.replace('signal', 'copy')))
  const again = open({ databaseUrl: `sqlite:${join(dataDir, 'copy.sqlite')}` })
  await again.ready()
  expect(again.snapshot().limits.mostShares).toBe(50)
})

test('a crash between the file and the log loses nothing: the log is brought up to the file', async ({
  session,
  open,
  dataDir,
}) => {
  await session.close()
  const file = join(dataDir, SAFETY)
  const kept = JSON.parse(readFileSync(file, 'utf8'))
  const haltedSince = Date.now()
  writeFileSync(file, JSON.stringify({ ...kept, haltedSince, limits: { ...kept.limits, mostShares: 7 } }))
  const again = open()
  await compared(again)
  expect(again.snapshot()).toMatchObject({ trading: { state: 'halted' }, limits: { mostShares: 7 } })
  await again.events.until(({ type }) => type === 'KillSwitchEngaged')
  await again.events.until(({ type, payload }) => type === 'RiskLimitChanged' && payload['after'] === 7)
  expect(reasons(again)).not.toContain('limits-unconfirmed')
})

test('the day lock outlives the database', async ({ market, session, open, dataDir }) => {
  const quantity = String(Math.floor(24_000 / Number(session.mid('AAPL'))))
  await bought(session, { quantity })
  await session.when(({ account }) => Number(account?.cash) < 90_000)
  market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent: -20 })
  await session.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'daily-loss'))
  market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent: 30 })
  await session.close()
  for (const name of databaseFiles(dataDir)) rmSync(join(dataDir, name))
  const again = open()
  await compared(again)
  expect(reasons(again)).toContain('daily-loss')
})

test.for([
  ['is not JSON', '{"format":1,'],
  ['holds a limit over its bounds', { mostShares: 9e9 }],
  ['holds a limit that is no number', { mostShares: '50' }],
  ['lacks its limits', undefined],
] as const)(
  'the safety file %s: it is backed up and said, and nothing is sent',
  async ([, damage], { session, open, dataDir }) => {
    await session.close()
    const file = join(dataDir, SAFETY)
    const { limits, ...kept } = JSON.parse(readFileSync(file, 'utf8'))
    const damaged =
      typeof damage === 'string'
        ? damage
        : JSON.stringify({ ...kept, ...(damage && { limits: { ...limits, ...damage } }) })
    writeFileSync(file, damaged)
    const again = open()
    await compared(again)
    expect(again.snapshot().trading.state).toBe('halted')
    expect(sentences(again)).toMatch(
      /safety file, which has the kill switch and the limits, couldn’t be read/,
    )
    const backup = readdirSync(dataDir).find((name) => name.startsWith(`${SAFETY}.broken-`))
    expect(readFileSync(join(dataDir, backup ?? ''), 'utf8')).toBe(damaged)
    expect(sentences(again)).toContain(backup)
  },
)

test('a limit over its bounds in the log is not folded, and a log never lifts what the file blocks', async ({
  session,
  open,
}) => {
  await session.trading.setLimits({ mostShares: 50 })
  await session.trading.halt(undefined)
  const forge = async (type: string, payload: Record<string, unknown>) => {
    const read = await session.modeStorage.eventLog.events.read({ stream: 'demo:risk', limit: 100 })
    const expectedVersion = read.ok ? read.value.length : 0
    const events = [{ type, payload: { version: 1, ...payload }, at: Date.now() }]
    expect(
      await session.modeStorage.eventLog.events.append({ stream: 'demo:risk', expectedVersion, events }),
    ).toMatchObject({ ok: true })
  }
  await forge('RiskLimitChanged', { limit: 'mostShares', before: 50, after: 9e12 })
  await forge('RiskLimitChanged', { limit: 'notionalMostDollars', before: 1, after: -5 })
  await forge('RiskLimitChanged', { limit: 'mostShares', before: 50, after: 900_000 })
  await forge('KillSwitchReleased', {})
  await session.close()
  const again = open()
  await compared(again)
  expect(again.snapshot()).toMatchObject({
    trading: { state: 'halted' },
    limits: { mostShares: 50, notionalMostDollars: 250_000 },
  })
})

test('the safety file cannot be written: the kill switch counts anyway, and nothing is allowed until it can', async ({
  session,
  dataDir,
}) => {
  const file = join(dataDir, SAFETY)
  const kept = readFileSync(file)
  rmSync(file)
  mkdirSync(join(file, 'occupied'), { recursive: true }) // no file can take the place of a folder
  expect(await session.trading.setLimits({ mostShares: 20_000 })).toMatchObject({ ok: false })
  expect(session.snapshot().limits.mostShares).toBe(10_000)
  expect(reasons(session)).toContain('safety-file')
  expect(session.snapshot().trading.state).toBe('halted')
  await session.trading.halt(undefined)
  expect(reasons(session)).toEqual(expect.arrayContaining(['kill-switch', 'safety-file']))
  rmSync(file, { recursive: true })
  writeFileSync(file, kept)
  await session.when(({ trading }) => !trading.reasons.some(({ reason }) => reason === 'safety-file'))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('haltedSince')
})

test('the database is backed up and replaced while Signal runs: the account starts anew, halted, and trades once the limits are confirmed', async ({
  market,
  dataDir,
}) => {
  const environment = { ...market.environment, SIGNAL_MODE: 'paper', SIGNAL_SYMBOLS: 'AAPL' }
  const main = mainWithoutElectron(dataDir, environment)
  const { trading } = main.sessions.handlers
  const shown = async () => {
    const answer = await trading.snapshot(undefined)
    if (!answer.ok) throw new Error('a snapshot is always answered')
    return answer.value
  }
  await expect.poll(async () => (await shown()).trading.state).toBe('active')
  main.storageProcesses.at(-1)?.kill('SIGSTOP')
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, `signal.sqlite${suffix}`), { force: true })
  writeFileSync(join(dataDir, 'signal.sqlite'), 'not a database '.repeat(500))
  main.storageProcesses.at(-1)?.kill('SIGKILL')
  const { setAside } = await main.statuses.until((status) => status.setAside !== undefined)
  await expect.poll(async () => (await shown()).trading.reasons[0]?.reason).toBe('limits-unconfirmed')
  expect(await main.modeStorage.handlers.database.status(undefined)).toMatchObject({ value: { setAside } })
  expect(await trading.confirmLimits((await shown()).limits)).toMatchObject({ ok: true })
  await expect.poll(async () => (await shown()).trading.state).toBe('active')
  expect(await trading.setLimits({ mostShares: 20_000 })).toMatchObject({ ok: true }) // recorded in the new log
  await main.close()
})

test('events changed behind Signal’s back: nothing is sent before the trader has confirmed the limits', async ({
  session,
  open,
  dataDir,
}) => {
  await bought(session)
  await session.close()
  const raw = new BetterSqlite3(join(dataDir, DATABASE))
  for (const { name } of raw.prepare(`select name from sqlite_master where type = 'trigger'`).all() as {
    name: string
  }[])
    raw.exec(`drop trigger ${name}`)
  raw.exec(`update events set payload = replace(payload, '"10"', '"90"') where event_type = 'OrderFilled'`)
  raw.close()

  const again = open()
  await again.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'limits-unconfirmed'))
  expect(sentences(again)).toMatch(/log altered or damaged/i)
  expect(await submitted(again)).toContain('LIMITS_UNCONFIRMED')
})

test('a backup of the database is restored: once the limits are confirmed, the next start doubts it no more', async ({
  session,
  open,
  clock,
  dataDir,
}) => {
  await session.close()
  const backup = databaseFiles(dataDir).map((name) => [name, readFileSync(join(dataDir, name))] as const)
  const later = open()
  await later.ready()
  const atStart = notedEvent(dataDir)
  await bought(later)
  clock.skip(15 * MINUTE_MS)
  await expect.poll(() => notedEvent(dataDir)).toBeGreaterThan(atStart)
  await later.close()
  for (const name of databaseFiles(dataDir)) rmSync(join(dataDir, name))
  for (const [name, content] of backup) writeFileSync(join(dataDir, name), content)

  const restored = open()
  await compared(restored)
  expect(sentences(restored)).toMatch(/Signal had noted event \d+ outside the database/)
  expect(await restored.trading.confirmLimits(restored.snapshot().limits)).toMatchObject({ ok: true })
  const { verify } = restored.modeStorage.handlers.audit
  await expect.poll(() => verify(undefined)).toMatchObject({ ok: true, value: { kind: 'intact' } })
  await restored.close()

  const next = open()
  await next.ready()
  expect(reasons(next)).toEqual([])
})
