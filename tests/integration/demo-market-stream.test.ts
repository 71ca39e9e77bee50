import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sessionAt, tradingDaysBetween } from '#shared/exchange-calendar'
import { haltOn, pricePath, WELL_KNOWN } from '../../src/demo-market/generator/index.ts'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { WebSocket } from 'ws'
import { askJson, DemoClient, type WireMessage } from '../support/demo-client.ts'
import { Inbox } from '../support/inbox.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')
const SYMBOLS = ['AAPL', 'MSFT', 'SPY']

let market: DemoMarket
beforeEach(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: SYMBOLS, rate: 50, seed: 3 })
})
afterEach(() => market.stop())

describe('the handshake', () => {
  test('greets, checks the keys and says that they are right', async () => {
    const client = new DemoClient(market)
    expect(await client.control('connected')).toEqual({ T: 'success', msg: 'connected' })
    client.authenticate()
    expect(await client.control('authenticated')).toEqual({ T: 'success', msg: 'authenticated' })
  })

  test('accepts the keys from headers too', async () => {
    const { ALPACA_API_KEY: key = '', ALPACA_API_SECRET: secret = '' } = market.environment
    const client = new DemoClient(market, 'iex', { 'APCA-API-KEY-ID': key, 'APCA-API-SECRET-KEY': secret })
    await client.control('authenticated')
    expect(client.messages.items.map(({ msg }) => msg)).toEqual(['connected', 'authenticated'])
  })

  test('rejects wrong keys with 402 and disconnects', async () => {
    const client = new DemoClient(market)
    await client.control('connected')
    client.authenticate({ secret: 'wrong' })
    expect(await client.error(402)).toEqual({ T: 'error', code: 402, msg: 'auth failed' })
    await client.closed
  })

  test('disconnects with 404 a client that does not authenticate within ten seconds', async () => {
    const client = new DemoClient(market)
    await client.control('connected')
    market.advance(9_999)
    await client.settled()
    expect(client.of('error')).toEqual([])
    market.advance(1)
    await client.error(404)
    await client.closed
  })

  test('answers 401 to a subscription without keys, 403 to keys sent twice, and continues', async () => {
    const client = new DemoClient(market)
    await client.control('connected')
    client.send({ action: 'subscribe', quotes: ['AAPL'] })
    await client.error(401)
    client.authenticate()
    await client.control('authenticated')
    client.authenticate()
    await client.error(403)
    expect(await client.subscribe({ quotes: ['AAPL'] })).toMatchObject({ T: 'subscription' })
  })

  test('allows one connection per feed: the second gets 406 and may try again on the same socket', async () => {
    const first = await DemoClient.authenticated(market)
    await DemoClient.authenticated(market, 'sip')
    const second = new DemoClient(market)
    await second.control('connected')
    second.authenticate()
    expect(await second.error(406)).toEqual({ T: 'error', code: 406, msg: 'connection limit exceeded' })
    first.socket.close()
    await first.closed
    second.authenticate()
    await second.control('authenticated')
  })

  test('has no other path', async () => {
    const client = new DemoClient(market)
    await client.control('connected')
    const lost = new DemoClient({
      ...market,
      urls: { ...market.urls, wsUrl: () => market.urls.wsUrls.iex + 'x' },
    })
    expect(await lost.closed).toBe(1006)
  })
})

