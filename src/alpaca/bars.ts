import { readBarValues, type HistoricalBar } from './bar.ts'
import { DAY_MS, toTime } from './time.ts'
import { invalidResponse, type Call } from './transport.ts'
import { isWireObject } from './wire.ts'

/**
 * Which historical bars to return. Minutes without a trade have no bar; pre- and post-market minutes are
 * included.
 */
export interface BarsRequest {
  readonly symbols: readonly string[]
  /** `1Min` (default), `5Min`, `1Hour`, `1Day`, `1Week`, `1Month` and so on. */
  readonly timeframe?: string
  /** Epoch ms, inclusive. */
  readonly start: number
  /** Epoch ms, inclusive: a bar that starts exactly then is returned. */
  readonly end: number
  /** Bars per page, over all symbols; 10,000 is the default and the maximum. */
  readonly limit?: number
  /** Adjustment for splits and dividends; `raw` if absent. */
  readonly adjustment?: 'raw' | 'split' | 'dividend' | 'spin-off' | 'all'
  /**
   * If absent, the best feed that the plan allows. On the free plan, `sip` ranges must end 15 minutes ago.
   */
  readonly feed?: 'iex' | 'sip' | 'boats' | 'otc'
  readonly sort?: 'asc' | 'desc'
}

/** One page of bars from Alpaca. Symbols come one after another, so a page often holds only one. */
export interface BarsPage {
  /** Symbols without a bar on this page are absent. */
  readonly bars: ReadonlyMap<string, readonly HistoricalBar[]>
  /** Invalid bars, which were skipped. */
  readonly rejected: readonly RejectedBar[]
  /** Where the next page starts; undefined on the last. */
  readonly nextPageToken: string | undefined
  /** Pages read so far, including this one. */
  readonly requestCount: number
}

/** A bar that was skipped. */
export interface RejectedBar {
  readonly symbol: string
  /** Its position among the symbol's bars on the page, from 0. */
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

/** Reads one page; an invalid bar is rejected alone, an invalid page throws `invalid_response`. */
export function readBarsPage(json: unknown): Omit<BarsPage, 'requestCount'> {
  if (!isWireObject(json)) throw invalidResponse('a page of bars is no object')
  const wire = json['bars'] ?? {} // null if nothing was found
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

/** 4:00 to 20:00 in New York; the overnight feeds trade the other eight hours. */
const EXTENDED_SESSION_MINUTES = 960
const DAY_MINUTES = 1_440

/**
 * The most pages that the requested range can fill, with slack for pages that the server cuts short. More of
 * them mean that the server is sending us in circles.
 */
export function pageBound({ symbols, timeframe = '1Min', start, end, limit, feed }: BarsRequest): number {
  const days = Math.max(1, Math.ceil((end - start) / DAY_MS) + 1)
  const minutesOfDay = feed === 'boats' ? DAY_MINUTES : EXTENDED_SESSION_MINUTES
  const barsOfDay = Math.max(1, Math.ceil(minutesOfDay / minutesOf(timeframe)))
  const pages = Math.ceil((days * barsOfDay * symbols.length) / Math.min(MAX_PAGE, limit ?? MAX_PAGE))
  return 2 * pages + 10
}

/** Length of a timeframe within the day; a day or more counts as one day. */
function minutesOf(timeframe: string): number {
  const [, count, unit] = /^(\d+)(Min|T|Hour|H)$/.exec(timeframe) ?? []
  if (unit === undefined) return DAY_MINUTES
  return Math.max(1, Number(count)) * (unit === 'Min' || unit === 'T' ? 1 : 60)
}
