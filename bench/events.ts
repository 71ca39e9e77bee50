/**
 * Reading the event log as trading does when it starts: one account's events among another's, page by page,
 * from the storage process, compared with reading and parsing the same rows in one process without our code.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { openDatabase, transact } from '../src/storage/database/index.ts'
import { insertCopiedEvents } from '../src/storage/events/index.ts'
import { readPages } from '#storage'
import { type StorageClient } from '../src/main/storage-client/index.ts'
import type { Measurement } from './report.ts'
import { storedEvents } from './support/events.ts'
import { startStorage } from './support/storage.ts'

/** Eleven twelfths of them are the account's. */
const EVENTS = 1_090_000
const SINCE_SNAPSHOT = 20_000
const PAGE = 10_000

/** Milliseconds to read all of the account's events, and those since a snapshot. */
export async function benchEvents(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signal-bench-'))
  const file = join(folder, 'bench.sqlite')
  try {
    await fill(`sqlite:${file}`)
    const { client } = await startStorage({ databaseUrl: `sqlite:${file}`, logLevel: 'error' })
    const [raw, all] = [readRaw(file, 0), await readAll(client, 0)]
    const from = EVENTS - SINCE_SNAPSHOT
    const [rawRecent, recent] = [readRaw(file, from), await readAll(client, from)]
    client.stop()
    return [row(raw, all, 5_000), row(rawRecent, recent, 200)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Read {
  readonly events: number
  readonly ms: number
}

const row = (raw: Read, { events, ms }: Read, budgetMs: number): Measurement => ({
  name: `${events.toLocaleString('en-US')} events out of the storage process`,
  unit: 'ms',
  raw: raw.ms,
  ours: ms,
  ratio: ms / raw.ms,
  budget: `${budgetMs} ms`,
  kept: ms <= budgetMs,
})

async function fill(url: string): Promise<void> {
  const database = await openDatabase(url)
  for (const events of storedEvents(EVENTS))
    await transact(database, (trx) => insertCopiedEvents(trx, events))
  await database.close()
}

async function readAll({ api }: StorageClient, afterId: number): Promise<Read> {
  const began = performance.now()
  let events = 0
  const read = (query: { afterId: number; limit: number }) =>
    api.events.read({ ...query, streamPrefix: 'paper:' })
  for await (const page of readPages(read, { afterId, limit: PAGE })) {
    if (!page.ok) throw new Error(JSON.stringify(page.error))
    events += page.value.length
  }
  return { events, ms: performance.now() - began }
}

function readRaw(file: string, afterId: number): Read {
  const database = new BetterSqlite3(file)
  const statement = database.prepare<[number, number], { id: number; stream_id: string; payload: string }>(
    'select * from events where id > ? order by id limit ?',
  )
  const began = performance.now()
  let [events, lastId] = [0, afterId]
  for (;;) {
    const rows = statement.all(lastId, PAGE)
    for (const { stream_id: stream, payload } of rows) {
      if (!stream.startsWith('paper:')) continue
      JSON.parse(payload)
      events++
    }
    lastId = rows.at(-1)?.id ?? lastId
    if (rows.length < PAGE) break
  }
  database.close()
  return { events, ms: performance.now() - began }
}