describe('subscriptions', () => {
  test('are answered with the complete set, trades with their corrections', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ trades: ['AAPL'], quotes: ['AAPL', 'MSFT'] })
    await client.subscribe({ bars: ['*'], statuses: ['SPY'] })
    expect(await client.unsubscribe({ quotes: ['MSFT'] })).toEqual({
      T: 'subscription',
      trades: ['AAPL'],
      quotes: ['AAPL'],
      bars: ['*'],
      updatedBars: [],
      dailyBars: [],
      statuses: ['SPY'],
      lulds: [],
      corrections: ['AAPL'],
      cancelErrors: ['AAPL'],
    })
  })

  test('with a malformed symbol or nothing to subscribe to are rejected as a whole with 400', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ quotes: ['AAPL'] })
    for (const bad of [{ quotes: ['MSFT', 'a b'] }, {}, { quotes: 'MSFT' as unknown as string[] }]) {
      expect(await client.subscribe(bad)).toMatchObject({ T: 'error', code: 400 })
    }
    client.send('{"action":')
    client.send({ action: 'dance' })
    await client.settled()
    expect(client.of('error').map(({ code }) => code)).toEqual([400, 400, 400, 400, 400])
    expect(await client.subscribe({ quotes: [] })).toMatchObject({ quotes: ['AAPL'] })
  })

  test('beyond the limit are rejected as a whole with 405 and leave the set unchanged', async () => {
    market.injectFault({ kind: 'symbol-limit', limit: 3 })
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ trades: ['AAPL'], quotes: ['AAPL'], bars: ['*'] })
    expect(await client.subscribe({ quotes: ['MSFT', 'SPY'] })).toMatchObject({ code: 405 })
    expect(await client.subscribe({ quotes: ['MSFT'] })).toMatchObject({ quotes: ['AAPL', 'MSFT'] })
  })

  test('of channels that a feed does not have are rejected with 410', async () => {
    const client = await DemoClient.authenticated(market, 'test')
    expect(await client.subscribe({ statuses: ['FAKEPACA'] })).toMatchObject({ code: 410 })
    expect(await client.subscribe({ quotes: ['FAKEPACA'] })).toEqual({
      T: 'subscription',
      trades: [],
      quotes: ['FAKEPACA'],
      bars: [],
    })
  })
})

