import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, ok } from '#shared/result'
import type { AuditEvent } from '#shared/trading/audit'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { auditHandlers, type AskStorage, type AuditStorage } from './audit.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-audit-'))
  path = join(folder, 'events.jsonl')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const event = (id: number): AuditEvent => ({
  id,
  stream: 'demo:order:one',
  version: id,
  type: 'OrderFilled',
  payload: { price: '10.10' },
  at: Date.UTC(2026, 10, 24, 15) + id,
  hash: `hash-${id}`,
})

type Query = Parameters<AuditStorage['events']['read']>[0]

/** A log of this many events, which records the queries it gets. */
function log(count: number) {
  const queries: Query[] = []
  const storage: AuditStorage = {
    events: {
      async read(query) {
        queries.push(query)
        const { afterId = 0, limit } = query
        const left = Math.max(0, Math.min(limit, count - afterId))
        return ok(Array.from({ length: left }, (_, at) => event(afterId + at + 1)))
      },
    },
  }
  const ask: AskStorage = async (question) => {
    const answer = await question(storage)
    return answer.ok ? answer : err({ kind: 'database', message: 'away' })
  }
  return { ask, queries }
}

const away: AskStorage = async () => err({ kind: 'database', message: 'The database is not open yet.' })
const choose = async () => path
const clock = new ManualClock(event(0).at)
const noteEnd = async () => undefined

test('the log is read from its end, page by page', async () => {
  const { ask, queries } = log(3)
  const audit = auditHandlers(ask, { chooseFile: choose, noteEnd, clock })
  await audit.events({ types: ['OrderFilled'], beforeId: 9, limit: 50 })
  expect(queries).toEqual([
    { types: ['OrderFilled'], beforeId: 9, limit: 50, direction: 'desc', withSymbols: true },
  ])
})

test('matching events are written oldest first, one per line, over any number of pages', async () => {
  const { ask, queries } = log(2_500)
  const saved = await auditHandlers(ask, { chooseFile: choose, noteEnd, clock }).export({
    streamPrefix: 'demo:',
  })
  expect(saved).toEqual(ok({ kind: 'saved', path }))
  const lines = readFileSync(path, 'utf8').split('\n')
  expect(lines).toHaveLength(2_501)
  expect(lines.at(-1)).toBe('')
  expect(JSON.parse(lines[0] ?? '')).toEqual({ ...event(1), at: '2026-11-24T15:00:00.001Z' })
  expect(JSON.parse(lines[2_499] ?? '')).toMatchObject({ id: 2_500 })
  expect(queries.map(({ afterId, limit }) => [afterId, limit])).toEqual([
    [0, 1_000],
    [1_000, 1_000],
    [2_000, 1_000],
  ])
  expect(
    queries.every(({ streamPrefix, direction }) => streamPrefix === 'demo:' && direction === 'asc'),
  ).toBe(true)
})

test('the end of the log is noted with each export, and with nothing else', async () => {
  const notes: string[] = []
  const deps = { chooseFile: choose, noteEnd: async () => void notes.push('noted'), clock }
  await auditHandlers(log(3).ask, deps).export({})
  expect(notes).toEqual(['noted'])
  await auditHandlers(log(3).ask, { ...deps, chooseFile: async () => undefined }).export({})
  await auditHandlers(away, deps).export({})
  expect(notes).toEqual(['noted'])
})

test('nothing is written if the trader cancels', async () => {
  const { ask, queries } = log(3)
  const saved = await auditHandlers(ask, { chooseFile: async () => undefined, noteEnd, clock }).export({})
  expect(saved).toEqual(ok({ kind: 'canceled' }))
  expect(queries).toEqual([])
})

test('an export that the database interrupts leaves no file that looks complete', async () => {
  const { ask } = log(1_500)
  let asked = 0
  const failing: AskStorage = (question) => (++asked > 1 ? away(question) : ask(question))
  const saved = await auditHandlers(failing, { chooseFile: choose, noteEnd, clock }).export({})
  expect(saved).toEqual(err({ kind: 'database', message: 'The database is not open yet.' }))
  expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false])
})

test('a place that cannot be written to is reported', async () => {
  const { ask } = log(1)
  const nowhere = join(folder, 'missing', 'events.jsonl')
  const saved = await auditHandlers(ask, { chooseFile: async () => nowhere, noteEnd, clock }).export({})
  expect(saved).toMatchObject({ ok: false, error: { kind: 'not-written' } })
})
