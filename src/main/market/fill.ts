import type { Source } from '#shared/provenance'
import type { EpochMs } from '#shared/units'
import type { HistoricalBar, BarMessage, Snapshot } from '#alpaca'
import type { BarCache } from './cache.ts'

/** Puts a symbol's snapshot of that feed into the cache; newer streamed data stays. */
export function fillSnapshot(cache: BarCache, snapshot: Snapshot, feed: Source, receivedAt: EpochMs): void {
  const { latestQuote, latestTrade, minuteBar, dailyBar, previousDailyBar } = snapshot
  const rest = <M>(message: M) => ({ message, source: 'rest' as const, receivedAt })
  if (latestQuote !== undefined) cache.updateQuote(rest(latestQuote))
  if (latestTrade !== undefined) cache.updateTrade(rest(latestTrade))
  if (minuteBar !== undefined) cache.updateBar(rest(minuteBar))
  if (dailyBar !== undefined) cache.updateDailyBar(rest(dailyBar), feed)
  if (previousDailyBar !== undefined) cache.updateDailyBar(rest(previousDailyBar), feed)
}

/** Puts fetched minute bars, oldest first, into the cache. */
export function fillBars(
  cache: BarCache,
  symbol: string,
  bars: readonly HistoricalBar[],
  receivedAt: EpochMs,
): void {
  for (const bar of bars.slice(-CACHED_BARS))
    cache.updateBar({ message: toMessage(symbol, bar), source: 'rest', receivedAt })
}

/** Puts the newest of fetched daily bars of the consolidated tape, oldest first, into the cache. */
export function fillOfficialClose(
  cache: BarCache,
  symbol: string,
  bars: readonly HistoricalBar[],
  feed: Source,
  receivedAt: EpochMs,
): void {
  const bar = bars.at(-1)
  if (bar !== undefined)
    cache.setOfficialDailyBar({ message: toMessage(symbol, bar), source: 'rest', receivedAt }, feed)
}

const CACHED_BARS = 90

function toMessage(symbol: string, { at, vwap, tradeCount, ...bar }: HistoricalBar): BarMessage {
  return {
    type: 'bar',
    symbol,
    time: new Date(at).toISOString(),
    at,
    ...bar,
    ...(vwap !== undefined && { vwap }),
    ...(tradeCount !== undefined && { tradeCount }),
  }
}
