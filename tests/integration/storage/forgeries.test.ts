import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exchangeDayOf } from '../../../src/shared/exchange-calendar.ts'
import type { OrderEvent } from '../../../src/main/execution/state/index.ts'
import { describeVerdict } from '../../../src/shared/trading/describe-log.ts'
import { FIRST_HASH, hashOfText } from '../../../src/storage/events/event.ts'
import { startLogging, type LoggingApp } from '../../support/logging-app.ts'
import { acceptedAs, asked, filledBy } from '../../support/recorded.ts'

/**
 * What somebody who can write the database may try, on the file itself while Signal is closed, and what Signal says at
 * the next start. The log has five events that a snapshot includes, the snapshot's own, and one that Signal noted in the
 * data folder; then two more.
 */
const SNAPSHOT_EVENT = 6
const NOTED = 7
const LAST = 9

let template: string
let folder: string
let app: LoggingApp | undefined

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'signal-forged-'))
  const written = await startLogging(template)
  const { tradingLog } = written
  const write = (id: string, ...events: readonly OrderEvent[]) =>
    tradingLog.record(() => [{ stream: `order:${id}`, events }])
  await write('one', asked(), acceptedAs('exchange-1'), filledBy('OrderFilled', '10', '100'))
  await write('two', asked(), acceptedAs('exchange-2'))
  await tradingLog.checkpoint()
  await write('three', asked())
  expect(await written.verify()).toMatchObject({ kind: 'intact', events: NOTED })
  await write('three', acceptedAs('exchange-3'), filledBy('OrderFilled', '10', '101'))
  await written.close()
}, 60_000)
afterAll(() => rmSync(template, { recursive: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-forged-'))
  cpSync(template, folder, { recursive: true })
})
afterEach(async () => {
  await app?.close()
  app = undefined
  rmSync(folder, { recursive: true })
})

const fileIn = (dataDir: string) => join(dataDir, 'signal.sqlite')

/** Does something to the database file, as its guards allow. */
function attack(step: (raw: BetterSqlite3.Database) => void): void {
  const raw = new BetterSqlite3(fileIn(folder))
  try {
    step(raw)
  } finally {
    raw.close()
  }
}

/** The same behind the guards' back: they are there again afterward. */
function forge(step: (raw: BetterSqlite3.Database) => void): void {
  attack((raw) => {
    const triggers = raw.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).all() as {
      name: string
      sql: string
    }[]
    for (const { name } of triggers) raw.exec(`drop trigger ${name}`)
    step(raw)
    for (const { sql } of triggers) raw.exec(sql)
  })
}

interface Row {
  id: number
  stream_id: string
  version: number
  event_type: string
  payload: string
  timestamp: number
  hash: string
}

const INSERT =
  'insert into events values (@id, @stream_id, @version, @event_type, @payload, @timestamp, @hash)'

const rowsOf = (raw: BetterSqlite3.Database): Row[] =>
  raw.prepare('select * from events order by id').all() as Row[]

/** Makes every hash from the first event on fit, and the note of the end too. */
function rehash(raw: BetterSqlite3.Database): void {
  let [hash, lastId] = [FIRST_HASH, 0]
  for (const row of rowsOf(raw)) {
    const { id, stream_id: stream, version, event_type: type, timestamp: at, payload } = row
    hash = hashOfText(hash, { id, stream, version, type, at }, payload)
    raw.prepare('update events set hash = ? where id = ?').run(hash, id)
    lastId = id
  }
  raw.prepare('update event_head set last_id = ?, hash = ?').run(lastId, hash)
}

/** Appends a row as it is, and notes it as the end. */
function append(raw: BetterSqlite3.Database, row: Row): void {
  raw.prepare(INSERT).run(row)
  raw.prepare('update event_head set last_id = ?, hash = ?').run(row.id, row.hash)
}

