import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transact, type Database, type Transaction } from '../../../src/storage/database/index.ts'
import {
  appendEvents,
  eventsQuery,
  keepGuarded,
  proveLog,
  readEvents,
  readFacets,
  verifyEvents,
  type EventFilter,
  type NewEvent,
  type StoredEvent,
} from '../../../src/storage/events/index.ts'
import { stockSymbol } from '../../../src/shared/units.ts'
import type { KnownLog, LogVerdict } from '../../../src/shared/trading/audit.ts'
import {
  DATABASE_KINDS,
  timescaleInWebAssembly,
  titleOf,
  type EmptyDatabase,
} from '../../support/databases.ts'

const AT = 1_700_000_000_000
const requested: NewEvent = { type: 'OrderRequested', payload: { symbol: 'AAPL', quantity: '10' }, at: AT }

describe.each(DATABASE_KINDS.map((kind) => [titleOf(kind), kind] as const))(
  'the event log in %s',
  (_title, kind) => {
    let place: EmptyDatabase
    let database: Database
    beforeAll(async () => {
      if (kind.skipped) return
      place = await kind.create()
      database = await place.open()
      await appendEvents(database, { stream: 'first', expectedVersion: 0, events: [requested] })
    }, 60_000)
    afterAll(async () => {
      await database?.close()
      await place?.remove()
    })
    const check = test.skipIf(kind.skipped)

    /** The verifier's verdict after a change that bypassed our functions; the change is undone again. */
    async function verdictAfter(tamper: (trx: Transaction) => Promise<unknown>): Promise<LogVerdict> {
      let verdict: LogVerdict | undefined
      await transact(database, async (trx) => {
        if (trx.dialect === 'sqlite')
          trx.raw.exec('drop trigger events_refuse_update; drop trigger events_refuse_delete')
        else await trx.client.query('alter table events disable trigger user')
        await tamper(trx)
        verdict = await verifyEvents(trx)
        throw new Error('undo')
      }).catch((cause: Error) => {
        if (cause.message !== 'undo') throw cause
      })
      if (verdict === undefined) throw new Error('no verdict')
      return verdict
    }

    check('events get their versions in the order of appending, and come back as they went in', async () => {
      const first = await appendEvents(database, {
        stream: 'order:1',
        expectedVersion: 0,
        events: [requested, { type: 'OrderAccepted', payload: {}, at: 1_700_000_000_123 }],
      })
      expect(first).toMatchObject({
        ok: true,
        value: [{ version: 1 }, { version: 2, at: 1_700_000_000_123 }],
      })
      const second = await appendEvents(database, {
        stream: 'order:1',
        expectedVersion: 2,
        events: [requested],
      })
      const stored = await readEvents(database, { stream: 'order:1', limit: 10 })
      expect(stored).toEqual([...(first.ok ? first.value : []), ...(second.ok ? second.value : [])])
      expect(stored.map(({ version }) => version)).toEqual([1, 2, 3])
      expect(stored[0]?.payload).toEqual(requested.payload)
    })

    check('an append to a stream that has changed since fails, and nothing is written', async () => {
      await appendEvents(database, { stream: 'order:2', expectedVersion: 0, events: [requested] })
      const answer = await appendEvents(database, {
        stream: 'order:2',
        expectedVersion: 0,
        events: [{ ...requested, at: AT + 1 }],
      })
      expect(answer).toEqual({
        ok: false,
        error: { kind: 'conflict', stream: 'order:2', expectedVersion: 0, actualVersion: 1 },
      })
      expect(await readEvents(database, { stream: 'order:2', limit: 10 })).toHaveLength(1)
    })

    check(
      'events appended again, because the answer was lost, get the same answer and are stored once',
      async () => {
        const events = [{ ...requested, at: 1_700_000_000_456 }]
        const append = (again: typeof events) =>
          appendEvents(database, { stream: 'order:3', expectedVersion: 0, events: again })
        const first = await append(events)
        expect(first).toMatchObject({ ok: true, value: [{ version: 1 }] })
        expect(await append(events)).toEqual(first)
        for (const other of [
          { ...requested, at: 1_700_000_000_457 },
          { ...requested, at: 1_700_000_000_456, payload: { symbol: 'TSLA' } },
        ])
          expect(await append([other])).toMatchObject({ ok: false, error: { kind: 'conflict' } })
        expect(await readEvents(database, { stream: 'order:3', limit: 10 })).toHaveLength(1)
      },
    )

    check(
      'any payload that JSON can express comes back the same, and its hash matches',
      async () => {
        let version = 0
        const payload = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }))
        await fc.assert(
          fc.asyncProperty(payload, async (value) => {
            const plain = JSON.parse(JSON.stringify(value)) as Record<string, unknown>
            fc.pre(
              !/\0|\p{Surrogate}/u.test(JSON.stringify(plain)) &&
                !/\\u(0000|d[89a-f])/i.test(JSON.stringify(plain)),
            )
            const events = [{ type: 'Any', payload: plain, at: AT }]
            const appended = await appendEvents(database, { stream: 'any', expectedVersion: version, events })
            version++
            const [stored] = await readEvents(database, {
              afterId: appended.ok ? appended.value[0]!.id - 1 : -1,
              limit: 1,
            })
            expect(stored?.payload).toEqual(plain)
          }),
          { numRuns: 50 },
        )
        expect(await verifyEvents(database)).toMatchObject({ kind: 'intact' })
      },
      60_000,
    )

    check('text that one of the databases cannot store is rejected by both', async () => {
      for (const text of ['a\0b', '\ud800']) {
        const events = [{ type: 'Bad', payload: { text }, at: AT }]
        await expect(appendEvents(database, { stream: 'bad', expectedVersion: 0, events })).rejects.toThrow(
          TypeError,
        )
      }
      expect(await readEvents(database, { stream: 'bad', limit: 1 })).toEqual([])
    })

    // PostgreSQL in WebAssembly has too little memory for it.
    const isSmall = kind === timescaleInWebAssembly
    const checkLong = test.skipIf(kind.skipped !== undefined || isSmall)
    checkLong('the longest payload is written and proven, and a longer one is rejected', async () => {
      // Many short fields: PostgreSQL adds a space for each of their signs.
      const fields = Object.fromEntries(Array.from({ length: 150_000 }, (_, at) => [`f${at}`, 0]))
      const filled = (length: number) => {
        const rest = length - JSON.stringify({ ...fields, z: '' }).length
        return { type: 'Long', payload: { ...fields, z: 'x'.repeat(rest) }, at: AT }
      }
      const append = (length: number) =>
        appendEvents(database, { stream: 'long', expectedVersion: 0, events: [filled(length)] })
      await expect(append(2_000_001)).rejects.toThrow('longer than 2000000 characters')
      expect((await append(2_000_000)).ok).toBe(true)
      expect(await verifyEvents(database)).toMatchObject({ kind: 'intact' })
    })

    check('events are found by type, by time, and in the order of the whole log', async () => {
      const at = Date.parse('2024-01-02T15:00:00Z')
      const events = [0, 1, 2].map((minute) => ({
        type: 'Ticked',
        payload: { minute },
        at: at + minute * 60_000,
      }))
      await appendEvents(database, { stream: 'clock', expectedVersion: 0, events })
      const minutes = async (filter: { from?: number; until?: number; types?: string[] }) =>
        (await readEvents(database, { ...filter, stream: 'clock', limit: 9 })).map(
          ({ payload }) => payload['minute'],
        )
      expect(await minutes({ types: ['Ticked'] })).toEqual([0, 1, 2])
      expect(await minutes({ from: at + 60_000, until: at + 120_000 })).toEqual([1])
      expect(await minutes({ types: ['OrderRequested'] })).toEqual([])
      const ids = (await readEvents(database, { limit: 1_000 })).map(({ id }) => id)
      expect(ids).toEqual(ids.map((_, index) => index + 1))
    })

    check(
      'events of all streams with the same prefix are read page by page, forward and backward',
      async () => {
        const append = (stream: string, expectedVersion: number) =>
          appendEvents(database, { stream, expectedVersion, events: [requested] })
        for (const [version, stream] of ['paper:order:1', 'paper:order:2', 'paper:risk'].entries()) {
          await append(stream, 0)
          await append('live:order:1', version)
        }
        const streams = async (filter: Omit<EventFilter, 'limit'>) =>
          (await readEvents(database, { ...filter, limit: 100 })).map(({ stream }) => stream)
        const paper = ['paper:order:1', 'paper:order:2', 'paper:risk']
        expect(await streams({ streamPrefix: 'paper:' })).toEqual(paper)
        expect(await streams({ streamPrefix: 'paper:', direction: 'desc' })).toEqual([...paper].reverse())
        expect(await streams({ streamPrefix: 'paper:order:' })).toEqual(paper.slice(0, 2))
        expect(await streams({ streamPrefix: 'pap' })).toEqual(paper)
        expect(await streams({ streamPrefix: 'paper' })).toEqual(paper)
        expect(await streams({ streamPrefix: 'aper:' })).toEqual([])
        expect(await streams({ streamPrefix: 'live:', types: ['OrderFilled'] })).toEqual([])
        // A wildcard in SQL is a plain character here.
        for (const wild of ['paper:%', 'pape_:', '%', "' or 1 = 1 --"])
          expect(await streams({ streamPrefix: wild })).toEqual([])

        const newest = await readEvents(database, { streamPrefix: 'paper:', direction: 'desc', limit: 2 })
        const older = { streamPrefix: 'paper:', direction: 'desc', beforeId: newest[1]!.id } as const
        expect(await streams(older)).toEqual(['paper:order:1'])
        expect(await streams({ streamPrefix: 'paper:', afterId: newest[1]!.id })).toEqual(['paper:risk'])
        const between = { afterId: newest[1]!.id, beforeId: newest[0]!.id }
        expect(await streams(between)).toEqual(['live:order:1'])
      },
    )

    check('a stream is found by its prefix, whatever characters its name contains', async () => {
      const name = '\u{1F4C8}:ордер:é'
      await appendEvents(database, { stream: name, expectedVersion: 0, events: [requested] })
      for (const streamPrefix of ['\u{1F4C8}', '\u{1F4C8}:', '\u{1F4C8}:ор', name])
        expect(await readEvents(database, { streamPrefix, limit: 9 })).toMatchObject([{ stream: name }])
    })

    check(
      'events are found by symbol, on every page: those of its orders, and others that name it',
      async () => {
        const append = async (stream: string, type: string, payload: NewEvent['payload']) => {
          const known = await readEvents(database, { stream, limit: 100 })
          await appendEvents(database, {
            stream,
            expectedVersion: known.length,
            events: [{ type, payload, at: AT }],
          })
        }
        const draft = (symbol: string) => ({ draft: { symbol, quantity: '1' } })
        for (const [id, symbol] of [['k1', 'KO'], ['g1', 'GE'], ['k2', 'KO']] as const)
        await append(`demo:order:${id}`, 'OrderRequested', draft(symbol)) // prettier-ignore
        await append('demo:order:k3', 'OrderDenied', draft('KO'))
        await append('demo:order:k4', 'ExternalOrderDetected', { terms: { symbol: 'KO' } })
        await append('demo:account', 'PositionAdjusted', { symbol: 'KO', quantity: '1' })
        await append('demo:account', 'PositionAdjusted', { symbol: 'KOF', quantity: '1' })
        await append('demo:account', 'Reconciled', { differences: [{ what: 'position', of: 'KO' }] })
        await append('demo:account', 'Reconciled', { differences: [{ what: 'position', of: 'GE' }] })
        await append('demo:risk', 'LimitsConfirmed', { reasons: ['"symbol":"KO"', '"of": "KO"'] })
        for (const id of ['g1', 'k4', 'k1'])
          await append(`demo:order:${id}`, 'OrderFilled', { quantity: '1' })

        const KO = stockSymbol.parse('KO')
        const wanted = [
          ['demo:order:k1', 'OrderRequested'],
          ['demo:order:k2', 'OrderRequested'],
          ['demo:order:k3', 'OrderDenied'],
          ['demo:order:k4', 'ExternalOrderDetected'],
          ['demo:account', 'PositionAdjusted'],
          ['demo:account', 'Reconciled'],
          ['demo:order:k4', 'OrderFilled'],
          ['demo:order:k1', 'OrderFilled'],
        ]
        const paged: StoredEvent[] = []
        for (let beforeId: number | undefined = Number.MAX_SAFE_INTEGER; beforeId !== undefined;) {
          const page = await readEvents(database, { symbol: KO, beforeId, direction: 'desc', limit: 3 })
          paged.push(...page)
          beforeId = page.at(-1)?.id
        }
        expect(paged.map(({ stream, type }) => [stream, type])).toEqual([...wanted].reverse())
        const fills = { symbol: KO, types: ['OrderFilled', 'OrderDenied'], withSymbols: true, limit: 9 }
        expect(await readEvents(database, fills)).toMatchObject([
          { stream: 'demo:order:k3', symbol: 'KO' },
          { stream: 'demo:order:k4', symbol: 'KO' },
          { stream: 'demo:order:k1', symbol: 'KO' },
        ])
      },
    )

    check('an event has its order’s symbol only if asked for, and other streams have none', async () => {
      const page = { streamPrefix: 'demo:', limit: 100 }
      const plain = await readEvents(database, page)
      expect(plain.some((event) => 'symbol' in event)).toBe(false)
      const withSymbols = await readEvents(database, { ...page, withSymbols: true })
      expect(withSymbols.map(({ symbol: _none, ...event }) => event)).toEqual(plain)
      const others = withSymbols.filter(({ stream }) => !stream.startsWith('demo:order:'))
      expect(others.filter((event) => 'symbol' in event)).toEqual([])
    })

    check('the types and the number of events are reported', async () => {
      const kinds = ['Opened', 'Filled', 'Closed', 'Filled'].map((type) => ({ type, payload: {}, at: AT }))
      await appendEvents(database, { stream: 'kinds', expectedVersion: 0, events: kinds })
      const all = await readEvents(database, { limit: 10_000 })
      const types = [...new Set(all.map(({ type }) => type))].sort()
      expect(await readFacets(database)).toEqual({ types, events: all.length })
      expect(types).toEqual(expect.arrayContaining(['Closed', 'Filled', 'Opened']))
    })

    check.each([
      ['events_by_scope', { streamPrefix: 'paper:', afterId: 1 }],
      ['events_by_scope', { streamPrefix: 'paper:order:', direction: 'desc' }],
      ['events_by_type', { types: ['Opened'], beforeId: 100, direction: 'desc' }],
    ] as const)('%s leads to %o, without sorting', async (index, filter) => {
      const steps = await plan({ ...filter, limit: 100 })
      expect(steps).toContain(index)
      expect(steps).not.toMatch(/sort|temp b-tree/i)
    })

    check(
      'events of a symbol are found by the indexes of types and streams, never by reading the log',
      async () => {
        const steps = await plan({ symbol: stockSymbol.parse('KO'), direction: 'desc', limit: 100 })
        expect(steps).toContain('events_by_type')
        expect(steps).toMatch(/stream_id=\?|events_stream_id_version_key/)
        expect(steps).not.toMatch(/SCAN events|Seq Scan/)
      },
    )

    /** The database's query plan, without the ones that only suit a log of twenty events, by its statistics as they are now. */
    async function plan(filter: EventFilter): Promise<string> {
      if (database.dialect === 'sqlite')
        return JSON.stringify(await eventsQuery(database, filter).explain(undefined, sql`query plan`))
      return transact(database, async (trx) => {
        await sql`analyze events`.execute(trx.query)
        await sql`set local enable_seqscan = off; set local enable_bitmapscan = off`.execute(trx.query)
        return JSON.stringify(await eventsQuery(trx, filter).explain())
      })
    }

    check('nobody can change or delete an event', async () => {
      const change = transact(database, (trx) =>
        sql`update events set event_type = 'OrderFilled'`.execute(trx.query),
      )
      await expect(change).rejects.toThrow('events are append-only')
      const removal = transact(database, (trx) => sql`delete from events where id = 1`.execute(trx.query))
      await expect(removal).rejects.toThrow('events are append-only')
      if (database.dialect === 'sqlite') return
      const truncation = transact(database, (trx) => sql`truncate events`.execute(trx.query))
      await expect(truncation).rejects.toThrow('events are append-only')
    })

    check.each([
      ['an upsert', `insert into events select * from events where id = 1 on conflict (id) do update set event_type = 'OrderFilled'`],
      ['an id of 0', `insert into events select 0, 'forged', 1, event_type, payload, timestamp, hash from events where id = 1`],
      ['a gap in the ids', `insert into events select 2 + max(id), 'forged', 1, max(event_type), '{}', max(timestamp), '' from events`],
      ['a gap in the versions', `insert into events select 1 + max(id), 'forged', 2, max(event_type), '{}', max(timestamp), '' from events`],
    ])('%s is refused', async (_what, statement) => {
      const change = transact(database, (trx) => sql.raw(statement).execute(trx.query))
      await expect(change).rejects.toThrow('events are append-only')
    }) // prettier-ignore

    check('guards that were removed or disabled are noticed, and set up again', async () => {
      const [anchored] = await readEvents(database, { direction: 'desc', limit: 1 })
      const known = async (): Promise<readonly KnownLog[]> => {
        const { log, place: where } = await proveLog(database, [])
        return [{ log, place: where, anchor: { id: anchored!.id, hash: anchored!.hash, since: AT } }]
      }
      await transact(database, (trx) =>
        sql
          .raw(
            trx.dialect === 'sqlite'
              ? 'drop trigger events_refuse_gap'
              : 'alter table events disable trigger events_refuse_gap',
          )
          .execute(trx.query),
      )
      expect((await proveLog(database, await known())).verdict).toMatchObject({ kind: 'unguarded', from: 1 })
      await keepGuarded(database)
      const { verdict } = await proveLog(database, await known())
      expect(verdict).toMatchObject({ kind: 'intact', from: anchored!.id, anchor: { id: anchored!.id } })
    })

    /** Runs the statements of the database's kind. */
    const change = (inSqlite: string, inPostgres: string) =>
      transact(database, async (trx) => {
        if (trx.dialect === 'sqlite') trx.raw.exec(inSqlite)
        else await trx.client.query(inPostgres)
      })
    const REFUSE = `begin select raise(abort, 'events are append-only'); end`
    const PROCEDURE = 'execute function events_refuse_change()'
    check.each([
      ['with a condition', `before update on events when 0 ${REFUSE}`, `before update or delete on events for each row when (false) ${PROCEDURE}`],
      ['for one column', `before update of hash on events ${REFUSE}`, `before update of hash or delete on events for each row ${PROCEDURE}`],
      ['for fewer changes', `before delete on events ${REFUSE}`, `before update on events for each row ${PROCEDURE}`],
      ['after the change', `after update on events ${REFUSE}`, `after update or delete on events for each row ${PROCEDURE}`],
    ])('a guard that refuses less is noticed, and set up again: %s', async (_what, inSqlite, inPostgres) => {
      await change(
        `drop trigger events_refuse_update; create trigger events_refuse_update ${inSqlite}`,
        `drop trigger events_refuse_change on events; create trigger events_refuse_change ${inPostgres}`,
      )
      expect((await proveLog(database, [])).verdict).toMatchObject({ kind: 'unguarded' })
      await keepGuarded(database)
      expect((await proveLog(database, [])).verdict).toMatchObject({ kind: 'intact' })
    }) // prettier-ignore

    check('an event that a trigger drops without an error counts as not written', async () => {
      await change(
        'create trigger others before insert on events begin select raise(ignore); end',
        `create function others() returns trigger language plpgsql as $$ begin return null; end $$;
        create trigger others before insert on events for each row execute function others()`,
      )
      const append = appendEvents(database, { stream: 'dropped', expectedVersion: 0, events: [requested] })
      await expect(append).rejects.toThrow('a trigger or a rule on its table drops it')
      await change('drop trigger others', 'drop trigger others on events; drop function others()')
      expect(await verifyEvents(database)).toMatchObject({ kind: 'intact' })
    })

    check('a database that was never noted at a place where another was is told apart', async () => {
      const { log, place: where } = await proveLog(database, [])
      const anchor = { id: 5_000, hash: 'hash', since: AT }
      const other = { log: 'another', place: where, anchor }
      expect((await proveLog(database, [other])).verdict).toMatchObject({ kind: 'replaced', before: anchor })
      const elsewhere = { ...other, place: 'SQLite file /elsewhere' }
      expect((await proveLog(database, [elsewhere])).verdict).toMatchObject({ kind: 'intact', from: 1 })
      expect((await proveLog(database, [{ ...other, log }])).verdict).toMatchObject({ kind: 'broken' })
    })

    check('the proof finds a changed, a removed, a swapped, an added event and a cut-off end', async () => {
      await appendEvents(database, {
        stream: 'proof',
        expectedVersion: 0,
        events: [requested, requested, requested],
      })
      const [, middle] = await readEvents(database, { stream: 'proof', limit: 3 })
      const id = middle!.id
      expect(await verifyEvents(database)).toMatchObject({ kind: 'intact', events: id + 1 })
      const forged = { symbol: 'AAPL', quantity: '11' }
      expect(
        await verdictAfter(({ query }) =>
          query
            .updateTable('events')
            .set({ payload: JSON.stringify(forged) })
            .where('id', '=', id)
            .execute(),
        ),
      ).toEqual({ kind: 'broken', id, reason: 'the event or the one before it was changed' })
      expect(
        await verdictAfter(({ query }) => query.deleteFrom('events').where('id', '=', id).execute()),
      ).toEqual({ kind: 'broken', id: id + 1, reason: `event ${id} is missing` })
      expect(
        await verdictAfter(({ query }) =>
          query
            .deleteFrom('events')
            .where('id', '=', id + 1)
            .execute(),
        ),
      ).toEqual({
        kind: 'broken',
        id: id + 1,
        reason: `the log ends with event ${id}, but ${id + 1} events were written`,
      })
      expect(
        await verdictAfter(({ query }) =>
          query.updateTable('events').set({ stream_id: 'other' }).where('id', '=', id).execute(),
        ),
      ).toMatchObject({ kind: 'broken', id })
      expect(await verifyEvents(database)).toMatchObject({ kind: 'intact' })
    })

    const appends = kind.name === 'TimescaleDB in WebAssembly' ? 400 : 10_000
    check(
      `8 writers on one stream, ${appends} appends: no version is missing or repeated`,
      async () => {
        let conflicts = 0
        /** Appends that succeeded anywhere but right after what their writer knew. */
        let misplaced = 0
        let left = appends
        // On the server half of them come as if from another process. One process cannot do so with SQLite,
        // which waits for a lock without letting its holder continue.
        const other = kind.name === 'TimescaleDB server' ? await place.open() : database
        async function writer(name: number): Promise<void> {
          const writable = name % 2 === 0 ? database : other
          let version = 0
          while (left > 0) {
            left--
            for (;;) {
              const events = [{ type: 'Counted', payload: { name }, at: AT }]
              const answer = await appendEvents(writable, {
                stream: 'busy',
                expectedVersion: version,
                events,
              })
              if (answer.ok && answer.value[0]?.version !== version + 1) misplaced++
              version = answer.ok ? version + 1 : answer.error.actualVersion
              if (answer.ok) break
              conflicts++
            }
          }
        }
        await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(writer))
        if (other !== database) await other.close()
        const versions: number[] = []
        for (let afterId = 0; ;) {
          const page = await readEvents(database, { stream: 'busy', afterId, limit: 1_000 })
          versions.push(...page.map(({ version }) => version))
          const last = page.at(-1)
          if (last === undefined) break
          afterId = last.id
        }
        expect(versions).toEqual(Array.from({ length: appends }, (_, index) => index + 1))
        expect(conflicts).toBeGreaterThan(0)
        expect(misplaced).toBe(0)
        expect(await verifyEvents(database)).toMatchObject({ kind: 'intact' })
      },
      400_000,
    )
  },
)
