import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { ask, askJson } from '../support/demo-client.ts'

/** Tuesday, 10:00:30 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:30Z')

interface WireBar {
  readonly t: string
  readonly o: number
  readonly h: number
  readonly l: number
  readonly c: number
  readonly v: number
  readonly n: number
  readonly vw: number
}
interface Page {
  readonly bars: Readonly<Record<string, readonly WireBar[]>>
  readonly next_page_token: string | null
}

let market: DemoMarket
beforeAll(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'NVDA', 'ACME'], clock: 'real' })
})
afterAll(() => market.stop())

const bars = (query: string) => askJson<Page>(market, `/v2/stocks/bars?${query}`)

/** Every bar of a request, page after page, as `SYMBOL bar` in the order of the answers. */
async function allPages(
  query: string,
): Promise<{ readonly entries: readonly [string, WireBar][]; readonly pages: number }> {
  const entries: [string, WireBar][] = []
  let [token, pages]: [string | null, number] = ['', 0]
  while (token !== null) {
    const page: Page = await bars(query + (token && `&page_token=${encodeURIComponent(token)}`))
    for (const [symbol, list] of Object.entries(page.bars))
      for (const bar of list) entries.push([symbol, bar])
    token = page.next_page_token
    pages++
  }
  return { entries, pages }
}

