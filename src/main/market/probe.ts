import type { EpochMs } from '#shared/units'
import type { AlpacaClient } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'

/** A slower answer counts as failed: the verdict is needed within seconds. */
const TIMEOUT_MS = 4_000

export interface ProbeDeps {
  readonly client: Pick<AlpacaClient, 'getLatestQuotes'>
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly log: Log
  readonly clock: Clock
}

/**
 * Fetches the latest quotes of all symbols that are not halted, and tells whether any was timestamped after
 * the newest message known for the whole list. Only exchange timestamps are compared, so this machine's clock
 * does not matter. The quotes go into the cache: the screen is right even while the stream is not.
 */
export async function probeLatest(deps: ProbeDeps): Promise<'newer' | 'nothing-newer' | 'failed'> {
  const { cache } = deps
  const symbols = cache.allSymbols().filter((symbol) => cache.get(symbol)?.halt === undefined)
  const known = newestKnown(cache, symbols)
  const newest = await fetchLatestQuotes(deps, symbols)
  if (newest === 'failed') return 'failed'
  // What the stream delivered meanwhile is not newer either.
  return newest > Math.max(known, newestHeard(cache, symbols)) ? 'newer' : 'nothing-newer'
}

/** Puts the latest quotes of these symbols into the cache; returns the newest timestamp among them. */
export async function fetchLatestQuotes(
  { client, cache, bus, log, clock }: ProbeDeps,
  symbols: readonly string[],
): Promise<EpochMs | 'failed'> {
  const abort = new AbortController()
  const cancelTimeout = clock.after(TIMEOUT_MS, () => abort.abort())
  try {
    const quotes = await client.getLatestQuotes(symbols, { signal: abort.signal })
    const receivedAt = clock.now()
    for (const message of quotes.values()) cache.updateQuote({ message, source: 'rest', receivedAt })
    bus.publish('filled', { symbols })
    return Math.max(Number.NEGATIVE_INFINITY, ...[...quotes.values()].map(({ at }) => at))
  } catch (cause) {
    log.warn({ err: cause }, 'Could not ask for the latest quotes')
    return 'failed'
  } finally {
    cancelTimeout()
  }
}

/** The newest timestamp that the stream gave for any of the symbols. */
const newestHeard = (cache: BarCache, symbols: readonly string[]): EpochMs =>
  Math.max(...symbols.map((symbol) => cache.get(symbol)?.heardStamp ?? Number.NEGATIVE_INFINITY))

/** The newest timestamp known for any of the symbols, streamed or fetched. */
function newestKnown(cache: BarCache, symbols: readonly string[]): EpochMs {
  const stamps = symbols.flatMap((symbol) => {
    const { quote, trade } = cache.get(symbol) ?? {}
    return [quote?.message.at ?? 0, trade?.message.at ?? 0]
  })
  return Math.max(newestHeard(cache, symbols), ...stamps)
}
