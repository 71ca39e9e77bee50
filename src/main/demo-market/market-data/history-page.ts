import type { EpochMs } from '#shared/units'
import { Refusal, type Reply } from '../server/index.ts'
import { readToken, toToken, type PageFaults, type Place } from './pages.ts'

/** Points in time of some symbols, and how they are spelled. */
export interface History<Item extends { readonly at: EpochMs }> {
  /** Of the answer's list. */
  readonly name: 'bars' | 'trades' | 'quotes'
  /** In the order of the answer. */
  readonly symbols: readonly string[]
  readonly from: EpochMs
  readonly to: EpochMs
  readonly sort: 'asc' | 'desc'
  readonly limit: number
  readonly token: string | null
  /** Hands over the points of one symbol in order, some at a time, until `take` answers false. */
  readonly each: (
    symbol: string,
    range: { readonly from: EpochMs; readonly to: EpochMs },
    take: (items: readonly Item[]) => boolean,
  ) => void
  /** The point's JSON. */
  readonly spell: (symbol: string, item: Item) => string
}

/** The points of one symbol that a page holds, spelled. */
interface Part {
  readonly symbol: string
  readonly texts: string[]
}

interface Page {
  readonly parts: readonly Part[]
  readonly count: number
  readonly next: Place | undefined
}

function collect<Item extends { readonly at: EpochMs }>(
  history: History<Item>,
  place: Place | undefined,
): Page {
  const { symbols, sort, limit } = history
  const parts: Part[] = []
  let [count, next]: [number, Place | undefined] = [0, undefined]
  const first = place === undefined ? 0 : symbols.indexOf(place.symbol)
  if (first < 0) throw new Refusal(400, 'invalid page_token')

  for (const symbol of symbols.slice(first)) {
    if (next !== undefined) break
    const resumed = place?.symbol === symbol ? place : undefined
    let skip = resumed?.skip ?? 0
    let last: Place = { symbol, at: resumed?.at ?? (sort === 'asc' ? history.from : history.to), skip }
    const texts: string[] = []
    const range = {
      from: resumed !== undefined && sort === 'asc' ? resumed.at : history.from,
      to: resumed !== undefined && sort === 'desc' ? resumed.at : history.to,
    }
    history.each(symbol, range, (items) => {
      for (const item of items) {
        if (skip > 0) {
          skip--
          continue
        }
        if (count === limit) {
          next = last
          return false
        }
        last = { symbol, at: item.at, skip: item.at === last.at ? last.skip + 1 : 1 }
        texts.push(history.spell(symbol, item))
        count++
      }
      return true
    })
    if (texts.length > 0) parts.push({ symbol, texts })
  }
  return { parts, count, next }
}

/** One page over all symbols, by symbol and then by time. */
export function multiPage<Item extends { readonly at: EpochMs }>(
  history: History<Item>,
  faults: PageFaults,
): Reply {
  const { parts, count, token } = turn(history, faults)
  const lists = parts.map(({ symbol, texts }) => `"${symbol}":[${texts.join(',')}]`)
  return toReply(`"${history.name}":{${lists.join(',')}}`, token, history.name === 'bars' ? count : 0)
}

/** One page of one symbol. */
export function singlePage<Item extends { readonly at: EpochMs }>(
  history: History<Item>,
  faults: PageFaults,
): Reply {
  const { parts, count, token } = turn(history, faults)
  const list = parts[0]?.texts.join(',') ?? ''
  const symbol = JSON.stringify(history.symbols[0] ?? '')
  return toReply(`"symbol":${symbol},"${history.name}":[${list}]`, token, history.name === 'bars' ? count : 0)
}

function turn<Item extends { readonly at: EpochMs }>(history: History<Item>, faults: PageFaults) {
  const place = readToken(history.token)
  if (faults.emptyNow()) {
    const at = history.sort === 'asc' ? history.from : history.to
    const start = place ?? { symbol: history.symbols[0] ?? '', at, skip: 0 }
    return { parts: [], count: 0, token: toToken(start) }
  }
  const { parts, count, next } = collect(history, place)
  return { parts, count, token: faults.tokenFor(history.token, next === undefined ? null : toToken(next)) }
}

const toReply = (content: string, token: string | null, bars: number): Reply => ({
  status: 200,
  body: `{${content},"next_page_token":${JSON.stringify(token)}}`,
  page: { bars },
})
