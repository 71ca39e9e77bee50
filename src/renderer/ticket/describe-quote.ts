import type { MarketRow } from '#shared/market'
import { claimedFeedOf, hostOf, isForeign, type ForeignSource, type Source } from '#shared/provenance'
import type { EpochMs } from '#shared/units'
import { briefDuration } from '../ui/times.ts'

const SOURCES: Readonly<Record<Exclude<Source, ForeignSource>, string>> = {
  sip: 'SIP',
  delayed_sip: 'SIP 15-min delayed',
  boats: 'Blue Ocean ATS',
  overnight: 'overnight',
  iex: 'IEX',
  test: 'test stream',
  demo: 'demo',
  rest: 'REST',
}

/** Age of a quote, in whole seconds, so that it does not flicker; undefined below one. */
const quoteAge = (at: EpochMs, now: EpochMs): string | undefined =>
  now - at < 1_000 ? undefined : briefDuration(now - at)

/** Age and source of the quote, such as `8 s · IEX`, and whether that is a reason to wait. */
export function describeQuote(
  { origin, freshness }: Pick<MarketRow, 'origin' | 'freshness'>,
  now: EpochMs,
): { readonly text: string; readonly isDoubtful: boolean } {
  if (!origin || freshness === 'waiting') return { text: 'no quote', isDoubtful: true }
  const age = quoteAge(origin.at, now)
  const source = isForeign(origin.source)
    ? `${SOURCES[claimedFeedOf(origin.source)]} of ${hostOf(origin.source)}`
    : SOURCES[origin.source]
  const described = (...words: readonly (string | undefined)[]) =>
    `${words.filter(Boolean).join(' ')} · ${source}`
  switch (freshness) {
    case 'stale':
      return { text: described('stale', age), isDoubtful: true }
    case 'disconnected':
      return { text: described('no feed', age), isDoubtful: true }
    case 'closed':
      return { text: described('closed'), isDoubtful: false }
    case 'live':
    case 'ageing':
    case 'quiet':
      return { text: described(age ?? 'live'), isDoubtful: freshness === 'ageing' }
  }
}
