import { midnightOf } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { quotesOf, tradesOf, type SimQuote, type SimTrade } from '../exchange/index.ts'
import type { SimBar, Listing } from '../generator/index.ts'
import type { Route } from '../server/index.ts'
import { barTime, quoteFields, tapeOf, tickTime, tradeFields, venueOf } from '../wire.ts'
import { eachDayOfBars } from './bar-series.ts'
import { multiPage, singlePage, type History } from './history-page.ts'
import { PageFaults } from './pages.ts'
import type { PageWriter } from './page-writer.ts'
import {
  readAdjustment,
  readFeed,
  readLimit,
  readRange,
  readSort,
  readSymbol,
  readSymbols,
  RECENT_MS,
  recentSipRefused,
} from './parameters.ts'
import { listed, type MarketDataSources } from './sources.ts'
import { bucketStart, readTimeframe } from './timeframe.ts'

/** Writes the same as wire.ts's barFields in braces, in bytes. */
function writeBar(page: PageWriter, { at, open, high, low, close, volume, trades, vwap }: SimBar): void {
  page.text('{"t":"')
  page.text(barTime(at))
  page.text('","o":')
  page.amount(open, 4)
  page.text(',"h":')
  page.amount(high, 4)
  page.text(',"l":')
  page.amount(low, 4)
  page.text(',"c":')
  page.amount(close, 4)
  page.text(',"v":')
  page.whole(volume)
  page.text(',"n":')
  page.whole(trades)
  page.text(',"vw":')
  page.amount(vwap, 6)
  page.text('}')
}

/** Historical bars, trades and quotes, of several symbols or of one. */
export function historyRoutes(sources: MarketDataSources): readonly Route[] {
  const pageFaults = new PageFaults(sources.faults)

  const asked = (symbols: readonly string[], query: URLSearchParams) => {
    const { exchange, faults } = sources
    const now = exchange.clock.now()
    const range = readRange(query, midnightOf(exchangeDayOf(now)), now)
    const { feed, named } = readFeed(query, faults)
    const basic = faults.active('basic-plan') !== undefined
    if (basic && feed === 'sip') {
      if (query.has('end') && range.to > now - RECENT_MS) throw recentSipRefused()
      range.to = Math.min(range.to, now - RECENT_MS)
    }
    const page = { limit: readLimit(query), sort: readSort(query), token: query.get('page_token') }
    return { symbols, feed, named, ...range, ...page }
  }

  function bars(symbols: readonly string[], query: URLSearchParams): History<SimBar> {
    const timeframe = readTimeframe(query.get('timeframe'))
    const adjustment = readAdjustment(query)
    const common = asked(symbols, query)
    return {
      ...common,
      name: 'bars',
      each(symbol, range, take) {
        const listing = listed(sources, symbol)
        if (listing === undefined) return
        eachDayOfBars(sources.exchange, { ...common, ...range, listing, timeframe, adjustment }, take)
      },
      spell: writeBar,
    }
  }

  /** Items generated from minute bars: those of every minute in the range, in order. */
  function behindBars<Item extends { readonly at: number }>(
    common: ReturnType<typeof asked>,
    pointsOf: (listing: Listing, bar: SimBar) => readonly Item[],
  ): History<Item>['each'] {
    return (symbol, { from, to }, take) => {
      const listing = listed(sources, symbol)
      if (listing === undefined) return
      const minutes = { timeframe: { unit: 'minutes', count: 1 }, adjustment: 'raw' } as const
      const series = { ...common, ...minutes, listing, from: bucketStart(1, from), to }
      const forward = common.sort === 'asc'
      eachDayOfBars(sources.exchange, series, (all) =>
        all.every((bar) => {
          const inside = pointsOf(listing, bar).filter(({ at }) => from <= at && at <= to)
          return take(forward ? inside : [...inside].reverse())
        }),
      )
    }
  }

  function trades(symbols: readonly string[], query: URLSearchParams): History<SimTrade> {
    const common = asked(symbols, query)
    return {
      ...common,
      name: 'trades',
      each: behindBars(common, (listing, bar) => tradesOf(sources.exchange, listing, bar)),
      spell: (page, trade, symbol) =>
        page.text(
          `{${tradeFields(trade, venueOf(common.named, trade.id), tapeIn(symbol), tickTime(trade.at, trade.id % 1000))}}`,
        ),
    }
  }

  function quotes(symbols: readonly string[], query: URLSearchParams): History<SimQuote> {
    const common = asked(symbols, query)
    return {
      ...common,
      name: 'quotes',
      each: behindBars(common, (listing, bar) => quotesOf(sources.exchange, listing, bar)),
      spell: (page, quote, symbol) =>
        page.text(
          `{${quoteFields(quote, venueOf(common.named, quote.bidSize / 100), tapeIn(symbol), tickTime(quote.at, 0))}}`,
        ),
    }
  }

  const tapeIn = (symbol: string) => {
    const listing = listed(sources, symbol)
    return listing === undefined ? 'C' : tapeOf(listing)
  }

  const pair = <Item extends { readonly at: number }>(
    name: string,
    read: (symbols: readonly string[], query: URLSearchParams) => History<Item>,
  ): readonly Route[] => [
    {
      method: 'GET',
      path: `/v2/stocks/${name}`,
      answer: ({ query }) => multiPage(read(readSymbols(query), query), pageFaults),
    },
    {
      method: 'GET',
      path: `/v2/stocks/:symbol/${name}`,
      answer: ({ query }, symbol) => singlePage(read([readSymbol(symbol)], query), pageFaults),
    },
  ]
  return [...pair('bars', bars), ...pair('trades', trades), ...pair('quotes', quotes)]
}
