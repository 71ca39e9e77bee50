import type { EpochMs } from '#shared/units'
import { systemClock } from '#process/clock'
import { fetchLatestQuotes, type ProbeDeps } from './probe.ts'

const PERIOD_MS = 5_000
/** A symbol is not asked about again sooner. */
const PAUSE_MS = 15_000
/** While the stream says nothing of any symbol, it is the mute watchdog that asks. */
const SILENT_MS = 5_000

export interface ConfirmStaleDeps extends ProbeDeps {
  readonly isStale: (symbol: string, now: EpochMs) => boolean
  /** When the stream last spoke of any symbol. */
  readonly lastHeardAt: () => EpochMs | undefined
}

/**
 * Asks REST about single symbols whose price is held to be stale while others tick. An answer that shows nothing newer
 * makes the price quiet, and rightly so; a newer one goes on the screen, and shows that the stream keeps the symbol's
 * quotes back. Returns the stop.
 */
export function confirmStale(deps: ConfirmStaleDeps): () => void {
  const { cache, isStale, lastHeardAt, clock = systemClock } = deps
  let askedAt = new Map<string, EpochMs>()
  let isAsking = false

  async function ask(symbols: readonly string[]): Promise<void> {
    isAsking = true
    await fetchLatestQuotes(deps, symbols)
    isAsking = false
  }

  return clock.every(PERIOD_MS, () => {
    const now = clock.now()
    const heardAt = lastHeardAt()
    if (isAsking || heardAt === undefined || now - heardAt > SILENT_MS) return
    askedAt = new Map([...askedAt].filter(([, at]) => now - at < PAUSE_MS))
    const symbols = cache.allSymbols().filter((symbol) => !askedAt.has(symbol) && isStale(symbol, now))
    if (symbols.length === 0) return
    for (const symbol of symbols) askedAt.set(symbol, now)
    void ask(symbols)
  })
}
