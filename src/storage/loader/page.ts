import type { BarFeed } from '#shared/history'
import { readBar, type BarRefusal, type StoredBar } from '../bars/index.ts'
import type { TimeRange } from '../coverage/index.ts'
import type { BarsPage } from '#alpaca'

/** A bar that was not stored, with an example of why. */
export interface Refused {
  readonly reason: BarRefusal
  readonly example: string
}

/** The contents of a page. */
export interface SortedPage {
  readonly bars: readonly StoredBar[]
  readonly refused: readonly Refused[]
}

/** The page's bars of that symbol in that range; anything else on it is rejected. */
export function sortPage(page: BarsPage, symbol: string, range: TimeRange): SortedPage {
  const bars: StoredBar[] = []
  const refused: Refused[] = page.rejected.map(({ symbol: of, reason }) => ({
    reason: 'unreadable',
    example: `${of}: ${reason}`,
  }))
  for (const [of, sent] of page.bars) {
    for (const bar of sent) {
      const read = of === symbol ? inRange(bar, range) : 'another symbol'
      if (typeof read === 'string') refused.push({ reason: read, example: describe(of, bar) })
      else bars.push(read)
    }
  }
  return { bars, refused }
}

type BarAsSent = NonNullable<ReturnType<BarsPage['bars']['get']>>[number]

const inRange = (bar: BarAsSent, { from, until }: TimeRange): StoredBar | BarRefusal =>
  bar.at >= from && bar.at < until ? readBar(bar) : 'outside of the asked range'

const describe = (symbol: string, { at, open, high, low, close, volume, vwap }: BarAsSent) =>
  `${symbol} ${new Date(at).toISOString()}: open ${open}, high ${high}, low ${low}, close ${close}, volume ${volume}, ` +
  `vwap ${vwap ?? 'none'}`

/** The feed to request: the demo market has the full tape, and a foreign host is asked for it. */
export const requestedFeed = (feed: BarFeed): 'iex' | 'sip' => (feed === 'iex' ? 'iex' : 'sip')
