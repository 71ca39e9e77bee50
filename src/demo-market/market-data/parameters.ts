import { Temporal } from 'temporal-polyfill'
import { midnightOf } from '#shared/calendar/new-york'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { FaultBoard } from '../faults.ts'
import type { SimFeed } from '../generator/index.ts'
import { Refusal } from '../server/index.ts'

const DEFAULT_LIMIT = 1000
const MAX_LIMIT = 10_000
const MAX_SYMBOLS = 2000
const SYMBOL = /^[A-Z0-9]{1,10}([./][A-Z]{1,4})?$/
const FEEDS = ['iex', 'sip', 'delayed_sip', 'otc', 'boats', 'overnight']
const ADJUSTMENTS = ['raw', 'split', 'dividend', 'spin-off', 'all']
/** SIP data more recent than this needs a paid plan. */
export const RECENT_MS = 15 * MINUTE_MS

/** The symbols of a multi-symbol request. */
export function readSymbols(query: URLSearchParams): readonly string[] {
  const symbols = (query.get('symbols') ?? '').split(',').filter((symbol) => symbol !== '')
  if (symbols.length === 0) throw new Refusal(400, 'symbols is required')
  if (symbols.length > MAX_SYMBOLS) throw new Refusal(400, 'too many symbols')
  return [...new Set(symbols.map(readSymbol))].sort()
}

export function readSymbol(symbol: string): string {
  if (!SYMBOL.test(symbol)) throw new Refusal(400, `invalid symbol: ${symbol}`)
  return symbol
}

/** A day, which starts at midnight in New York, or a time with its offset. */
function readTime(name: string, text: string): EpochMs {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return midnightOf(text)
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    throw new Refusal(
      400,
      `Invalid format for parameter ${name}: error parsing '${text}' as RFC3339 or 2006-01-02 time`,
    )
  }
}

/** The requested range; both ends are inclusive. */
export function readRange(
  query: URLSearchParams,
  midnight: EpochMs,
  now: EpochMs,
): { from: EpochMs; to: EpochMs } {
  const [start, end] = [query.get('start'), query.get('end')]
  const from = start === null ? midnight : readTime('start', start)
  const to = end === null ? now : readTime('end', end)
  if (to < from) throw new Refusal(400, 'end should not be before start')
  return { from, to: Math.min(to, now) }
}

export function readLimit(query: URLSearchParams): number {
  const text = query.get('limit')
  if (text === null) return DEFAULT_LIMIT
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new Refusal(400, `Invalid limit: must be an integer between 1 and ${MAX_LIMIT}`)
  }
  return limit
}

export function readSort(query: URLSearchParams): 'asc' | 'desc' {
  const sort = query.get('sort') ?? 'asc'
  if (sort !== 'asc' && sort !== 'desc') throw new Refusal(400, 'invalid sort')
  return sort
}

/** Whether to adjust prices for splits; there are no dividends or spin-offs here. */
export function readAdjustment(query: URLSearchParams): 'raw' | 'split' {
  const adjustments = (query.get('adjustment') ?? 'raw').split(',')
  for (const adjustment of adjustments) {
    if (!ADJUSTMENTS.includes(adjustment)) throw new Refusal(400, `invalid adjustment: ${adjustment}`)
  }
  return adjustments.some((adjustment) => adjustment === 'split' || adjustment === 'all') ? 'split' : 'raw'
}

/** The requested feed, otherwise the best one in the plan. */
export function readFeed(query: URLSearchParams, faults: FaultBoard): { feed: SimFeed; named: string } {
  const named = query.get('feed') ?? (faults.active('basic-plan') ? 'iex' : 'sip')
  if (!FEEDS.includes(named)) throw new Refusal(400, `invalid feed: ${named}`)
  return { feed: named === 'iex' ? 'iex' : 'sip', named }
}

export const recentSipRefused = (): Refusal =>
  new Refusal(403, 'subscription does not permit querying recent SIP data')