describe('bars', () => {
  const MORNING = 'symbols=NVDA,AAPL&timeframe=1Min&start=2026-11-23T14:30:00Z&end=2026-11-23T14:59:00Z'

  test('come by symbol and then by time, both ends inclusive', async () => {
    const { bars: bySymbol, next_page_token: token } = await bars(MORNING)
    expect(token).toBeNull()
    expect(Object.keys(bySymbol)).toEqual(['AAPL', 'NVDA'])
    expect(bySymbol['AAPL']).toHaveLength(30)
    expect(bySymbol['AAPL']?.[0]?.t).toBe('2026-11-23T14:30:00Z')
    expect(bySymbol['AAPL']?.at(-1)?.t).toBe('2026-11-23T14:59:00Z')
  })

  test('are the same however they are split into pages, forward and backward', async () => {
    const whole = await allPages(MORNING)
    for (const limit of [1, 7, 30, 59, 60]) {
      const { entries, pages } = await allPages(`${MORNING}&limit=${limit}`)
      expect(entries).toEqual(whole.entries)
      expect(pages).toBe(Math.ceil(60 / limit))
    }
    const backwards = await allPages(`${MORNING}&limit=7&sort=desc`)
    const reversed = (symbol: string) => whole.entries.filter(([name]) => name === symbol).reverse()
    expect(backwards.entries).toEqual([...reversed('AAPL'), ...reversed('NVDA')])
  })

  test('cover pre-market and after hours, but not the night', async () => {
    const { entries } = await allPages(
      'symbols=AAPL&timeframe=1Min&start=2026-11-20&end=2026-11-23&limit=10000&feed=sip',
    )
    const times = entries.map(([, { t }]) => t)
    expect(times.every((t) => t >= '2026-11-20T09:00:00Z' && t < '2026-11-21T01:00:00Z')).toBe(true)
    expect(times.filter((t) => t < '2026-11-20T14:30:00Z').length).toBeGreaterThan(250)
    expect(times.filter((t) => t >= '2026-11-20T21:00:00Z').length).toBeGreaterThan(200)
    expect(times.filter((t) => t >= '2026-11-20T14:30:00Z' && t < '2026-11-20T21:00:00Z').length).toBe(390)
  })

  test('of IEX are fewer and smaller, and never where the whole market has none', async () => {
    const query =
      'symbols=UGA,AAPL&timeframe=1Min&start=2026-11-20T14:30:00Z&end=2026-11-20T20:59:00Z&limit=10000'
    const [sip, iex] = [(await bars(`${query}&feed=sip`)).bars, (await bars(`${query}&feed=iex`)).bars]
    const times = (list: readonly WireBar[] = []) => list.map(({ t }) => t)
    expect(times(sip['UGA']).length).toBeGreaterThan(40)
    expect(times(sip['UGA']).length).toBeLessThan(150)
    expect(times(iex['UGA']).length).toBeLessThan(times(sip['UGA']).length / 5)
    expect(times(sip['UGA'])).toEqual(expect.arrayContaining(times(iex['UGA'])))
    const volume = (list: readonly WireBar[] = []) => list.reduce((sum, { v }) => sum + v, 0)
    expect(volume(iex['AAPL']) / volume(sip['AAPL'])).toBeCloseTo(0.03, 2)
  })

  test('of a day have the prices of the regular session and the volume of all sessions', async () => {
    const day = (await bars('symbols=AAPL&timeframe=1Day&start=2026-11-20&end=2026-11-20')).bars['AAPL']?.[0]
    const { entries } = await allPages(
      'symbols=AAPL&timeframe=1Min&start=2026-11-20&end=2026-11-21&limit=10000',
    )
    const minutes = entries.map(([, bar]) => bar)
    const regular = minutes.filter(({ t }) => t >= '2026-11-20T14:30:00Z' && t < '2026-11-20T21:00:00Z')
    expect(day).toMatchObject({
      t: '2026-11-20T05:00:00Z',
      o: regular[0]?.o,
      h: Math.max(...regular.map(({ h }) => h)),
      l: Math.min(...regular.map(({ l }) => l)),
      c: regular.at(-1)?.c,
      v: minutes.reduce((sum, { v }) => sum + v, 0),
      n: minutes.reduce((sum, { n }) => sum + n, 0),
    })
  })

  test('of hours, weeks and months are rolled up from the smaller ones', async () => {
    const hour = (await bars('symbols=AAPL&timeframe=1Hour&start=2026-11-20T15:00:00Z&limit=1')).bars[
      'AAPL'
    ]?.[0]
    const minutes =
      (await bars('symbols=AAPL&timeframe=1Min&start=2026-11-20T15:00:00Z&end=2026-11-20T15:59:00Z')).bars[
        'AAPL'
      ] ?? []
    expect(hour).toMatchObject({ t: '2026-11-20T15:00:00Z', o: minutes[0]?.o, c: minutes.at(-1)?.c })
    const week = (await bars('symbols=AAPL&timeframe=1Week&start=2026-11-16&end=2026-11-20')).bars['AAPL']
    const days =
      (await bars('symbols=AAPL&timeframe=1Day&start=2026-11-16&end=2026-11-20')).bars['AAPL'] ?? []
    expect(week).toMatchObject([{ t: '2026-11-16T05:00:00Z', o: days[0]?.o, c: days[4]?.c, v: sum(days) }])
    const month = (await bars('symbols=AAPL&timeframe=1Month&start=2026-10-01&end=2026-10-31')).bars['AAPL']
    expect(month).toMatchObject([{ t: '2026-10-01T04:00:00Z' }])
  })
  const sum = (list: readonly WireBar[]) => list.reduce((total, { v }) => total + v, 0)

  test('before a split have the price of that time, or the adjusted one', async () => {
    const query = 'symbols=NVDA&timeframe=1Day&start=2024-06-06&end=2024-06-11'
    const closes = async (adjustment: string) =>
      (await bars(`${query}&adjustment=${adjustment}`)).bars['NVDA']?.map(({ c }) => c) ?? []
    const [raw, split] = [await closes('raw'), await closes('split')]
    expect((raw[1] ?? 0) / (raw[2] ?? 1)).toBeGreaterThan(8)
    expect((split[1] ?? 0) / (split[2] ?? 1)).toBeLessThan(1.2)
    expect((raw[1] ?? 0) / (split[1] ?? 1)).toBeCloseTo(10, 2)
    expect(raw.at(-1)).toBe(split.at(-1))
  })

  test('of the days around a split differ by the split that is listed among the corporate actions', async () => {
    const { bars: found } = await bars(
      'symbols=NVDA&timeframe=1Day&start=2024-06-07T04:00:00Z&end=2024-06-10T04:00:00Z',
    )
    const [before, after] = found['NVDA'] ?? []
    const client = new AlpacaClient(alpacaConfig(market.environment))
    const dates = { start: '2024-06-08', end: '2024-06-10' }
    const [action, ...more] = await client.getCorporateActions({ symbols: ['AAPL', 'NVDA'], ...dates })
    expect(more).toEqual([])
    expect(action).toMatchObject({
      type: 'forward_split',
      symbol: 'NVDA',
      exDate: '2024-06-10',
      oldRate: 1,
      newRate: 10,
    })
    expect((before?.c ?? 0) / (after?.o ?? 1)).toBeGreaterThan(9)
    expect((before?.c ?? 0) / (after?.o ?? 1)).toBeLessThan(11)
  })

  test('end with the minute that is still forming, and the latest is the one before', async () => {
    const last = (await bars('symbols=AAPL&timeframe=1Min&start=2026-11-24T14:58:00Z')).bars['AAPL']
    expect(last?.map(({ t }) => t.slice(11, 16))).toEqual(['14:58', '14:59', '15:00'])
    const latest = await askJson<{ symbol: string; bar: WireBar }>(market, '/v2/stocks/AAPL/bars/latest')
    expect(latest).toEqual({ symbol: 'AAPL', bar: last?.[1] })
  })

  test("of one symbol come without the symbol's name around them", async () => {
    const single = await askJson(
      market,
      '/v2/stocks/AAPL/bars?timeframe=1Min&start=2026-11-20T15:00:00Z&limit=2',
    )
    const multi = await bars('symbols=AAPL&timeframe=1Min&start=2026-11-20T15:00:00Z&limit=2')
    expect(single).toEqual({
      symbol: 'AAPL',
      bars: multi.bars['AAPL'],
      next_page_token: multi.next_page_token,
    })
  })

  test('of unknown symbols are omitted; symbols that the market was given are known', async () => {
    const { bars: bySymbol } = await bars(
      'symbols=ZZZZZ,ACME,FAKEPACA&timeframe=1Day&start=2026-11-20&end=2026-11-20',
    )
    expect(Object.keys(bySymbol)).toEqual(['ACME'])
  })

  test.each([
    ['symbols=AAPL', 'invalid timeframe'],
    ['symbols=AAPL&timeframe=90Min', 'invalid timeframe'],
    ['timeframe=1Min', 'symbols is required'],
    ['symbols=aapl&timeframe=1Min', 'invalid symbol'],
    ['symbols=AAPL&timeframe=1Min&start=yesterday', 'start'],
    ['symbols=AAPL&timeframe=1Min&start=2026-11-21&end=2026-11-20', 'end should not be before start'],
    ['symbols=AAPL&timeframe=1Min&limit=10001', 'limit'],
    ['symbols=AAPL&timeframe=1Min&adjustment=magic', 'adjustment'],
    ['symbols=AAPL&timeframe=1Min&feed=magic', 'feed'],
    ['symbols=AAPL&timeframe=1Min&sort=up', 'sort'],
    ['symbols=AAPL&timeframe=1Min&page_token=bm9uc2Vuc2U=', 'page_token'],
  ])('requested with %s are rejected: %s', async (query, text) => {
    const response = await ask(market, `/v2/stocks/bars?${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(text) })
  })
})

describe('historical trades and quotes', () => {
  const MINUTES = 'symbols=AAPL&start=2026-11-20T15:00:00Z&end=2026-11-20T15:01:59.999Z'
  interface Tick {
    readonly t: string
    readonly p: number
    readonly s: number
    readonly bp: number
    readonly ap: number
  }
  const ticks = async (kind: 'trades' | 'quotes', query: string) =>
    askJson<Readonly<Record<string, unknown>>>(market, `/v2/stocks/${kind}?${query}`)

  test('lie within their bars, in order, and the same over pages', async () => {
    const { trades } = (await ticks('trades', MINUTES)) as { trades: { AAPL: Tick[] } }
    const times = trades.AAPL.map(({ t }) => Date.parse(t))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const [bar] = (await bars(`${MINUTES}&timeframe=1Min`)).bars['AAPL'] ?? []
    const first = trades.AAPL.filter(({ t }) => t < '2026-11-20T15:01')
    expect(first[0]?.p).toBe(bar?.o)
    expect(first.at(-1)?.p).toBe(bar?.c)
    expect(first.reduce((sum, { s }) => sum + s, 0)).toBe(bar?.v)
    for (const { p } of first) expect(p >= (bar?.l ?? 0) && p <= (bar?.h ?? 0)).toBe(true)

    const paged: Tick[] = []
    let token: string | null = ''
    while (token !== null) {
      const page = (await ticks('trades', `${MINUTES}&limit=9&page_token=${token}`)) as {
        trades: { AAPL: Tick[] }
        next_page_token: string | null
      }
      paged.push(...page.trades.AAPL)
      token = page.next_page_token
    }
    expect(paged).toEqual(trades.AAPL)
  })

  test('have a bid below the ask', async () => {
    const { quotes } = (await ticks('quotes', MINUTES)) as { quotes: { AAPL: Tick[] } }
    expect(quotes.AAPL.length).toBeGreaterThan(20)
    for (const { bp, ap } of quotes.AAPL) expect(bp).toBeLessThan(ap)
  })
})

describe('latest values', () => {
  test('a snapshot agrees with the single answers', async () => {
    const path = (rest: string) => `/v2/stocks/AAPL/${rest}?feed=sip`
    const snapshot = await askJson<Record<string, unknown>>(market, path('snapshot'))
    expect(snapshot).toMatchObject({ symbol: 'AAPL' })
    expect(await askJson(market, path('bars/latest'))).toMatchObject({ bar: snapshot['minuteBar'] })
    expect(await askJson(market, path('quotes/latest'))).toMatchObject({ quote: snapshot['latestQuote'] })
    const days = (await bars('symbols=AAPL&timeframe=1Day&start=2026-11-23&end=2026-11-24&feed=sip')).bars[
      'AAPL'
    ]
    expect([snapshot['prevDailyBar'], snapshot['dailyBar']]).toEqual(days)
  })

  test('several snapshots are a bare map without the unknown symbols', async () => {
    const snapshots = await askJson<Record<string, unknown>>(
      market,
      '/v2/stocks/snapshots?symbols=NVDA,ZZZZZ',
    )
    expect(Object.keys(snapshots)).toEqual(['NVDA'])
    expect((await ask(market, '/v2/stocks/ZZZZZ/snapshot')).status).toBe(404)
  })

  test('while New York is closed the latest quote is that of the last minute, and stays', async () => {
    const sunday = await startDemoMarket({ startAt: Date.parse('2026-11-22T15:00:00Z'), clock: 'real' })
    const latest = () => askJson<{ quote: { t: string } }>(sunday, '/v2/stocks/AAPL/quotes/latest')
    const first = await latest()
    expect(first.quote.t).toMatch(/^2026-11-21T00:5/)
    sunday.advance(3_600_000)
    expect(await latest()).toEqual(first)
    await sunday.stop()
  })

  test('prices below one dollar have at most four decimals', async () => {
    const { bar } = await askJson<{ bar: WireBar }>(market, '/v2/stocks/CTRM/bars/latest')
    expect(bar.c).toBeLessThan(1)
    expect(String(bar.c)).toMatch(/^0\.\d{1,4}$/)
  })
})

describe('reference data', () => {
  test('the clock shows New York time and when the market opens and closes', async () => {
    expect(await askJson(market, '/v2/clock')).toEqual({
      timestamp: '2026-11-24T10:00:30-05:00',
      is_open: true,
      next_open: '2026-11-25T09:30:00-05:00',
      next_close: '2026-11-24T16:00:00-05:00',
    })
  })

  test('the calendar has the trading days with both ends, and the half day', async () => {
    const days = await askJson<{ date: string }[]>(market, '/v2/calendar?start=2026-11-25&end=2026-11-27')
    expect(days).toEqual([
      {
        date: '2026-11-25',
        open: '09:30',
        close: '16:00',
        session_open: '0400',
        session_close: '2000',
        settlement_date: '2026-11-27',
      },
      {
        date: '2026-11-27',
        open: '09:30',
        close: '13:00',
        session_open: '0400',
        session_close: '1700',
        settlement_date: '2026-11-30',
      },
    ])
    expect((await ask(market, '/v2/calendar?start=soon')).status).toBe(422)
  })

  test('assets are the listed ones; others are 404', async () => {
    const assets = await askJson<{ symbol: string; id: string }[]>(market, '/v2/assets?status=active')
    expect(assets.length).toBeGreaterThan(55)
    expect(new Set(assets.map(({ id }) => id)).size).toBe(assets.length)
    expect(assets.map(({ symbol }) => symbol)).toContain('ACME')
    const apple = assets.find(({ symbol }) => symbol === 'AAPL')
    expect(await askJson(market, `/v2/assets/${apple?.id ?? ''}`)).toEqual(apple)
    const unknown = await ask(market, '/v2/assets/ZZZZZ')
    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toEqual({ code: 40410000, message: 'asset not found for ZZZZZ' })
  })

  test('the account is active and has simulated money as text', async () => {
    expect(await askJson(market, '/v2/account')).toMatchObject({ status: 'ACTIVE', cash: '100000' })
  })

  test('exchanges and conditions have names', async () => {
    expect(await askJson(market, '/v2/stocks/meta/exchanges')).toMatchObject({ V: 'IEX' })
    expect(await askJson(market, '/v2/stocks/meta/conditions/trade?tape=C')).toMatchObject({
      I: 'Odd Lot Trade',
    })
    expect((await ask(market, '/v2/stocks/meta/conditions/trade')).status).toBe(400)
  })
})

describe('every answer', () => {
  test('needs the keys, and carries the limit and an id of its own', async () => {
    const response = await ask(market, '/v2/clock')
    expect(response.headers.get('x-ratelimit-limit')).toMatch(/^\d+$/)
    expect(Number(response.headers.get('x-ratelimit-reset'))).toBe(Math.ceil(TUESDAY / 60_000) * 60)
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const refused = await ask(market, '/v2/clock', {
      'APCA-API-KEY-ID': 'WRONG',
      'APCA-API-SECRET-KEY': 'WRONG',
    })
    expect(refused.status).toBe(401)
    expect(await refused.json()).toEqual({ code: 40110000, message: 'request is not authorized' })
  })

  test('to an unknown path is 404 with a message, and so are the controls unless they are enabled', async () => {
    const lost = await ask(market, '/v2/nowhere')
    expect(lost.status).toBe(404)
    expect(await lost.json()).toHaveProperty('message')
    expect((await ask(market, '/demo/sent')).status).toBe(404)
  })
})
