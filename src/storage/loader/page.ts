import type { BarFeed } from '#shared/history'
import type { Bar } from '#shared/market'
import { readBar, toBar, type BarRefusal, type StoredBar } from '../bars/index.ts'
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
  return isInOrder(bars) ? { bars, refused } : withoutRepeated(bars, refused, symbol)
}

const isInOrder = (bars: readonly StoredBar[]): boolean =>
  bars.every(({ at }, nth) => at > (bars[nth - 1]?.at ?? Number.NEGATIVE_INFINITY))

/** Of several bars of one minute the last stays. */
function withoutRepeated(
  bars: readonly StoredBar[],
  refused: readonly Refused[],
  symbol: string,
): SortedPage {
  const last = new Map(bars.map((bar) => [bar.at, bar]))
  const repeated = bars.filter((bar) => last.get(bar.at) !== bar)
  return {
    bars: bars.filter((bar) => last.get(bar.at) === bar),
    refused: [
      ...refused,
      ...repeated.map((bar) => ({
        reason: 'the same minute twice' as const,
        example: describe(symbol, toBar(bar)),
      })),
    ],
  }
}

type BarAsSent = NonNullable<ReturnType<BarsPage['bars']['get']>>[number]

const inRange = (bar: BarAsSent, { from, until }: TimeRange): StoredBar | BarRefusal =>
  bar.at >= from && bar.at < until ? readBar(bar) : 'outside of the asked range'

const describe = (symbol: string, { at, open, high, low, close, volume, vwap }: BarAsSent | Bar) =>
  `${symbol} ${new Date(at).toISOString()}: open ${open}, high ${high}, low ${low}, close ${close}, volume ${volume}, ` +
  `vwap ${vwap ?? 'none'}`

/** The feed to request: the demo market has the full tape, and a foreign host is asked for it. */
export const requestedFeed = (feed: BarFeed): 'iex' | 'sip' => (feed === 'iex' ? 'iex' : 'sip')
