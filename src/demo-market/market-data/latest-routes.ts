import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { EpochMs } from '#shared/units'
import type { SimBar, SimFeed, Listing } from '../generator/index.ts'
import { Refusal, type Reply, type Route } from '../server/index.ts'
import { barFields, quoteFields, tapeOf, tickTime, tradeFields, venueOf } from '../wire.ts'
import { readFeed, readSymbol, readSymbols, RECENT_MS, recentSipRefused } from './parameters.ts'
import { listed, type MarketDataSources } from './sources.ts'

/** The parameters of a request for latest values. */
interface LatestRequest {
  readonly feed: SimFeed
  readonly named: string
  readonly at: EpochMs
}

type Latest = (listing: Listing, asked: LatestRequest) => string | undefined

const barText = (bar: SimBar | undefined): string | undefined => bar && `{${barFields(bar)}}`

/** The latest minute bar, quote and trade of symbols, and all of them together as snapshots. */
export function latestRoutes(sources: MarketDataSources): readonly Route[] {
  const { exchange, quotes, faults } = sources

  function asked(query: URLSearchParams): LatestRequest {
    const { feed, named } = readFeed(query, faults)
    if (named === 'sip' && faults.active('basic-plan')) throw recentSipRefused()
    const now = exchange.clock.now()
    return { feed, named, at: named === 'delayed_sip' ? now - RECENT_MS : now }
  }

  const latestBar: Latest = (listing, { feed }) => barText(exchange.latestMinuteBar(listing, feed))

  const latestQuote: Latest = (listing, { named, at }) => {
    const quote = quotes.latest(listing, at)
    return (
      quote &&
      `{${quoteFields(quote, venueOf(named, quote.bidSize / 100), tapeOf(listing), tickTime(quote.at, 0))}}`
    )
  }

  const latestTrade: Latest = (listing, { feed, named, at }) => {
    const bar = exchange.latestMinuteBar(listing, feed)
    if (bar === undefined) return undefined
    const trading = exchange.isOpen(at) && exchange.haltAt(listing, at) === undefined
    const [price, when] = trading ? [exchange.priceAt(listing, at), at] : [bar.close, bar.at + 59_980]
    const trade = { at: when, id: Math.floor(when / 1000), price, size: 100 }
    return `{${tradeFields(trade, venueOf(named, trade.id), tapeOf(listing), tickTime(when, 0))}}`
  }

  /** Daily bars of the last day that has one, and of the day before. */
  function lastTwoDays(listing: Listing, { feed, at }: LatestRequest): readonly SimBar[] {
    const today = exchangeDayOf(at)
    const daily: SimBar[] = []
    for (const day of [...exchange.days(addDays(today, -10), addDays(today, 1))].reverse()) {
      const bar = exchange.dailyBar(listing, day, feed)
      if (bar !== undefined) daily.push(bar)
      if (daily.length === 2) break
    }
    return daily
  }

  function snapshot(listing: Listing, at: LatestRequest): string | undefined {
    const [dailyBar, prevDailyBar] = lastTwoDays(listing, at)
    const fields = {
      latestTrade: latestTrade(listing, at),
      latestQuote: latestQuote(listing, at),
      minuteBar: latestBar(listing, at),
      dailyBar: barText(dailyBar),
      prevDailyBar: barText(prevDailyBar),
    }
    const known = Object.entries(fields).filter((entry) => entry[1] !== undefined)
    return known.length === 0 ? undefined : known.map(([name, text]) => `"${name}":${text}`).join(',')
  }

  function entries(query: URLSearchParams, latest: Latest): string {
    const at = asked(query)
    const texts = readSymbols(query).flatMap((symbol) => {
      const listing = listed(sources, symbol)
      const text = listing && latest(listing, at)
      return text === undefined ? [] : [`"${symbol}":${text}`]
    })
    return texts.join(',')
  }

  function single(symbol: string, query: URLSearchParams, latest: Latest): string {
    const at = asked(query)
    const listing = listed(sources, readSymbol(symbol))
    const text = listing && latest(listing, at)
    if (text === undefined) throw new Refusal(404, `no data found for ${symbol}`)
    return text
  }

  const reply = (body: string): Reply => ({ status: 200, body })
  const pair = (list: string, field: string, latest: Latest): readonly Route[] => [
    {
      method: 'GET',
      path: `/v2/stocks/${list}/latest`,
      answer: ({ query }) => reply(`{"${list}":{${entries(query, latest)}}}`),
    },
    {
      method: 'GET',
      path: `/v2/stocks/:symbol/${list}/latest`,
      answer: ({ query }, symbol) =>
        reply(`{"symbol":"${symbol}","${field}":${single(symbol, query, latest)}}`),
    },
  ]

  return [
    ...pair('bars', 'bar', latestBar),
    ...pair('quotes', 'quote', latestQuote),
    ...pair('trades', 'trade', latestTrade),
    {
      method: 'GET',
      path: '/v2/stocks/snapshots',
      answer: ({ query }) => reply(`{${entries(query, (listing, at) => braced(snapshot(listing, at)))}}`),
    },
    {
      method: 'GET',
      path: '/v2/stocks/:symbol/snapshot',
      answer: ({ query }, symbol) => reply(`{"symbol":"${symbol}",${single(symbol, query, snapshot)}}`),
    },
  ]
}

const braced = (fields: string | undefined): string | undefined => fields && `{${fields}}`
