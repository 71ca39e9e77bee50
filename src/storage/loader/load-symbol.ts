import { backoffMs, type Pace } from '#shared/backoff'
import type { LoadRequest } from '#shared/history'
import { MINUTE_MS, SECOND_MS } from '#shared/time'
import { pause } from '#process/clock'
import { loadableUntil, openDays, rangesToLoad, type TimeRange } from '../coverage/index.ts'
import { AlpacaError } from '#alpaca'
import { hasBars } from '../bars/index.ts'
import { reading } from '../database/index.ts'
import { expectDays } from './expect-days.ts'
import { loadRange, type LoadDeps, type SymbolTask } from './load-range.ts'
import type { SortedPage } from './page.ts'
import { loadProblemOf, type LoadProblem } from './problem.ts'

/** The outcome of a symbol. */
export type SymbolOutcome =
  { readonly kind: 'done' | 'stopped' } | { readonly kind: 'failed'; readonly problem: LoadProblem }

/** What happens during a symbol's load. */
export interface SymbolEvents {
  /** Before anything is requested: the number of missing trading days. */
  readonly onPlan: (days: number) => void
  /** A page was stored; that many of the missing days are done. */
  readonly onPage: (page: SortedPage, daysDone: number) => void
  /** A temporary problem; it is retried. */
  readonly onProblem: (problem: LoadProblem) => void
}

/** Pauses between tries without any progress: about five minutes in total, then the symbol is given up. */
const PACE: Pace = { firstMs: SECOND_MS, longestMs: MINUTE_MS }
const MOST_TRIES = 10

/**
 * Loads what is missing of one symbol. Waits out temporary problems; what was stored is never requested
 * again.
 */
export async function loadSymbol(
  deps: LoadDeps,
  task: SymbolTask,
  request: LoadRequest,
  signal: AbortSignal,
  events: SymbolEvents,
): Promise<SymbolOutcome> {
  for (let tries = 0; ;) {
    try {
      await loadMissing(deps, task, request, signal, {
        ...events,
        onPage(page, daysDone) {
          tries = 0
          events.onPage(page, daysDone)
        },
      })
      if (signal.aborted) return { kind: 'stopped' }
      await expectDays(deps, task, signal)
      return (await isUnknown(deps, task.symbol)) ? { kind: 'failed', problem: UNKNOWN } : { kind: 'done' }
    } catch (cause) {
      if (signal.aborted) return { kind: 'stopped' }
      const problem = loadProblemOf(cause)
      if (problem.scope !== 'passing' || tries >= MOST_TRIES) return { kind: 'failed', problem }
      events.onProblem(problem)
      await pause(deps.clock, backoffMs(PACE, tries++), signal)
    }
  }
}

const UNKNOWN: LoadProblem = {
  scope: 'symbol',
  message: 'Unknown symbol. Check its spelling.',
}

/** Whether Alpaca does not know the symbol; false without asking if any of its bars is stored. */
async function isUnknown({ database, source }: LoadDeps, symbol: string): Promise<boolean> {
  if (await reading(database, (reader) => hasBars(reader, symbol))) return false
  try {
    await source.getAsset(symbol)
    return false
  } catch (cause) {
    if (cause instanceof AlpacaError) return cause.kind === 'not_found'
    throw cause
  }
}

async function loadMissing(
  deps: LoadDeps,
  task: SymbolTask,
  request: LoadRequest,
  signal: AbortSignal,
  events: SymbolEvents,
): Promise<void> {
  const ranges = await plan(deps, task, request)
  const days = ranges.map((range) => openDays(range, deps.calendar))
  events.onPlan(days.reduce((total, count) => total + count, 0))
  let daysBefore = 0
  for (const [index, range] of ranges.entries()) {
    await loadRange(deps, task, range, signal, (page, reached) => {
      events.onPage(page, daysBefore + openDays({ from: range.from, until: reached }, deps.calendar))
    })
    if (signal.aborted) return
    daysBefore += days[index] ?? 0
  }
}

function plan(
  { database, calendar, clock }: LoadDeps,
  { symbol, feed }: SymbolTask,
  request: LoadRequest,
): Promise<readonly TimeRange[]> {
  const { startDate, endDate } = request
  return reading(database, (reader) =>
    rangesToLoad(reader, { symbol, feed, startDate, endDate }, loadableUntil(clock.now(), feed), calendar),
  )
}
