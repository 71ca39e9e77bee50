import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { ExchangeDay } from '#shared/units'
import { splitsOf } from '../generator/index.ts'
import { json, Refusal, type Route } from '../server/index.ts'
import { readSymbols } from './parameters.ts'
import { listed, type MarketDataSources } from './sources.ts'

const TYPES = ['forward_split', 'reverse_split', 'name_change', 'cash_dividend']
const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

type Kind = 'forward_split' | 'reverse_split'

/** A split as Alpaca lists it, with whole numbers of shares: 4 for 1, or 1 for 10. */
function toRow(symbol: string, exDay: ExchangeDay, ratio: number): { kind: Kind; row: object } {
  const isReverse = ratio < 1
  const rates = isReverse
    ? { new_rate: 1, old_rate: Math.round(1 / ratio) }
    : { new_rate: ratio, old_rate: 1 }
  const dates = { process_date: exDay, ex_date: exDay, record_date: addDays(exDay, -3), payable_date: exDay }
  const cusips = isReverse ? { old_cusip: '000000000', new_cusip: '000000001' } : { cusip: '000000000' }
  return {
    kind: isReverse ? 'reverse_split' : 'forward_split',
    row: { id: `demo-${symbol}-${exDay}`, symbol, ...cusips, ...rates, ...dates },
  }
}

function readDay(query: URLSearchParams, name: string, otherwise: ExchangeDay): ExchangeDay {
  const text = query.get(name) ?? otherwise
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new Refusal(400, `invalid ${name}`)
  return text
}

function readPage(query: URLSearchParams): { readonly from: number; readonly limit: number } {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT)
  const from = Number(Buffer.from(query.get('page_token') ?? 'MA==', 'base64').toString())
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) throw new Refusal(400, 'invalid limit')
  if (!Number.isInteger(from) || from < 0) throw new Refusal(400, 'invalid page_token')
  return { from, limit }
}

/** The demo market's own splits; it has no dividends and no symbol changes. */
export const corporateActionRoutes = (sources: MarketDataSources): readonly Route[] => [
  {
    method: 'GET',
    path: '/v1/corporate-actions',
    answer({ query }) {
      const today = exchangeDayOf(sources.exchange.clock.now())
      const [start, end] = [readDay(query, 'start', today), readDay(query, 'end', today)]
      const types = (query.get('types') ?? TYPES.join(',')).split(',')
      const { from, limit } = readPage(query)
      const all = readSymbols(query)
        .filter((symbol) => listed(sources, symbol) !== undefined)
        .flatMap((symbol) => splitsOf(symbol).map((split) => ({ symbol, ...split })))
        .filter(({ exDay }) => start <= exDay && exDay <= end)
        .sort((one, other) => one.exDay.localeCompare(other.exDay))
        .map(({ symbol, exDay, ratio }) => toRow(symbol, exDay, ratio))
        .filter(({ kind }) => types.includes(kind))
      const page = all.slice(from, from + limit)
      const of = (kind: Kind) => page.filter((each) => each.kind === kind).map(({ row }) => row)
      const [forward, reverse] = [of('forward_split'), of('reverse_split')]
      const next = from + limit < all.length ? Buffer.from(String(from + limit)).toString('base64') : null
      return json({
        corporate_actions: {
          ...(forward.length > 0 && { forward_splits: forward }),
          ...(reverse.length > 0 && { reverse_splits: reverse }),
        },
        next_page_token: next,
      })
    },
  },
]