/** Makes the table of the events take any value in any column, or only those of the column's type. */
function strict(raw: BetterSqlite3.Database, isStrict: boolean): void {
  raw.unsafeMode(true)
  raw.exec(
    `pragma writable_schema = on;
    update sqlite_schema set sql = ${isStrict ? `sql || ' strict'` : `replace(sql, ' strict', '')`} where name = 'events';
    pragma writable_schema = reset`,
  )
}

const cheaper = (raw: BetterSqlite3.Database, id: number) =>
  raw.prepare(`update events set payload = replace(payload, '"100"', '"10"') where id = ?`).run(id)

async function started(): Promise<LoggingApp> {
  app = await startLogging(folder)
  return app
}

const orders = ({ tradingLog }: LoggingApp) => [...tradingLog.accountState.orders.values()]

test('an untouched log is proven from the snapshot on when Signal starts, and as a whole when asked', async () => {
  const signal = await started()
  expect(signal.tradingLog.verdict).toMatchObject({ kind: 'intact', from: 6, events: LAST })
  expect(signal.status()?.logDoubt).toBeUndefined()
  const whole = await signal.verify()
  expect(whole).toMatchObject({ kind: 'intact', from: 1, events: LAST, anchor: { id: LAST } })
  expect(describeVerdict(whole)).toBe(
    'Log verified, all 9 events intact. Up to event 9 they match what Signal has recorded outside the database since ' +
      `${exchangeDayOf(Date.now())}.`,
  )
  expect(orders(signal)).toHaveLength(3)
})

test('what Signal notes in the data folder is readable by its owner alone', () => {
  expect(statSync(join(template, 'event-anchors.json')).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(join(template, 'event-anchors.json'), 'utf8'))).toMatchObject({
    format: 1,
    logs: [{ place: `SQLite file ${fileIn(template)}`, anchor: { id: NOTED } }],
  })
})

describe('the database itself refuses', () => {
  test.each([
    ['insert or replace', `insert or replace into events select * from events where id = 2`],
    ['replace under another id', `replace into events select 99, stream_id, version, event_type, payload, timestamp, hash from events where id = 2`],
    ['an upsert', `insert into events select * from events where id = 2 on conflict (id) do update set payload = '{}'`],
    ['insert or ignore of a gap', `insert or ignore into events values (20, 'paper:risk', 1, 'KillSwitchReleased', '{}', 0, '')`],
    ['an update', `update or replace events set id = 1 where id = 2`],
    ['a deletion', `delete from events where id = ${LAST}`],
    ['an id of 0', `insert into events values (0, 'paper:risk', 1, 'KillSwitchReleased', '{}', 0, '')`],
    ['a gap', `insert into events values (11, 'paper:risk', 1, 'KillSwitchReleased', '{}', 0, '')`],
    ['a version out of order', `insert into events values (10, 'paper:risk', 2, 'KillSwitchReleased', '{}', 0, '')`],
  ])('%s', (_what, statement) => {
    attack((raw) => {
      const before = rowsOf(raw)
      expect(() => raw.exec(statement)).toThrow('events are append-only')
      expect(rowsOf(raw)).toEqual(before)
    })
  })
}) // prettier-ignore

