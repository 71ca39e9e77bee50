import { readBarValues, type HistoricalBar } from './bar.ts'
import { toTime } from './time.ts'
import { invalidResponse, type Call } from './transport.ts'
import { isWireObject } from './wire.ts'

/** Which bars of history. Minutes without a trade have no bar; pre- and post-market minutes are included. */
export interface BarsRequest {
  readonly symbols: readonly string[]
  /** `1Min` (default), `5Min`, `1Hour`, `1Day`, `1Week`, `1Month` and their like. */
  readonly timeframe?: string
  /** Epoch ms, inclusive. */
  readonly start: number
  /** Epoch ms, inclusive: a bar that begins exactly then is returned. */
  readonly end: number
  /** Bars on a page, over all symbols; 10,000 is the default and the most. */
  readonly limit?: number
  /** For splits and dividends; `raw` when absent. */
  readonly adjustment?: 'raw' | 'split' | 'dividend' | 'spin-off' | 'all'
  /** When absent, the best feed that the plan allows. On the free plan, `sip` must end 15 minutes ago. */
  readonly feed?: 'iex' | 'sip' | 'boats' | 'otc'
  readonly sort?: 'asc' | 'desc'
}

/** One answer of Alpaca's. Symbols come one after the other, so a page often holds one symbol only. */
export interface BarsPage {
  /** Symbols without a bar on this page are absent. */
  readonly bars: ReadonlyMap<string, readonly HistoricalBar[]>
  /** Bars that made no sense and were left out. */
  readonly rejected: readonly RejectedBar[]
  /** Where the next page begins; undefined on the last. */
  readonly nextPageToken: string | undefined
  /** Pages read so far, this one included. */
  readonly requestCount: number
}

/** A bar that was left out of a page. */
export interface RejectedBar {
  readonly symbol: string
  /** Its place among the symbol's bars on the page, from 0. */
  readonly index: number
  /** Which field is wrong, and how. */
  readonly reason: string
}

const MAX_PAGE = 10_000

/** The HTTP call for one page. */
export function barsCall(request: BarsRequest, pageToken: string | undefined): Call {
  const { symbols, timeframe = '1Min', start, end, limit = MAX_PAGE, adjustment, feed, sort } = request
  return {
    host: 'data',
    method: 'GET',
    path: '/v2/stocks/bars',
    query: {
      symbols: symbols.join(','),
      timeframe,
      start: toTime(start),
      end: toTime(end),
      limit,
      adjustment,
      feed,
      sort,
      page_token: pageToken,
    },
  }
}

/** Reads one page; a bar that makes no sense is rejected alone, a page that makes none throws `invalid_response`. */
export function readBarsPage(json: unknown): Omit<BarsPage, 'requestCount'> {
  if (!isWireObject(json)) throw invalidResponse('a page of bars is no object')
  const wire = json['bars'] ?? {} // null where nothing was found
  const token = json['next_page_token'] ?? undefined
  if (!isWireObject(wire)) throw invalidResponse('bars is no object')
  if (token !== undefined && (typeof token !== 'string' || token === '')) {
    throw invalidResponse('next_page_token is no text')
  }
  const bars = new Map<string, readonly HistoricalBar[]>()
  const rejected: RejectedBar[] = []
  for (const [symbol, list] of Object.entries(wire)) {
    if (!Array.isArray(list)) throw invalidResponse(`bars of ${symbol} is no list`)
    const good: HistoricalBar[] = []
    for (const [index, item] of (list as readonly unknown[]).entries()) {
      const bar = isWireObject(item) ? readBarValues(item) : 'is no object'
      if (typeof bar === 'string') rejected.push({ symbol, index, reason: bar })
      else good.push(bar)
    }
    bars.set(symbol, good)
  }
  return { bars, rejected, nextPageToken: token }
}

const DAY_MS = 86_400_000
/** 4:00 to 20:00 in New York; the overnight feeds trade the other eight hours. */
const EXTENDED_SESSION_MINUTES = 960
const DAY_MINUTES = 1_440

/**
 * The most pages that the asked range can fill, with slack for pages that the server cuts short. More of them mean
 * that it is leading us in a circle.
 */
export function pageBound({ symbols, timeframe = '1Min', start, end, limit, feed }: BarsRequest): number {
  const days = Math.max(1, Math.ceil((end - start) / DAY_MS) + 1)
  const minutesOfDay = feed === 'boats' ? DAY_MINUTES : EXTENDED_SESSION_MINUTES
  const barsOfDay = Math.max(1, Math.ceil(minutesOfDay / minutesOf(timeframe)))
  const pages = Math.ceil((days * barsOfDay * symbols.length) / Math.min(MAX_PAGE, limit ?? MAX_PAGE))
  return 2 * pages + 10
}

/** Length of a time frame within the day; a day and more counts as one day. */
function minutesOf(timeframe: string): number {
  const [, count, unit] = /^(\d+)(Min|T|Hour|H)$/.exec(timeframe) ?? []
  if (unit === undefined) return DAY_MINUTES
  return Math.max(1, Number(count)) * (unit === 'Min' || unit === 'T' ? 1 : 60)
}
