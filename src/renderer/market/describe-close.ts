import type { CloseSource } from '#shared/market'
import { hostOf, isForeign, type ForeignSource, type Source } from '#shared/provenance'

/** What the close of a day is, by whose trades it is made of. */
const CLOSES: Readonly<Record<Exclude<Source, ForeignSource>, string>> = {
  sip: 'official close',
  delayed_sip: 'official close',
  boats: 'last trade at Blue Ocean ATS',
  overnight: 'last overnight trade',
  iex: 'last IEX trade',
  test: 'last test-stream trade',
  demo: 'demo market close',
  rest: 'last snapshot price',
}

/** What a change is measured from, such as "official close of 2026-11-23, adjusted for 4-for-1 split". */
export const describeClose = ({ feed, day, split }: CloseSource): string =>
  `${isForeign(feed) ? `close by ${hostOf(feed)}` : CLOSES[feed]} of ${day}${split === undefined ? '' : `, adjusted for ${split} split`}`
