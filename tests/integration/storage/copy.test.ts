import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBatches, readDays, writeBars, type StoredBar } from '../../../src/storage/bars/index.ts'
import { addCovered, readCovered } from '../../../src/storage/coverage/index.ts'
import { copyDatabase } from '../../../src/storage/copy-database.ts'
import { transact, type Database } from '../../../src/storage/database/index.ts'
import { appendEvents, readEvents, verifyEvents } from '../../../src/storage/events/index.ts'
import type { CopyProgress } from '../../../src/shared/database.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import { DATABASE_KINDS, sqliteFile, titleOf, type EmptyDatabase } from '../../support/databases.ts'

const OPEN = nyse.tradingDay('2024-02-28')!.open
const bars = (offset: number, count: number): StoredBar[] =>
  Array.from({ length: count }, (_, index) => ({
    at: OPEN + (offset + index) * 60_000,
    open: 1_0001,
    high: 1_0003,
    low: 9_999,
    close: 1_0002,
    volume: index,
    vwap: 1_000_001,
    tradeCount: 1,
  }))

describe.each(DATABASE_KINDS.map((kind) => [titleOf(kind), kind] as const))(
  'switching from SQLite to %s',
  (_title, kind) => {
    const places: EmptyDatabase[] = []
    const databases: Database[] = []
    let from: Database
    let to: Database
    beforeAll(async () => {
      if (kind.skipped) return
      for (const each of [sqliteFile, kind]) {
        const place = await each.create()
        places.push(place)
        databases.push(await place.open())
      }
      ;[from, to] = databases as [Database, Database]
      await transact(from, async (trx) => {
        await writeBars(trx, { symbol: 'AAPL', feed: 'sip', bars: bars(0, 4_000) }, nyse)
        await writeBars(trx, { symbol: 'AAPL', feed: 'iex', bars: bars(4_000, 10) }, nyse)
        await writeBars(trx, { symbol: 'TSLA', feed: 'iex', bars: bars(0, 20) }, nyse)
        await addCovered(trx, 'AAPL', 'sip', { from: OPEN, until: OPEN + 86_400_000 })
      })
      for (let version = 0; version < 3; version++)
        await appendEvents(from, {
          stream: 'orders',
          expectedVersion: version,
          events: [{ type: 'Ticked', payload: { b: 1, a: [version] }, at: OPEN }],
        })
    }, 60_000)
    afterAll(async () => {
      for (const database of databases) await database.close()
      for (const place of places) await place.remove()
    })
    const check = test.skipIf(kind.skipped)
    const copy = (isStopped = () => false, onProgress: (progress: CopyProgress) => void = () => undefined) =>
      copyDatabase({ from, to, calendar: nyse, onProgress, isStopped })

    check(
      'a copy that is stopped keeps what it has, and repeated it is complete',
      async () => {
        const reported: CopyProgress[] = []
        expect(
          await copy(
            () => reported.length === 1,
            (progress) => reported.push(progress),
          ),
        ).toMatchObject({ complete: false })
        expect(reported).toMatchObject([{ totalBars: 4_030, events: 0 }])
        expect(await copy(undefined, (progress) => reported.push(progress))).toEqual({
          bars: 4_030,
          events: 'copied',
          complete: true,
        })
        expect(reported.at(-1)).toEqual({ bars: 4_030, totalBars: 4_030, events: 3 })
        for (const symbol of ['AAPL', 'TSLA']) {
          const range = { symbol, from: 0, until: Date.parse('2025-01-01') }
          expect(await readBatches(to, range)).toEqual(await readBatches(from, range))
          const days = { symbol, from: '2024-01-01', until: '2025-01-01' }
          expect(await readDays(to, days)).toEqual(await readDays(from, days))
        }
        expect(await readCovered(to, 'AAPL', 'sip')).toEqual([{ from: OPEN, until: OPEN + 86_400_000 }])
        expect(await readEvents(to, { limit: 10 })).toEqual(await readEvents(from, { limit: 10 }))
        expect(await verifyEvents(to)).toEqual(await verifyEvents(from))
      },
      60_000,
    )

    check(
      'what is loaded during a copy is not marked as loaded there, so that it can still be loaded',
      async () => {
        const load = async (symbol: string) =>
          transact(from, async (trx) => {
            await writeBars(trx, { symbol, feed: 'sip', bars: bars(0, 10) }, nyse)
            await addCovered(trx, symbol, 'sip', { from: OPEN, until: OPEN + 600_000 })
          })
        await load('BEFORE')
        let loading: Promise<void> | undefined
        await copy(undefined, () => void (loading ??= load('DURING')))
        await loading
        expect(await readCovered(from, 'DURING', 'sip')).toHaveLength(1)
        expect(await readCovered(to, 'DURING', 'sip')).toEqual([])
        expect(await readCovered(to, 'BEFORE', 'sip')).toHaveLength(1)
      },
      60_000,
    )

    check(
      'a log that has diverged is left as it is',
      async () => {
        await appendEvents(to, {
          stream: 'orders',
          expectedVersion: 3,
          events: [{ type: 'Elsewhere', payload: {}, at: OPEN }],
        })
        await appendEvents(from, {
          stream: 'orders',
          expectedVersion: 3,
          events: [{ type: 'Here', payload: {}, at: OPEN }],
        })
        expect(await copy()).toMatchObject({ events: 'kept-apart', complete: true })
        expect(await verifyEvents(to)).toMatchObject({ kind: 'intact', events: 4 })
        expect((await readEvents(to, { limit: 10 })).at(-1)?.type).toBe('Elsewhere')
      },
      60_000,
    )
  },
)
