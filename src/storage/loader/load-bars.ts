import { err, ok, type Result } from '#shared/result'
import type { LoadProgress, LoadRequest } from '#shared/history'
import type { Log } from '#process/log'
import type { LoadDeps } from './load-range.ts'
import { HistoricalLoader } from './loader.ts'

/** A load that could not be finished; everything stored until then stays. */
export interface LoadFailure {
  readonly progress: LoadProgress
  /** Messages by symbol. */
  readonly problems: Readonly<Record<string, string>>
}

/** The plan's load_bars: loads what is missing and returns the number of bars stored per symbol. */
export async function loadBars(
  deps: LoadDeps & { readonly log: Log },
  request: LoadRequest,
): Promise<Result<Readonly<Record<string, number>>, LoadFailure>> {
  const loader = new HistoricalLoader(deps, () => undefined)
  const progress = await loader.ended(await loader.startAttended(request))
  const counts = Object.fromEntries(progress.symbols.map(({ symbol, barsLoaded }) => [symbol, barsLoaded]))
  return progress.state === 'done' ? ok(counts) : err({ progress, problems: problemsOf(progress) })
}

/** The plan's load_all: like {@link loadBars}, but returns the total over all symbols. */
export async function loadAll(
  deps: LoadDeps & { readonly log: Log },
  request: LoadRequest,
): Promise<Result<number, LoadFailure>> {
  const result = await loadBars(deps, request)
  return result.ok ? ok(Object.values(result.value).reduce((sum, count) => sum + count, 0)) : result
}

const problemsOf = ({ symbols }: LoadProgress) =>
  Object.fromEntries(
    symbols.flatMap(({ symbol, problem }) => (problem === undefined ? [] : [[symbol, problem]])),
  )
