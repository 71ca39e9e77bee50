import type { LoadProgress } from '#shared/history'
import type { Log } from '#process/log'
import type { LoadDeps } from './load-range.ts'
import { loadSymbol, type SymbolOutcome } from './load-symbol.ts'
import { ProgressMeter } from './progress.ts'
import { setSymbolState, type LoadRecord } from './record.ts'
import { byReason } from './refused-bars.ts'
import type { Turns } from './turns.ts'

/** What the loads of one process share. */
export interface SharedDeps extends LoadDeps {
  readonly log: Log
  /** Five symbols at a time, across all loads. */
  readonly downloads: Turns
  /** One load at a time per symbol: the second finds nothing missing once the first is done. */
  readonly turnsOf: (symbol: string) => Turns
}

/** Loads every symbol that is not done yet; returns when all are done, or when the signal has stopped it. */
export async function runLoad(
  deps: SharedDeps,
  record: LoadRecord,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
): Promise<LoadProgress> {
  const meter = new ProgressMeter(record, deps.clock)
  const stop = new AbortController()
  const stopped = () => stop.abort()
  signal.addEventListener('abort', stopped)
  if (signal.aborted) stopped()
  const tell = () => onProgress(meter.progress)
  const results = await Promise.allSettled(
    record.symbols
      .filter(({ state }) => state !== 'done')
      .map(({ symbol }) =>
        deps.turnsOf(symbol).run(() =>
          deps.downloads.run(async () => {
            const outcome = await loadOne(deps, record, symbol, stop.signal, meter, tell)
            if (outcome.kind === 'failed' && outcome.problem.scope === 'all') stop.abort()
          }),
        ),
      ),
  )
  signal.removeEventListener('abort', stopped)
  const bug = results.find((result) => result.status === 'rejected')
  if (bug !== undefined) throw bug.reason
  meter.state = endState(meter.progress, signal.aborted)
  return meter.progress
}

function endState({ symbols }: LoadProgress, isStopped: boolean): LoadProgress['state'] {
  if (isStopped) return 'paused'
  return symbols.every(({ state }) => state === 'done') ? 'done' : 'failed'
}

async function loadOne(
  deps: SharedDeps,
  { id, request }: LoadRecord,
  symbol: string,
  signal: AbortSignal,
  meter: ProgressMeter,
  tell: () => void,
): Promise<SymbolOutcome> {
  if (signal.aborted) return { kind: 'stopped' }
  const { log } = deps
  meter.update(symbol, { state: 'loading', problem: undefined })
  tell()
  const outcome = await loadSymbol(deps, { loadId: id, symbol, feed: request.feed }, request, signal, {
    onPlan: (days) => meter.update(symbol, { days, daysDone: 0 }),
    onPage({ bars, refused }, daysDone) {
      meter.page(symbol, bars.length, refused.length, daysDone)
      for (const { reason, count, example } of byReason(refused))
        log.warn({ symbol, count, example }, `Bars refused: ${reason}`)
      tell()
    },
    onProblem({ message }) {
      log.warn({ symbol }, message)
      meter.update(symbol, { problem: message })
      tell()
    },
  })
  await settle(deps, id, symbol, outcome, meter)
  tell()
  return outcome
}

async function settle(
  { database, log }: SharedDeps,
  id: string,
  symbol: string,
  outcome: SymbolOutcome,
  meter: ProgressMeter,
): Promise<void> {
  const state = outcome.kind === 'stopped' ? 'waiting' : outcome.kind
  const problem = outcome.kind === 'failed' ? outcome.problem.message : undefined
  meter.update(symbol, { state, problem })
  // A database that has failed cannot record that it has.
  await setSymbolState(database, id, symbol, state, problem).catch((err: unknown) => {
    if (outcome.kind !== 'failed') throw err
    log.error({ err, symbol }, 'The end of a load could not be recorded')
  })
}