describe('the data', () => {
  const isRepeat = (before: WireMessage | undefined, quote: WireMessage) =>
    before?.['bp'] === quote['bp'] && before?.['ap'] === quote['ap']
  const bySymbol = (messages: readonly WireMessage[]) => new Set(messages.map(({ S }) => S))

  test('comes at the rate, only for what was subscribed', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ quotes: SYMBOLS, trades: ['AAPL'] })
    market.advance(10_000)
    await client.settled()
    expect(client.of('q').length).toBe(500)
    expect(bySymbol(client.of('q'))).toEqual(new Set(SYMBOLS))
    expect(bySymbol(client.of('t'))).toEqual(new Set(['AAPL']))
    expect(client.of('b')).toEqual([])
  })

  test('has quotes with a bid below the ask and timestamps that never go back', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ quotes: SYMBOLS })
    market.advance(10_000)
    await client.settled()
    const quotes = client.of('q')
    for (const { bp, ap, bs, as } of quotes) {
      expect(bp).toBeLessThan(ap as number)
      expect(bp).toBeGreaterThan(0)
      expect(bs).toBeGreaterThan(0)
      expect(as).toBeGreaterThan(0)
    }
    const stamps = quotes.map(({ t }) => String(t))
    expect(stamps).toEqual([...stamps].sort())
    expect(new Set(stamps).size).toBe(stamps.length)
  })

  test('repeats a bid and ask now and then, and counts how often', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ quotes: ['AAPL'] })
    market.advance(30_000)
    await client.settled()
    const quotes = client.of('q')
    const repeats = quotes.filter((quote, nth) => isRepeat(quotes[nth - 1], quote))
    expect(repeats.length).toBeGreaterThan(quotes.length * 0.05)
    expect(repeats.length).toBeLessThan(quotes.length * 0.3)
    expect(market.sent().unchangedQuotes).toBe(repeats.length)
  })

  test("has trades within their minute's bar", async () => {
    const client = await DemoClient.authenticated(market, 'sip')
    await client.subscribe({ trades: ['AAPL'], bars: ['AAPL'] })
    market.advance(61_000)
    await client.settled()
    const [bar] = client.of('b')
    const trades = client.of('t').filter(({ t }) => String(t) < '2026-11-24T15:01:00Z')
    expect(trades.length).toBeGreaterThan(100)
    for (const { p } of trades) {
      expect(p).toBeGreaterThanOrEqual(bar?.['l'] as number)
      expect(p).toBeLessThanOrEqual(bar?.['h'] as number)
    }
  })

  test('has a bar a moment after each minute: the same bar as over REST', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ bars: SYMBOLS, updatedBars: SYMBOLS })
    market.advance(59_400)
    await client.settled()
    expect(client.of('b')).toEqual([])
    market.advance(20 * 60_000)
    await client.settled()
    expect(client.of('b').length).toBeGreaterThan(55)

    market.advance(2 * 60_000)
    const { bars } = await askJson<{ bars: Record<string, WireMessage[]> }>(
      market,
      `/v2/stocks/bars?symbols=AAPL,MSFT,SPY&timeframe=1Min&feed=iex&start=2026-11-24T15:00:00Z`,
    )
    const streamed = [...client.of('b'), ...client.of('u')]
    const last = new Map(streamed.map((bar) => [`${String(bar['S'])} ${String(bar['t'])}`, bar]))
    for (const [symbol, list] of Object.entries(bars)) {
      for (const bar of list) {
        const same = last.get(`${symbol} ${String(bar['t'])}`)
        if (same !== undefined) expect(same).toMatchObject(bar)
      }
    }
    expect(Object.values(bars).flat().length).toBeGreaterThanOrEqual(last.size)
  })

  test('updates a bar at half past the minute when a trade came late, with more volume and the same prices', async () => {
    const client = await DemoClient.authenticated(market, 'sip')
    await client.subscribe({ bars: SYMBOLS, updatedBars: SYMBOLS })
    market.advance(60 * 60_000)
    await client.settled()
    const updates = client.of('u')
    expect(updates.length).toBeGreaterThan(0)
    for (const update of updates) {
      const first = client.of('b').find(({ S, t }) => S === update['S'] && t === update['t'])
      expect(update).toMatchObject({ o: first?.['o'], h: first?.['h'], l: first?.['l'], c: first?.['c'] })
      expect(update['v']).toBeGreaterThan(first?.['v'] as number)
    }
  })

  test('has a running daily bar that agrees with the snapshot', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ dailyBars: ['AAPL'] })
    market.advance(60_000)
    await client.settled()
    const [day] = client.of('d')
    const { AAPL: snapshot } = await askJson<Record<string, Record<string, WireMessage>>>(
      market,
      '/v2/stocks/snapshots?symbols=AAPL&feed=iex',
    )
    expect(day).toMatchObject({ S: 'AAPL', t: '2026-11-24T05:00:00Z' })
    expect(day?.['o']).toBe(snapshot?.['dailyBar']?.['o'])
    expect(day?.['v']).toBeLessThanOrEqual(Number(snapshot?.['dailyBar']?.['v']))
  })

  test('continues where the past ends: the first quotes are around the last close', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ quotes: ['AAPL'] })
    const { bars } = await askJson<{ bars: Record<string, { c: number }> }>(
      market,
      '/v2/stocks/bars/latest?symbols=AAPL',
    )
    market.advance(200)
    await client.settled()
    const [quote] = client.of('q')
    const close = bars['AAPL']?.c ?? 0
    expect(Math.abs((quote?.['bp'] as number) - close)).toBeLessThan(close * 0.003)
  })

  test('announces a halt and its end, and sends nothing else of that symbol in between', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ statuses: ['*'], quotes: ['AAPL', 'SPY'], bars: ['AAPL'] })
    market.advance(1000)
    market.injectFault({ kind: 'halt', symbol: 'AAPL' })
    market.advance(20)
    await client.settled()
    expect(client.of('s')).toMatchObject([{ S: 'AAPL', sc: 'H', rc: 'T1', z: 'C' }])
    const before = client.of('q').filter(({ S }) => S === 'AAPL').length
    market.advance(3 * 60_000)
    await client.settled()
    expect(client.of('q').filter(({ S }) => S === 'AAPL')).toHaveLength(before)
    expect(client.of('b').map(({ t }) => t)).toEqual(['2026-11-24T15:00:00Z'])
    market.injectFault({ kind: 'resume', symbol: 'AAPL' })
    market.advance(1000)
    await client.settled()
    expect(client.of('s').at(-1)).toMatchObject({ S: 'AAPL', sc: 'T', rc: 'T1' })
    expect(client.of('q').filter(({ S }) => S === 'AAPL').length).toBeGreaterThan(before)
  })

  test('halts volatile stocks by itself, announces it, and has no bar of those minutes', async () => {
    const tesla = WELL_KNOWN.find(({ symbol }) => symbol === 'TSLA')
    if (tesla === undefined) throw new Error('TSLA is not listed')
    const path = pricePath(tesla, 3)
    const halts = tradingDaysBetween('2026-06-01', '2026-11-24').map(({ day }) =>
      haltOn(path.onDay(day), tesla),
    )
    const halt = halts.find((planned) => planned !== undefined && sessionAt(planned.from).phase === 'regular')
    if (halt === undefined) throw new Error('no halt in half a year')

    const wild = await startDemoMarket({ startAt: halt.from - 90_000, symbols: ['TSLA'], rate: 20, seed: 3 })
    const client = await DemoClient.authenticated(wild, 'sip')
    await client.subscribe({ statuses: ['TSLA'], bars: ['TSLA'] })
    wild.advance(halt.until - halt.from + 4 * 60_000)
    await client.settled()
    expect(client.of('s')).toMatchObject([
      { sc: 'H', rc: 'LUDP', t: expect.stringContaining(new Date(halt.from).toISOString().slice(0, 19)) },
      { sc: 'T', rc: 'LUDP', t: expect.stringContaining(new Date(halt.until).toISOString().slice(0, 19)) },
    ])
    const times = client.of('b').map(({ t }) => Date.parse(String(t)))
    expect(times).toContain(halt.from - 60_000)
    expect(times).toContain(halt.until)
    expect(times.filter((at) => at >= halt.from && at < halt.until)).toEqual([])
    await wild.stop()
  })

  test('cancels or corrects trades now and then, by their id', async () => {
    const busy = await startDemoMarket({ startAt: TUESDAY, symbols: SYMBOLS, rate: 5000 })
    const client = await DemoClient.authenticated(busy)
    await client.subscribe({ trades: ['*'] })
    for (let second = 0; second < 30; second++) {
      busy.advance(1000)
      await client.settled()
    }
    const traded = new Map(client.of('t').map((trade) => [trade['i'], trade]))
    expect(traded.size).toBe(client.of('t').length)
    const [corrections, cancels] = [client.of('c'), client.of('x')]
    expect(corrections.length).toBeGreaterThan(0)
    expect(cancels.length).toBeGreaterThan(0)
    for (const { S, oi, op, os } of corrections) expect(traded.get(oi)).toMatchObject({ S, p: op, s: os })
    for (const { S, i, p, s } of cancels) expect(traded.get(i)).toMatchObject({ S, p, s })
    await busy.stop()
  })

  test('of the delayed feed is 15 minutes old', async () => {
    const client = await DemoClient.authenticated(market, 'delayed_sip')
    await client.subscribe({ quotes: ['AAPL'] })
    market.advance(1000)
    await client.settled()
    expect(client.of('q').length).toBeGreaterThan(5)
    expect(client.of('q').every(({ t }) => String(t).startsWith('2026-11-24T14:45:0'))).toBe(true)
  })

  test('follows a price jump, on the stream and in the bars', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({ quotes: ['AAPL'], bars: ['AAPL'] })
    market.advance(5000)
    market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent: 10 })
    market.advance(60_000)
    await client.settled()
    const bids = client.of('q').map(({ bp }) => bp as number)
    expect((bids.at(-1) ?? 0) / (bids[0] ?? 1)).toBeCloseTo(1.1, 2)
    const [bar] = client.of('b')
    expect((bar?.['h'] as number) / (bar?.['l'] as number)).toBeGreaterThan(1.09)
    expect((bar?.['c'] as number) / (bar?.['o'] as number)).toBeCloseTo(1.1, 2)
  })

  test("keeps New York's hours if configured to", async () => {
    const real = await startDemoMarket({
      startAt: Date.parse('2026-11-25T00:59:00Z'),
      symbols: SYMBOLS,
      rate: 50,
      clock: 'real',
    })
    const client = await DemoClient.authenticated(real)
    await client.subscribe({ quotes: SYMBOLS })
    real.advance(59_000)
    await client.settled()
    const evening = client.of('q').length
    expect(evening).toBeGreaterThan(200)
    real.advance(2 * 60_000)
    await client.settled()
    const late = client.of('q').filter(({ t }) => String(t) >= '2026-11-25T01:00:00Z')
    expect(late).toEqual([])
    await real.stop()
  })

  test('on the test feed is FAKEPACA alone, every five seconds', async () => {
    const client = await DemoClient.authenticated(market, 'test')
    await client.subscribe({ quotes: ['FAKEPACA', 'AAPL'], bars: ['FAKEPACA'] })
    market.advance(60_000)
    await client.settled()
    expect(client.of('q')).toHaveLength(12)
    expect(bySymbol(client.of('q'))).toEqual(new Set(['FAKEPACA']))
    expect(client.of('b')).toHaveLength(1)
  })

  test('counts what was actually sent', async () => {
    const client = await DemoClient.authenticated(market)
    await client.subscribe({
      quotes: SYMBOLS,
      trades: SYMBOLS,
      bars: SYMBOLS,
      statuses: ['*'],
      lulds: ['SPY'],
    })
    market.advance(3 * 60_000)
    await client.settled()
    const { messages, bySymbol: counts, frames } = market.sent()
    expect(messages).toMatchObject({
      quotes: client.of('q').length,
      trades: client.of('t').length,
      bars: client.of('b').length,
      lulds: client.of('l').length,
    })
    expect(counts['AAPL']?.quotes).toBe(client.of('q').filter(({ S }) => S === 'AAPL').length)
    expect(frames).toBe(client.frames.items.length)
  })
})

