import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { BarFeed } from '#shared/history'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { AlpacaClient } from '#alpaca'
import type { Clock } from '#process/clock'
import { writeBars, type StoredBar } from '../bars/index.ts'
import { addCovered, removeCovered, type TimeRange } from '../coverage/index.ts'
import { transact, type Database } from '../database/index.ts'
import { requestedFeed, sortPage, type SortedPage } from './page.ts'
import { countPage } from './record.ts'
import { countRefused } from './refused-bars.ts'

/** What a load works with. */
export interface LoadDeps {
  readonly database: Database
  /** Alpaca, or a test double. It enforces the account's rate limit and retries what may be retried. */
  readonly source: Pick<AlpacaClient, 'bars' | 'getAsset' | 'getCorporateActions'>
  readonly calendar: ExchangeCalendar
  readonly clock: Clock
}

/** One symbol of one load. */
export interface SymbolTask {
  readonly loadId: string
  readonly symbol: string
  readonly feed: BarFeed
}

/** Called after each stored page. */
export type OnPage = (page: SortedPage, reached: EpochMs) => void

/**
 * Downloads a range page by page. Each page is stored together with the record of how far it reaches, in one
 * transaction: whatever ends the process, the next start continues after the last stored page.
 */
export async function loadRange(
  deps: LoadDeps,
  task: SymbolTask,
  range: TimeRange,
  signal: AbortSignal,
  onPage: OnPage,
): Promise<void> {
  const { symbol, feed } = task
  // Alpaca's end is inclusive.
  const request = {
    symbols: [symbol],
    start: range.from,
    end: range.until - MINUTE_MS,
    feed: requestedFeed(feed),
  }
  let progress: RangeProgress = { reached: range.from, inOrder: true }
  for await (const page of deps.source.bars(request, { signal })) {
    const sorted = sortPage(page, symbol, range)
    const isLast = page.nextPageToken === undefined
    progress = isLast ? { reached: range.until, inOrder: true } : nextProgress(progress, sorted.bars)
    await storePage(deps, task, range, sorted, progress)
    onPage(sorted, progress.reached)
    if (signal.aborted) return
  }
}

/**
 * How far a range has progressed. While pages come in order, everything before `reached` has been received.
 */
interface RangeProgress {
  readonly reached: EpochMs
  /** False once a page went back in time: then nothing is known to be complete before the last page. */
  readonly inOrder: boolean
}

function nextProgress({ reached, inOrder }: RangeProgress, bars: readonly StoredBar[]): RangeProgress {
  let [first, last] = [Infinity, -Infinity]
  for (const { at } of bars) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  return { reached: Math.max(reached, last + MINUTE_MS), inOrder: inOrder && first >= reached }
}

async function storePage(
  { database, calendar, clock }: LoadDeps,
  { loadId, symbol, feed }: SymbolTask,
  range: TimeRange,
  { bars, refused }: SortedPage,
  { reached, inOrder }: RangeProgress,
): Promise<void> {
  await transact(database, async (trx) => {
    await writeBars(trx, { symbol, feed, bars }, calendar)
    await countRefused(trx, symbol, refused, clock.now())
    if (inOrder) await addCovered(trx, symbol, feed, { from: range.from, until: reached })
    else await removeCovered(trx, symbol, feed, range)
    await countPage(trx, { id: loadId, symbol, bars: bars.length, rejected: refused.length, until: reached })
  })
}
