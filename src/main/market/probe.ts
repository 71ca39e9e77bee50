import type { EpochMs } from '#shared/units'
import type { AlpacaClient } from '../alpaca/index.ts'
import { systemClock, type Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'

/** An answer that takes longer is none: the verdict is due within seconds. */
const TIMEOUT_MS = 4_000

export interface ProbeParts {
  readonly client: Pick<AlpacaClient, 'getLatestQuotes'>
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly log: Log
  readonly clock?: Clock
}

/**
 * Asks REST for the latest quotes of the symbols that trade, and whether any was stamped after the newest message that
 * is known of the whole list. Only the exchange's stamps are compared, so this machine's clock does not matter.
 * What it learns goes into the cache: the screen is right even while the stream is not.
 */
export async function probeLatest(parts: ProbeParts): Promise<'newer' | 'nothing-newer' | 'failed'> {
  const { client, cache, bus, log, clock = systemClock } = parts
  const symbols = cache.allSymbols().filter((symbol) => cache.get(symbol)?.halt === undefined)
  const abort = new AbortController()
  const cancelTimeout = clock.after(TIMEOUT_MS, () => abort.abort())
  try {
    const quotes = await client.getLatestQuotes(symbols, { signal: abort.signal })
    const known = newestKnown(cache, symbols)
    const receivedAt = clock.now()
    for (const message of quotes.values()) cache.updateQuote({ message, source: 'rest', receivedAt })
    bus.publish('filled', { symbols })
    return [...quotes.values()].some(({ at }) => at > known) ? 'newer' : 'nothing-newer'
  } catch (cause) {
    log.warn({ err: cause }, 'Could not ask for the latest prices')
    return 'failed'
  } finally {
    cancelTimeout()
  }
}

/** The newest stamp that any of the symbols is known by, streamed or fetched. */
function newestKnown(cache: BarCache, symbols: readonly string[]): EpochMs {
  let newest = Number.NEGATIVE_INFINITY
  for (const symbol of symbols) {
    const view = cache.get(symbol)
    newest = Math.max(
      newest,
      view?.heardStamp ?? 0,
      view?.quote?.message.at ?? 0,
      view?.trade?.message.at ?? 0,
    )
  }
  return newest
}