describe('order updates', () => {
  const open = async () => {
    const socket = new WebSocket(market.urls.tradeUpdatesUrl)
    const inbox = new Inbox<unknown>()
    let binary = true
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      binary &&= isBinary
      inbox.add(JSON.parse(data.toString()))
    })
    await new Promise((resolve) => socket.once('open', resolve))
    return {
      inbox,
      allBinary: () => binary,
      tell: (message: unknown) => socket.send(JSON.stringify(message)),
    }
  }

  test('need the keys and come in binary frames; unknown streams are ignored', async () => {
    const { inbox, tell, allBinary } = await open()
    const { ALPACA_API_KEY: key, ALPACA_API_SECRET: secret } = market.environment
    tell({ action: 'authenticate', data: { key_id: key, secret_key: secret } })
    tell({ action: 'listen', data: { streams: ['trade_updates', 'gossip'] } })
    expect(await inbox.count(2)).toEqual([
      { stream: 'authorization', data: { action: 'authenticate', status: 'authorized' } },
      { stream: 'listening', data: { streams: ['trade_updates'] } },
    ])
    expect(allBinary()).toBe(true)
    tell({ action: 'auth', key, secret })
    expect((await inbox.count(3))[2]).toMatchObject({ data: { status: 'authorized' } })
  })

  test('are refused with wrong keys, and without any', async () => {
    const { inbox, tell } = await open()
    tell({ action: 'listen', data: { streams: ['trade_updates'] } })
    tell({ action: 'authenticate', data: { key_id: 'WRONG', secret_key: 'WRONG' } })
    expect(await inbox.count(2)).toMatchObject([
      { stream: 'authorization', data: { action: 'listen', status: 'unauthorized' } },
      { stream: 'authorization', data: { action: 'authenticate', status: 'unauthorized' } },
    ])
  })
})
