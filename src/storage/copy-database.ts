import { addDays } from '#shared/calendar/new-york'
import type { CopyProgress, CopyResult } from '#shared/database'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { midnight, readBatches, writeBars } from './bars/index.ts'
import { addCovered } from './coverage/index.ts'
import { reading, transact, type Database } from './database/index.ts'
import { insertCopiedEvents, readEvents } from './events/index.ts'

interface Databases {
  readonly from: Database
  readonly to: Database
}

interface CopyDeps extends Databases {
  readonly calendar: ExchangeCalendar
  readonly onProgress: (progress: CopyProgress) => void
  readonly isStopped: () => boolean
}

const EVENTS_AT_ONCE = 500

/**
 * Copies bars, coverage and the event log to another database; everything else there is recalculated or
 * requested again (docs/decisions/copying.md). Bars that already exist stay unless a better feed replaces
 * them, so an interrupted copy can simply be repeated.
 */
export async function copyDatabase(deps: CopyDeps): Promise<CopyResult> {
  const { from, onProgress, isStopped } = deps
  // Read before the bars: bars loaded meanwhile may be missing there, and must not be recorded as loaded.
  const covered = await readCoverage(from)
  const months = await storedMonths(from)
  const totalBars = months.reduce((sum, month) => sum + month.bars, 0)
  let bars = 0
  for (const month of months) {
    if (isStopped()) return { bars, events: 'kept-apart', complete: false }
    await copyMonth(deps, month)
    bars += month.bars
    onProgress({ bars, totalBars, events: 0 })
  }
  await writeCoverage(deps, covered)
  const events = await copyEvents(deps, (count) => onProgress({ bars, totalBars, events: count }))
  return { bars, events, complete: true }
}

interface StoredMonth {
  readonly symbol: string
  /** YYYY-MM. */
  readonly month: string
  readonly bars: number
}

async function storedMonths(from: Database): Promise<readonly StoredMonth[]> {
  const days = await reading(from, ({ query }) =>
    query.selectFrom('bar_days').select(['symbol', 'day', 'bars']).orderBy('symbol').orderBy('day').execute(),
  )
  const months = new Map<string, StoredMonth>()
  for (const { symbol, day, bars } of days) {
    const month = day.slice(0, 7)
    const key = `${symbol} ${month}`
    months.set(key, { symbol, month, bars: bars + (months.get(key)?.bars ?? 0) })
  }
  return [...months.values()]
}

async function copyMonth({ from, to, calendar }: CopyDeps, { symbol, month }: StoredMonth): Promise<void> {
  const nextMonth = `${addDays(`${month}-28`, 4).slice(0, 7)}-01`
  const range = { symbol, from: midnight(`${month}-01`), until: midnight(nextMonth) }
  const batches = await reading(from, (reader) => readBatches(reader, range))
  await transact(to, async (trx) => {
    for (const batch of batches) await writeBars(trx, batch, calendar)
  })
}

type Covered = Awaited<ReturnType<typeof readCoverage>>

const readCoverage = (from: Database) =>
  reading(from, ({ query }) => query.selectFrom('coverage').selectAll().execute())

async function writeCoverage({ to }: CopyDeps, covered: Covered): Promise<void> {
  await transact(to, async (trx) => {
    for (const { symbol, feed, from_time, until_time } of covered)
      await addCovered(trx, symbol, feed, { from: from_time, until: until_time })
  })
}

/** Copies the events that the other log does not have yet. */
export async function copyEvents(
  { from, to }: Databases,
  onCopied: (events: number) => void = () => undefined,
): Promise<CopyResult['events']> {
  const head = await reading(to, ({ query }) =>
    query.selectFrom('event_head').selectAll().executeTakeFirstOrThrow(),
  )
  if (head.last_id > 0) {
    const [same] = await reading(from, (reader) =>
      readEvents(reader, { afterId: head.last_id - 1, limit: 1 }),
    )
    if (same?.hash !== head.hash) return 'kept-apart'
  }
  for (let afterId = head.last_id; ;) {
    const events = await reading(from, (reader) => readEvents(reader, { afterId, limit: EVENTS_AT_ONCE }))
    const last = events.at(-1)
    if (last === undefined) return 'copied'
    await transact(to, (trx) => insertCopiedEvents(trx, events))
    afterId = last.id
    onCopied(afterId)
  }
}
