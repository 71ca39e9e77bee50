import { exchangeDayOf, nyse } from '#shared/exchange-calendar'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import {
  AlpacaError,
  type Asset,
  type CorporateAction,
  type HistoricalBar,
  type BarsPage,
  type BarsRequest,
} from '#alpaca'
import type { LoadDeps } from '../../src/storage/loader/index.ts'

/** A plausible bar. */
export const sentBar = (at: number, close = 100): HistoricalBar => ({
  at,
  open: close,
  high: close + 0.5,
  low: close - 0.5,
  close,
  volume: 1_000,
  vwap: close,
  tradeCount: 10,
})

/** Bars of every minute with from <= at < until. */
export const everyMinute = (from: number, until: number): HistoricalBar[] =>
  Array.from({ length: (until - from) / MINUTE_MS }, (_, index) => sentBar(from + index * MINUTE_MS))

/** Bars of every minute of the regular sessions with from <= at < until; every symbol has the same ones. */
export const sessions = (_symbol: string, from: number, until: number): HistoricalBar[] =>
  nyse
    .tradingDaysBetween(exchangeDayOf(from), exchangeDayOf(until + DAY_MS))
    .flatMap(({ open, close }) => everyMinute(Math.max(open, from), Math.max(open, Math.min(close, until))))

const LISTED: Omit<Asset, 'symbol'> = {
  id: 'b0b6dd9d-8b9b-48a9-ba46-b9d54906e415',
  name: '',
  class: 'us_equity',
  exchange: 'NYSE',
  status: 'active',
  tradable: true,
  marginable: true,
  shortable: true,
  borrowStatus: undefined,
  fractionable: true,
  attributes: [],
}

type Page = Pick<BarsPage, 'bars'> & Partial<BarsPage>

/** A source of scripted pages: anything Alpaca might answer, however odd. It records the requests. */
export class ScriptedSource {
  readonly requests: BarsRequest[] = []
  readonly #answer: (
    request: BarsRequest,
    nth: number,
  ) => Iterable<Page | Error> | AsyncIterable<Page | Error>

  constructor(
    answer: (request: BarsRequest, nth: number) => Iterable<Page | Error> | AsyncIterable<Page | Error>,
  ) {
    this.#answer = answer
  }

  /** Symbols that it does not know. */
  readonly unknown = new Set<string>()

  readonly getAsset: LoadDeps['source']['getAsset'] = async (symbol) => {
    if (this.unknown.has(symbol)) throw new AlpacaError('not_found', `asset not found for ${symbol}`)
    return { ...LISTED, symbol }
  }

  /** What it knows of corporate actions, whoever asks. */
  actions: readonly CorporateAction[] = []

  readonly getCorporateActions: LoadDeps['source']['getCorporateActions'] = async () => this.actions

  /** Its daily bars, of any symbol. */
  daily: readonly HistoricalBar[] = []

  readonly bars: LoadDeps['source']['bars'] = (request, options) =>
    request.timeframe === '1Day' ? this.#days(request) : this.#pages(request, options?.signal)

  async *#days({
    symbols: [symbol = ''],
    start,
    end,
  }: BarsRequest): AsyncGenerator<BarsPage, void, undefined> {
    const bars = this.daily.filter(({ at }) => start <= at && at <= end)
    yield { bars: new Map([[symbol, bars]]), rejected: [], nextPageToken: undefined, requestCount: 1 }
  }

  async *#pages(
    request: BarsRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<BarsPage, void, undefined> {
    this.requests.push(request)
    const pages: (Page | Error)[] = []
    for await (const page of this.#answer(request, this.requests.length)) pages.push(page)
    for (const [index, page] of pages.entries()) {
      if (signal?.aborted) throw new AlpacaError('aborted', 'The call was aborted')
      if (page instanceof Error) throw page
      const nextPageToken = index === pages.length - 1 ? undefined : `page ${index + 2}`
      yield { rejected: [], nextPageToken, requestCount: index + 1, ...page }
    }
  }
}

/** A page with bars of one symbol. */
export const page = (symbol: string, bars: readonly HistoricalBar[]): Page => ({
  bars: new Map([[symbol, bars]]),
})

/** A source that has these bars, such as {@link sessions}, and cuts pages of that size. */
export function pagedSource(
  barsAt: (symbol: string, from: number, until: number) => readonly HistoricalBar[],
  size: number,
) {
  return new ScriptedSource(({ symbols, start, end }) => {
    const symbol = symbols[0] ?? ''
    const bars = barsAt(symbol, start, end + MINUTE_MS)
    const pages: Page[] = []
    for (let index = 0; index < Math.max(1, bars.length); index += size)
      pages.push(page(symbol, bars.slice(index, index + size)))
    return pages
  })
}