describe('told when Signal starts:', () => {
  const inserted = (id: number) => (raw: BetterSqlite3.Database) =>
    raw.prepare(INSERT).run({ id, stream_id: 'paper:risk', version: 1, event_type: 'KillSwitchReleased', payload: '{"version":1}', timestamp: 0, hash: '' }) // prettier-ignore

  test.each<[string, (raw: BetterSqlite3.Database) => unknown, number, RegExp]>([
    ['a row with id 0', inserted(0), 0, /numbered from 1/],
    ['a row with a negative id', inserted(-5), -5, /numbered from 1/],
    ['a changed payload', (raw) => cheaper(raw, 7), 7, /was changed/],
    [
      'a changed payload, and every hash after it made to fit',
      (raw) => {
        cheaper(raw, 3)
        rehash(raw)
      },
      NOTED,
      /log was rebuilt/,
    ],
    [
      'events cut off at the end',
      (raw) => {
        raw.exec('delete from events where id > 5')
        rehash(raw)
      },
      6,
      /holds 5 events, but Signal had noted event 7/,
    ],
    [
      'an emptied log',
      (raw) => {
        raw.exec('delete from events')
        rehash(raw)
      },
      1,
      /holds 0 events/,
    ],
    [
      'a log rebuilt from its first event',
      (raw) => {
        raw.exec(`update events set timestamp = timestamp - 1000`)
        rehash(raw)
      },
      NOTED,
      /log was rebuilt/,
    ],
    [
      'a gap in the ids, with hashes that fit',
      (raw) => {
        raw.exec('update events set id = -id where id >= 4; update events set id = 1 - id where id < 0')
        rehash(raw)
      },
      5,
      /event 4 is missing/,
    ],
    ['a removed event', (raw) => raw.exec('delete from events where id = 3'), 4, /event 3 is missing/],
    [
      'two events that were swapped',
      (raw) =>
        raw.exec('update events set id = -8 where id = 8; update events set id = 8 where id = 9; update events set id = 9 where id = -8'), // prettier-ignore
      8,
      /continues with version 3 instead of 2/,
    ],
    [
      'an event that is there twice',
      (raw) => {
        const row = rowsOf(raw)[LAST - 1]!
        append(raw, { ...row, id: LAST + 1, version: row.version + 1 })
      },
      LAST + 1,
      /was changed/,
    ],
    [
      'a payload of five million characters',
      (raw) =>
        raw.prepare(`update events set payload = json_object('version', 1, 'note', ?) where id = 8`).run('x'.repeat(5_000_000)), // prettier-ignore
      8,
      /larger than any/,
    ],
    [
      'a payload that is no JSON',
      (raw) =>
        raw.exec(`pragma ignore_check_constraints = on; update events set payload = 'sold' where id = 8`),
      8,
      /was changed/,
    ],
    ['a changed time', (raw) => raw.exec('update events set timestamp = 1 where id = 8'), 8, /was changed/],
    [
      'a changed type',
      (raw) => raw.exec(`update events set event_type = 'OrderRejected' where id = 8`),
      8,
      /was changed/,
    ],
    [
      'an event moved to the live account',
      (raw) => raw.exec(`update events set stream_id = 'live:order:three' where id = 8`),
      8,
      /continues with version 2 instead of 1/,
    ],
    [
      'an event taken from the log of another mode',
      (raw) =>
        append(raw, { id: LAST + 1, stream_id: 'paper:risk', version: 1, event_type: 'KillSwitchReleased', payload: '{"version":1}', timestamp: 5, hash: hashOfText('f'.repeat(64), { id: LAST + 1, stream: 'demo:risk', version: 1, type: 'KillSwitchReleased', at: 5 }, '{"version":1}') }), // prettier-ignore
      LAST + 1,
      /was changed/,
    ],
    [
      'a payload with something behind a NUL',
      (raw) =>
        raw.exec(`pragma ignore_check_constraints = on; update events set payload = payload || char(0) || 'sold' where id = 8`), // prettier-ignore
      8,
      /was changed/,
    ],
    [
      'a time that no search by time finds',
      (raw) => {
        strict(raw, false)
        raw.exec('update events set timestamp = cast(cast(timestamp as text) as blob) where id = 8')
        strict(raw, true)
      },
      8,
      /was changed/,
    ],
    ['an identity that cannot be noted', (raw) => raw.exec(`update event_head set log_id = ''`), 1, /identity/],
    ['a removed note of the end', (raw) => raw.exec('delete from event_head'), LAST + 1, /ends with event 9/],
    [
      'events that follow the last one that was written',
      (raw) => raw.exec(`update event_head set last_id = 8`),
      LAST + 1,
      /ends with event 9, but 8 events were written/,
    ],
  ])('%s', async (_what, step, id, reason) => {
    forge(step)
    const signal = await started()
    expect(signal.tradingLog.verdict).toMatchObject({ kind: 'broken', id, reason: expect.stringMatching(reason) }) // prettier-ignore
    await expect.poll(() => signal.status()?.logDoubt).toMatch(/^Log altered or damaged at event/)
    expect(await signal.verify()).toMatchObject({ kind: 'broken' })
    // What Signal noted is not replaced by what it found: the next start says so again.
    expect(readFileSync(join(folder, 'event-anchors.json'), 'utf8')).toContain(`"id": ${NOTED}`)
  }) // prettier-ignore

  test('triggers that were dropped; they are set up again', async () => {
    attack((raw) => raw.exec('drop trigger events_refuse_update'))
    const signal = await started()
    expect(signal.tradingLog.verdict).toMatchObject({ kind: 'unguarded', events: LAST })
    await expect
      .poll(() => signal.status()?.logDoubt)
      .toMatch(/triggers .* were changed or removed.* Log verified, all 9 events intact/)
    await signal.close()
    attack((raw) => expect(() => raw.exec('update events set version = 9')).toThrow('append-only'))
    expect((await started()).tradingLog.verdict).toMatchObject({ kind: 'intact' })
  })

  const REFUSAL = `before delete on events begin select raise(abort, 'events are append-only'); end`
  test.each([
    ['one of the same name that refuses nothing', 'drop trigger events_refuse_delete; create trigger events_refuse_delete before delete on events begin select 1; end'],
    ['one that only quotes the refusal', `drop trigger events_refuse_delete; create trigger events_refuse_delete before delete on events when 0 begin /* ${REFUSAL} */ select 1; end`],
    ['another one that drops new events', 'create trigger others before insert on events begin select raise(ignore); end'],
  ])('a changed trigger: %s', async (_what, statements) => {
    attack((raw) => raw.exec(statements))
    const signal = await started()
    expect(signal.tradingLog.verdict).toMatchObject({ kind: 'unguarded' })
    await signal.close()
    expect((await started()).tradingLog.verdict).toMatchObject({ kind: 'intact' })
  }) // prettier-ignore

  test('an event that the database drops while Signal runs counts as not recorded', async () => {
    const signal = await started()
    attack((raw) => raw.exec('create trigger others before insert on events begin select raise(ignore); end'))
    expect(await signal.tradingLog.record(() => [{ stream: 'order:four', events: [asked()] }])).toBe(false)
    attack((raw) => expect(rowsOf(raw)).toHaveLength(LAST))
  })

  test('another database in its place, once, and no one is accused of changing it', async () => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${fileIn(folder)}${suffix}`, { force: true })
    // The place belongs to the folder that the log was noted in.
    const anchors = join(folder, 'event-anchors.json')
    const moved = readFileSync(anchors, 'utf8').replaceAll(template, folder)
    writeFileSync(anchors, moved)
    const signal = await started()
    expect(signal.tradingLog.verdict).toMatchObject({ kind: 'replaced', events: 0, before: { id: NOTED } })
    await expect.poll(() => signal.status()?.logDoubt).toMatch(/database was replaced, and with it 7 events/)
    await signal.tradingLog.record(() => [{ stream: 'order:new', events: [asked()] }])
    await signal.verify()
    await signal.close()
    expect((await started()).tradingLog.verdict).toMatchObject({ kind: 'intact' })
  })
})

test('a time beyond any date stops neither the list of events nor their export', async () => {
  forge((raw) => raw.exec('update events set timestamp = 9000000000000000 where id = 8'))
  const { audit } = (await started()).modeStorage.handlers
  const listed = await audit.events({ limit: 100 })
  expect(listed.ok && listed.value.find(({ id }) => id === 8)?.at).toBe(0)
  expect(await audit.export({})).toMatchObject({ ok: true, value: { kind: 'saved' } })
  expect(readFileSync(join(folder, 'export.jsonl'), 'utf8')).toContain('"at":"1970-01-01T00:00:00.000Z"')
})

test('a note that is damaged is backed up, and the trader is told that there is nothing to compare with', async () => {
  writeFileSync(join(folder, 'event-anchors.json'), '{"format":1,')
  const signal = await started()
  expect(signal.tradingLog.verdict).toMatchObject({ kind: 'intact' })
  await expect
    .poll(() => signal.status()?.logDoubt)
    .toMatch(
      /^What Signal had noted of the event log could not be read \(it is not JSON\)\. .*event-anchors\.json\.broken-/,
    )
  expect(readdirSync(folder).filter((name) => name.startsWith('event-anchors.json.broken-'))).toHaveLength(1)
  await signal.close()
  expect((await started()).status()?.logDoubt).toBeUndefined()
})

describe('the saved account state is not used, and the log is read instead:', () => {
  const kept = (raw: BetterSqlite3.Database) =>
    (raw.prepare(`select value from kept_values where name = 'account-state:paper'`).get() as { value: string }).value // prettier-ignore
  const keep = (raw: BetterSqlite3.Database, value: string) =>
    raw.prepare(`update kept_values set value = ? where name = 'account-state:paper'`).run(value)

  test.each<[string, (value: string) => string]>([
    ['one with more shares', (value) => value.replaceAll('"10"', '"1000"')],
    ['one that says it includes later events', (value) => value.replace(/"lastId":\d+/, `"lastId":${LAST}`)],
    ['one for an event that is not there', (value) => value.replace(/"lastId":\d+/, '"lastId":4000')],
  ])('%s', async (_what, change) => {
    attack((raw) => {
      const value = kept(raw)
      expect(change(value)).not.toBe(value)
      keep(raw, change(value))
    })
    const signal = await started()
    expect(signal.tradingLog.verdict).toMatchObject({ kind: 'intact', from: 1 })
    expect(orders(signal).map(({ id, filledQuantity }) => [id, filledQuantity])).toEqual([
      ['one', '10'],
      ['two', '0'],
      ['three', '10'],
    ])
  })

  test('one whose event was forged along with it', async () => {
    forge((raw) => {
      const value = kept(raw).replaceAll('"10"', '"1000"')
      keep(raw, value)
      raw.prepare(`update events set payload = json_set(payload, '$.sha256', ?) where id = ?`).run('0'.repeat(64), SNAPSHOT_EVENT) // prettier-ignore
      rehash(raw)
    })
    const signal = await started()
    expect(signal.tradingLog.verdict).toMatchObject({ kind: 'broken', id: NOTED })
    expect(orders(signal)[0]?.filledQuantity).toBe('10')
  })
})

describe('not proven, and not claimed:', () => {
  test('an old event is read only when the whole log is verified', async () => {
    forge((raw) => cheaper(raw, 3))
    const signal = await started()
    expect(signal.tradingLog.verdict).toMatchObject({ kind: 'intact', from: 6 })
    expect(describeVerdict(signal.tradingLog.verdict!)).toMatch(/^Log verified, events 6 to 9 intact\./)
    expect(await signal.verify()).toMatchObject({ kind: 'broken', id: 3 })
  })

  test('a log rebuilt along with the note in the data folder: it counts as noted for the first time', async () => {
    forge((raw) => {
      cheaper(raw, 3)
      rehash(raw)
    })
    rmSync(join(folder, 'event-anchors.json'))
    const began = Date.now()
    const verdict = await (await started()).verify()
    expect(verdict).toMatchObject({ kind: 'intact', from: 1 })
    expect(verdict.kind === 'intact' && verdict.anchor!.since).toBeGreaterThanOrEqual(began)
  })

  test('events cut off after the last note', async () => {
    forge((raw) => {
      raw.exec(`delete from events where id > ${NOTED}`)
      rehash(raw)
    })
    expect((await started()).tradingLog.verdict).toMatchObject({ kind: 'intact', events: NOTED })
  })
})
