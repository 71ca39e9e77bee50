import type { EpochMs } from '#shared/units'
import { fetchLatestQuotes, type ProbeDeps } from './probe.ts'

const PERIOD_MS = 5_000
/** Minimum time between two requests for the same symbol. */
const PAUSE_MS = 15_000
/** When the whole stream has been silent this long, requests are left to the mute watchdog. */
const SILENT_MS = 5_000

export interface ConfirmStaleDeps extends ProbeDeps {
  readonly isStale: (symbol: string, now: EpochMs) => boolean
  /** When the stream last sent anything for any symbol. */
  readonly lastHeardAt: () => EpochMs | undefined
}

/**
 * Fetches quotes from REST for symbols whose price looks stale while others tick. An answer with nothing
 * newer makes the price quiet instead; a newer quote is shown, and proves that the stream is
 * withholding the symbol's quotes. Returns a function that stops it.
 */
export function confirmStale(deps: ConfirmStaleDeps): () => void {
  const { cache, isStale, lastHeardAt, clock } = deps
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
