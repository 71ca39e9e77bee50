import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import type { MarketRow, Sparkline } from '#shared/market'
import type { Freshness } from '#shared/provenance'
import { stockSymbol } from '#shared/units'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { bar, dailyBar, quote, status, TEN_O_CLOCK, trade } from '../../../tests/support/market-messages.ts'
import type { MarketDataMessage } from '#alpaca'
import { silentLog } from '#process/log'
import { createBus } from './bus.ts'
import { BarCache } from './cache.ts'
import { notConnected } from './next-connection.ts'
import { RowPublisher } from './row-publisher.ts'
import type { MarketEvents } from './market-events.ts'
import { StreamHandler } from './stream-handler.ts'

const [AAPL, TSLA] = [stockSymbol.parse('AAPL'), stockSymbol.parse('TSLA')]
const meter = { trackMessage() {}, trackDuplicate() {}, trackError() {} }

afterEach(() => {
  vi.useRealTimers()
})

function setUp({ visible = true, throttleMs = 100 } = {}) {
  const clock = new ManualClock(TEN_O_CLOCK)
  const cache = new BarCache()
  cache.watch([AAPL, TSLA])
  const bus = createBus<MarketEvents>((_name, cause) => {
    throw cause
  })
  const handler = new StreamHandler({ cache, bus, meter, source: 'iex', log: silentLog })
  const sent: { readonly at: number; readonly rows: readonly MarketRow[] }[] = []
  const sparklines: (readonly Sparkline[])[] = []
  const freshness = new Map<string, Freshness>()
  const feed = new RowPublisher({
    symbols: [AAPL, TSLA],
    cache,
    bus,
    freshness: (symbol) => freshness.get(symbol) ?? 'live',
    sendRows: (rows) => sent.push({ at: clock.now() - TEN_O_CLOCK, rows }),
    sendSparklines: (lines) => sparklines.push(lines),
    throttleMs,
    clock,
  })
  const stop = feed.start()
  feed.setVisible(visible)
  clock.turnAtOnce(0)
  sent.length = 0 // the first rows, which are waiting for their first price
  const receive = (message: MarketDataMessage) => handler.handle(message, clock.now())
  /** A quote with this bid, timestamped now. */
  const receiveBid = (bid: number, symbol = 'AAPL') =>
    receive(quote({ symbol, bid, ask: bid + 1, at: clock.now() }))
  return { clock, cache, bus, feed, stop, sent, sparklines, freshness, receive, receiveBid }
}

const prices = (sent: readonly { readonly rows: readonly MarketRow[] }[]) =>
  sent.map(({ rows }) => rows.map(({ symbol, price }) => `${symbol} ${price}`))

test('everything within a throttle interval is sent as one message with the newest values', () => {
  const { clock, sent, receiveBid } = setUp()
  clock.turnAtOnce(1_000)
  sent.length = 0
  for (const bid of [100, 101, 102]) receiveBid(bid)
  receiveBid(200, 'TSLA')
  clock.turnAtOnce(50)
  receiveBid(103)
  clock.turnAtOnce(200)
  expect(prices(sent)).toEqual([['AAPL 102.5', 'TSLA 200.5'], ['AAPL 103.5']])
})

test('no symbol is sent twice within the interval, and the last price always arrives', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 500 })), {
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(steps, fc.constantFrom(50, 100, 1_000), (quotes, throttleMs) => {
      const { clock, sent, receiveBid } = setUp({ throttleMs })
      clock.turnAtOnce(2_000)
      sent.length = 0
      for (const [waitMs, bid] of quotes) {
        clock.turnAtOnce(waitMs)
        receiveBid(bid)
      }
      clock.turnAtOnce(throttleMs)
      const times = sent.map(({ at }) => at)
      times
        .slice(1)
        .forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(throttleMs))
      expect(sent.at(-1)?.rows.at(-1)?.bid).toBe(String(quotes.at(-1)?.[1]))
    }),
  )
})

test('a changed throttle applies from the next message on', () => {
  const { clock, feed, sent, receiveBid } = setUp()
  clock.turnAtOnce(1_000)
  feed.setThrottle(1_000)
  sent.length = 0
  for (let step = 0; step < 20; step++) {
    receiveBid(100 + step)
    clock.turnAtOnce(100)
  }
  expect(sent.length).toBeLessThanOrEqual(3)
})

test('nothing is sent to a hidden window, and everything that changed is sent when it is visible again', () => {
  const { clock, feed, sent, sparklines, receive, receiveBid } = setUp({ visible: false })
  receiveBid(100)
  receive(bar())
  clock.turnAtOnce(10_000)
  expect(sent).toEqual([])
  expect(clock.waiting).toBe(0)
  feed.setVisible(true)
  clock.turnAtOnce(0)
  expect(prices(sent)).toEqual([['AAPL 100.5', 'TSLA undefined']])
  expect(sparklines).toHaveLength(1)
})

test('hiding a window cancels the pending message', () => {
  const { clock, feed, sent, receiveBid } = setUp()
  receiveBid(100)
  feed.setVisible(false)
  clock.turnAtOnce(1_000)
  expect(sent).toEqual([])
})

test('while nothing changes, nothing is sent', () => {
  const { clock, sent, receiveBid } = setUp()
  receiveBid(100)
  clock.turnAtOnce(100)
  sent.length = 0
  clock.turnAtOnce(60_000)
  expect(sent).toEqual([])
})

test('a row is sent again within half a second if only its freshness changed', () => {
  const { clock, sent, freshness, receiveBid } = setUp()
  receiveBid(100)
  clock.turnAtOnce(1_000)
  sent.length = 0
  freshness.set('AAPL', 'ageing')
  clock.turnAtOnce(500)
  expect(sent.flatMap(({ rows }) => rows)).toEqual([
    expect.objectContaining({ symbol: 'AAPL', freshness: 'ageing' }),
  ])
})

