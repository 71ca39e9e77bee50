import type { EpochMs } from '#shared/units'
import { Refusal, type Reply } from '../server/index.ts'
import { PageWriter } from './page-writer.ts'
import { readToken, toToken, type PageFaults, type Place } from './pages.ts'

/** Timestamped items of several symbols, and how they are written. */
export interface History<Item extends { readonly at: EpochMs }> {
  /** The name of the list in the answer. */
  readonly name: 'bars' | 'trades' | 'quotes'
  /** In the answer's order. */
  readonly symbols: readonly string[]
  readonly from: EpochMs
  readonly to: EpochMs
  readonly sort: 'asc' | 'desc'
  readonly limit: number
  readonly token: string | null
  /** Hands over one symbol's items in order, some at a time, until `take` returns false. */
  readonly each: (
    symbol: string,
    range: { readonly from: EpochMs; readonly to: EpochMs },
    take: (items: readonly Item[]) => boolean,
  ) => void
  /** Writes the item's JSON. */
  readonly spell: (page: PageWriter, item: Item, symbol: string) => void
}

/** How a page arranges its lists. */
type Layout = 'by-symbol' | 'single'

/** Writes items until the page is full; returns where the next page starts and how many it wrote. */
function writePoints<Item extends { readonly at: EpochMs }>(
  page: PageWriter,
  history: History<Item>,
  place: Place | undefined,
  layout: Layout,
): { readonly next: Place | undefined; readonly count: number } {
  const { symbols, from, to, sort, limit } = history
  const first = place === undefined ? 0 : symbols.indexOf(place.symbol)
  if (first < 0) throw new Refusal(400, 'invalid page_token')
  let count = 0
  let next: Place | undefined

  function writeSymbol(symbol: string): void {
    const resumed = place?.symbol === symbol ? place : undefined
    const edge = resumed?.at ?? (sort === 'asc' ? from : to)
    const before = count
    let skip = resumed?.skip ?? 0
    let [lastAt, sameInstant] = [edge, skip]
    history.each(symbol, sort === 'asc' ? { from: edge, to } : { from, to: edge }, (items) => {
      for (const item of items) {
        if (skip > 0) {
          skip--
          continue
        }
        if (count === limit) {
          next = { symbol, at: lastAt, skip: sameInstant }
          return false
        }
        sameInstant = item.at === lastAt ? sameInstant + 1 : 1
        lastAt = item.at
        if (count > before) page.text(',')
        else if (layout === 'by-symbol') page.text(`${count > 0 ? ',' : ''}"${symbol}":[`)
        history.spell(page, item, symbol)
        count++
      }
      return true
    })
    if (count > before && layout === 'by-symbol') page.text(']')
  }

  for (const symbol of symbols.slice(first)) {
    if (next === undefined) writeSymbol(symbol)
  }
  return { next, count }
}

function writePage<Item extends { readonly at: EpochMs }>(
  history: History<Item>,
  faults: PageFaults,
  layout: Layout,
): Reply {
  const place = readToken(history.token)
  const page = new PageWriter()
  const [symbol = ''] = history.symbols
  const [open, close] = layout === 'by-symbol' ? ['{', '}'] : ['[', ']']
  page.text(layout === 'by-symbol' ? '{' : `{"symbol":"${symbol}",`)
  page.text(`"${history.name}":${open}`)
  const empty = faults.emptyNow()
  const start = place ?? { symbol, at: history.sort === 'asc' ? history.from : history.to, skip: 0 }
  const { next, count } = empty ? { next: start, count: 0 } : writePoints(page, history, place, layout)
  const token = faults.tokenFor(history.token, next === undefined ? null : toToken(next))
  page.text(`${close},"next_page_token":${JSON.stringify(token)}}`)
  return { status: 200, body: page.bytes(), page: { bars: history.name === 'bars' ? count : 0 } }
}

/** One page across all symbols, by symbol and then by time. */
export const multiPage = <Item extends { readonly at: EpochMs }>(
  history: History<Item>,
  faults: PageFaults,
) => writePage(history, faults, 'by-symbol')

/** One page of one symbol. */
export const singlePage = <Item extends { readonly at: EpochMs }>(
  history: History<Item>,
  faults: PageFaults,
) => writePage(history, faults, 'single')
