import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { bar, dailyBar, quote, status, TEN_O_CLOCK, trade } from '../../../tests/support/market-messages.ts'
import { silentLog } from '#process/log'
import { createBus } from './bus.ts'
import { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'
import { StreamHandler } from './stream-handler.ts'

const NAMES = ['quote', 'bar', 'dailyBar', 'trade', 'tradeRevised', 'halt'] as const

function setUp() {
  const cache = new BarCache()
  cache.watch(['AAPL'])
  const bus = createBus<MarketEvents>((_name, cause) => {
    throw cause
  })
  const told: string[] = []
  for (const name of NAMES) bus.subscribe(name, () => told.push(name))
  const meter = { trackMessage: vi.fn(), trackDuplicate: vi.fn(), trackError: vi.fn() }
  const handler = new StreamHandler({ cache, bus, meter, source: 'iex', log: silentLog })
  return { cache, bus, told, meter, handler }
}

let deps: ReturnType<typeof setUp>
beforeEach(() => {
  deps = setUp()
})

test('a quote is published if its bid or ask differs, and counted in any case', () => {
  const { handler, told, meter } = deps
  handler.handle(quote(), TEN_O_CLOCK)
  handler.handle(quote({ bidSize: 1, at: TEN_O_CLOCK + 1 }), TEN_O_CLOCK)
  handler.handle(quote({ ask: 100.2, at: TEN_O_CLOCK + 2 }), TEN_O_CLOCK)
  expect(told).toEqual(['quote', 'quote'])
  expect(meter.trackMessage).toHaveBeenCalledTimes(3)
  expect(meter.trackDuplicate).toHaveBeenCalledTimes(1)
})

test('exactly the changes of bid or ask are published', () => {
  const cents = fc.integer({ min: 100, max: 102 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cents, cents, fc.integer({ min: 1, max: 3 })), { maxLength: 60 }),
      (sides) => {
        const { handler, bus, meter } = setUp()
        const heard: string[] = []
        bus.subscribe('quote', ({ message }) => heard.push(`${message.bid} ${message.ask}`))
        sides.forEach(([bid, ask, bidSize], index) =>
          handler.handle(quote({ bid, ask, bidSize, at: TEN_O_CLOCK + index }), TEN_O_CLOCK),
        )
        const all = sides.map(([bid, ask]) => `${bid} ${ask}`)
        const changes = all.filter((each, index) => each !== all[index - 1])
        expect(heard).toEqual(changes)
        expect(meter.trackDuplicate).toHaveBeenCalledTimes(all.length - changes.length)
      },
    ),
  )
})

test('a quote that comes after a newer one is not published', () => {
  const { handler, told, meter } = deps
  handler.handle(quote(), TEN_O_CLOCK)
  handler.handle(quote({ bid: 99, at: TEN_O_CLOCK - 1 }), TEN_O_CLOCK)
  expect(told).toEqual(['quote'])
  expect(meter.trackDuplicate).not.toHaveBeenCalled()
})

test('a bar is not published once its correction is there', () => {
  const { handler, bus } = deps
  const types: string[] = []
  bus.subscribe('bar', ({ message }) => types.push(message.type))
  handler.handle(bar(), TEN_O_CLOCK)
  handler.handle(bar({ type: 'updatedBar' }), TEN_O_CLOCK)
  handler.handle(bar(), TEN_O_CLOCK)
  expect(types).toEqual(['bar', 'updatedBar'])
})

test('trades, statuses and the daily bar are cached and published', () => {
  const { handler, told, cache } = deps
  handler.handle(trade(), TEN_O_CLOCK)
  handler.handle(status({ statusCode: 'E' }), TEN_O_CLOCK)
  handler.handle(dailyBar(), TEN_O_CLOCK)
  expect(told).toEqual(['trade', 'dailyBar'])
  expect(cache.get('AAPL')).toMatchObject({ trade: { source: 'iex' }, daily: { day: '2026-11-24' } })
})

test('a halt and its end are published once each', () => {
  const { handler, bus, cache } = deps
  const reasons: (string | undefined)[] = []
  bus.subscribe('halt', ({ symbol }) => reasons.push(cache.get(symbol)?.halt?.reason))
  handler.handle(status(), TEN_O_CLOCK)
  handler.handle(status({ statusCode: 'E', at: TEN_O_CLOCK + 1 }), TEN_O_CLOCK)
  handler.handle(status({ statusCode: 'T', at: TEN_O_CLOCK + 2 }), TEN_O_CLOCK)
  expect(reasons).toEqual(['Halt News Pending', undefined])
})

test('a trade that shows the end of a halt publishes it', () => {
  const { handler, told } = deps
  handler.handle(status(), TEN_O_CLOCK)
  handler.handle(trade({ at: TEN_O_CLOCK + 100 }), TEN_O_CLOCK)
  handler.handle(trade({ at: TEN_O_CLOCK + 60_000 }), TEN_O_CLOCK)
  expect(told).toEqual(['halt', 'trade', 'trade', 'halt'])
})

test('a revision is published if it affects the last trade', () => {
  const { handler, told } = deps
  handler.handle(trade({ id: '7' }), TEN_O_CLOCK)
  const canceled = {
    symbol: 'AAPL',
    at: TEN_O_CLOCK,
    time: '',
    exchange: 'V',
    price: 1,
    size: 1,
    action: 'C',
  }
  handler.handle({ type: 'cancelError', ...canceled, id: '6' }, TEN_O_CLOCK)
  handler.handle({ type: 'cancelError', ...canceled, id: '7' }, TEN_O_CLOCK)
  expect(told).toEqual(['trade', 'tradeRevised'])
})

test('nothing uses price bands and imbalances yet', () => {
  const { handler, told } = deps
  const stamp = { symbol: 'AAPL', at: TEN_O_CLOCK, time: '' }
  handler.handle({ type: 'luld', ...stamp, limitUp: 105, limitDown: 95, indicator: 'B' }, TEN_O_CLOCK)
  handler.handle({ type: 'imbalance', ...stamp, price: 100 }, TEN_O_CLOCK)
  expect(told).toEqual([])
})

test('a message for an unwatched symbol is counted and leaves no trace', () => {
  const { handler, told, cache, meter } = deps
  handler.handle(quote({ symbol: 'ZZZZ' }), TEN_O_CLOCK)
  expect(told).toEqual([])
  expect(cache.allSymbols()).toEqual(['AAPL'])
  expect(meter.trackError).toHaveBeenCalledExactlyOnceWith('unwatched symbol', TEN_O_CLOCK)
})
