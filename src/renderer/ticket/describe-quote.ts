import type { MarketRow } from '#shared/market'
import { claimedFeedOf, hostOf, isForeign, type ForeignSource, type Source } from '#shared/provenance'
import type { EpochMs } from '#shared/units'
import { briefDuration } from '../ui/times.ts'

const SOURCES: Readonly<Record<Exclude<Source, ForeignSource>, string>> = {
  sip: 'SIP',
  delayed_sip: 'SIP, 15 min late',
  boats: 'Blue Ocean ATS',
  overnight: 'overnight feed',
  iex: 'IEX',
  test: 'test stream',
  demo: 'demo market',
  rest: 'REST',
}

/** Age of a quote, in whole seconds at least, so that it does not flicker. */
export const quoteAge = (at: EpochMs, now: EpochMs): string =>
  now - at < 1_000 ? 'under 1 s' : briefDuration(now - at)

/** Age and source of the quote, and whether that is a reason to wait. */
export function describeQuote(
  { origin, freshness }: Pick<MarketRow, 'origin' | 'freshness'>,
  now: EpochMs,
): { readonly text: string; readonly isDoubtful: boolean } {
  if (!origin) return { text: 'No quote yet', isDoubtful: true }
  const old = `${quoteAge(origin.at, now)} old`
  const source = isForeign(origin.source)
    ? `${SOURCES[claimedFeedOf(origin.source)]} of ${hostOf(origin.source)}`
    : SOURCES[origin.source]
  switch (freshness) {
    case 'stale':
      return { text: `Stale: ${old}, ${source}`, isDoubtful: true }
    case 'disconnected':
      return { text: `No feed: ${old}, ${source}`, isDoubtful: true }
    case 'closed':
      return { text: `At the close, ${source}`, isDoubtful: false }
    case 'waiting':
      return { text: 'No quote yet', isDoubtful: true }
    case 'live':
    case 'ageing':
    case 'quiet':
      return { text: `${old}, ${source}`, isDoubtful: freshness === 'ageing' }
  }
}