test('a repeated quote does not change the price, but its sizes are shown within half a second', () => {
  const { clock, sent, receive } = setUp()
  receive(quote())
  clock.turnAtOnce(1_000)
  sent.length = 0
  receive(quote({ bidSize: 7, at: TEN_O_CLOCK + 1_000 }))
  clock.turnAtOnce(99)
  expect(sent).toEqual([])
  clock.turnAtOnce(501)
  expect(sent.flatMap(({ rows }) => rows)).toEqual([expect.objectContaining({ symbol: 'AAPL', bidSize: 7 })])
})

test('a snapshot holds every watched symbol', () => {
  const { feed, receive, receiveBid, clock } = setUp()
  receiveBid(100)
  receive(bar())
  clock.turnAtOnce(200)
  receiveBid(101)
  const { rows, sparklines } = feed.snapshot()
  expect(rows.map(({ symbol, price }) => [symbol, price])).toEqual([
    ['AAPL', '101.5'],
    ['TSLA', undefined],
  ])
  expect(sparklines.map(({ symbol, closes }) => [symbol, closes.length])).toEqual([
    ['AAPL', 1],
    ['TSLA', 0],
  ])
})

test('a sparkline is sent when a bar comes, not when the price moves', () => {
  const { clock, sparklines, receive, receiveBid } = setUp()
  receive(bar())
  clock.turnAtOnce(200)
  receiveBid(100)
  clock.turnAtOnce(200)
  expect(sparklines.map((lines) => lines.map(({ symbol }) => symbol))).toEqual([['AAPL']])
})

test('trades, revisions, daily bars and halts reach the window', () => {
  const { clock, sent, receive } = setUp()
  const steps: MarketDataMessage[] = [
    trade({ id: '7' }),
    {
      type: 'cancelError',
      exchange: 'V',
      symbol: 'AAPL',
      at: 0,
      time: '',
      id: '7',
      price: 1,
      size: 1,
      action: 'C',
    },
    dailyBar(),
    status(),
  ]
  for (const message of steps) {
    receive(message)
    clock.turnAtOnce(100)
  }
  const rows = sent.flatMap((message) => message.rows)
  expect(rows.map(({ lastTrade, dayOpen, halt }) => [lastTrade?.price, dayOpen, halt?.code])).toEqual([
    ['100.05', undefined, undefined],
    [undefined, undefined, undefined],
    [undefined, '99.5', undefined],
    [undefined, '99.5', 'T1'],
  ])
})

test('a new session, a changed connection and filled symbols refresh their rows', () => {
  const { clock, bus, sent, freshness } = setUp()
  bus.publish('session', { phase: 'regular', day: '2026-11-24', earlyClose: false })
  clock.turnAtOnce(100)
  expect(sent.at(-1)?.rows).toHaveLength(2)
  freshness.set('TSLA', 'disconnected')
  bus.publish('connection', notConnected(0, 'connecting'))
  clock.turnAtOnce(100)
  expect(sent.at(-1)?.rows.map(({ symbol }) => symbol)).toEqual(['TSLA'])
  bus.publish('filled', { symbols: ['AAPL', 'UNWATCHED'] })
  clock.turnAtOnce(100)
  expect(sent.at(-1)?.rows.map(({ symbol }) => symbol)).toEqual(['AAPL'])
})

test('a connection that was lost only while the window was hidden sends nothing', () => {
  const { clock, bus, feed, sent, freshness } = setUp()
  clock.turnAtOnce(100)
  sent.length = 0
  feed.setVisible(false)
  freshness.set('TSLA', 'disconnected')
  bus.publish('connection', notConnected(0, 'connecting'))
  freshness.set('TSLA', 'live')
  feed.setVisible(true)
  clock.turnAtOnce(1_000)
  expect(sent).toEqual([])
})

test('a new watchlist is sent immediately, and symbols that left it are no longer sent', () => {
  const { clock, cache, feed, sent, receiveBid } = setUp()
  const NVDA = stockSymbol.parse('NVDA')
  receiveBid(100, 'TSLA')
  cache.watch([AAPL, NVDA])
  feed.watch([AAPL, NVDA])
  clock.turnAtOnce(100)
  expect(
    sent
      .at(-1)
      ?.rows.map(({ symbol }) => symbol)
      .sort(),
  ).toEqual(['AAPL', 'NVDA'])
  const count = sent.length
  receiveBid(101, 'TSLA')
  clock.turnAtOnce(1_000)
  expect(sent).toHaveLength(count)
})

test('an empty watchlist leaves nothing to send', () => {
  const { clock, feed, sent, receiveBid } = setUp()
  receiveBid(100)
  feed.watch([])
  clock.turnAtOnce(1_000)
  expect(sent).toEqual([])
})

test('a watched symbol that is not in the cache is shown as waiting, and is not sent repeatedly', () => {
  const { clock, feed, sent, freshness } = setUp()
  freshness.set('NVDA', 'waiting')
  feed.watch([stockSymbol.parse('NVDA')])
  clock.turnAtOnce(5_000)
  expect(sent.flatMap(({ rows }) => rows)).toEqual([{ symbol: 'NVDA', freshness: 'waiting' }])
  expect(feed.snapshot().sparklines).toEqual([])
})

test('after it is stopped nothing is sent and no timer is left', () => {
  const { clock, stop, sent, receiveBid } = setUp()
  receiveBid(100)
  stop()
  receiveBid(101)
  clock.turnAtOnce(1_000)
  expect(sent).toEqual([])
  expect(clock.waiting).toBe(0)
})
