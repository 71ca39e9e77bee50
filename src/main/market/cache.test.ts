import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, dailyBar, quote, status, TEN_O_CLOCK, trade } from '../../../tests/support/market-messages.ts'
import { BarCache } from './cache.ts'
import { currentPrice } from './price.ts'
import type { Received } from './received.ts'

const received = <M>(message: M, given: Partial<Received<M>> = {}): Received<M> => ({
  message,
  source: 'iex',
  receivedAt: TEN_O_CLOCK,
  ...given,
})

/** The price of AAPL by what the cache holds, as the grid's row takes it. */
function priced(cache: BarCache): string | undefined {
  const view = cache.get('AAPL')
  return view && currentPrice(view)?.price.toFixed()
}

test('a symbol is known from its first message on', () => {
  const cache = new BarCache()
  expect(cache.get('AAPL')).toBeUndefined()
  expect(cache.getQuote('AAPL')).toBeUndefined()
  cache.updateQuote(received(quote()))
  cache.updateBar(received(bar({ symbol: 'TSLA' })))
  expect(cache.allSymbols()).toEqual(['AAPL', 'TSLA'])
  expect(cache.getQuote('AAPL')?.message.bid).toBe(100)
  expect(cache.get('TSLA')?.bars.newest?.message.close).toBe(100)
})

test('another list watches its own symbols alone and keeps what is on both', () => {
  const cache = new BarCache()
  cache.watch(['AAPL', 'TSLA'])
  cache.updateQuote(received(quote()))
  cache.watch(['AAPL', 'NVDA'])
  expect(cache.allSymbols()).toEqual(['AAPL', 'NVDA'])
  expect(cache.getQuote('AAPL')?.message.bid).toBe(100)
  expect(cache.has('TSLA')).toBe(false)
})

test('a symbol that is watched again begins with what was known, as left over until a quote confirms it', () => {
  const cache = new BarCache()
  cache.watch(['AAPL', 'TSLA'])
  cache.updateQuote(received(quote()))
  cache.updateStatus(received(status()))
  cache.watch(['TSLA'])
  expect(cache.get('AAPL')).toBeUndefined()
  cache.watch(['AAPL'])
  expect(cache.get('AAPL')).toMatchObject({ isLeftOver: true, heardAt: undefined, halt: undefined })
  expect(priced(cache)).toBe('100.05')
  cache.updateQuote(received(quote({ bid: 101, ask: 101.1 })))
  expect(cache.get('AAPL')).toMatchObject({ isLeftOver: false, heardAt: TEN_O_CLOCK })
})

test('of symbols that are no longer watched, the last four hundred are kept', () => {
  const cache = new BarCache()
  const others = (count: number) => Array.from({ length: count }, (_, nth) => `S${nth}`)
  for (const [count, isKept] of [
    [399, true],
    [400, false],
  ] as const) {
    cache.watch(['AAPL'])
    cache.updateQuote(received(quote()))
    cache.watch(others(count))
    cache.watch([])
    cache.watch(['AAPL'])
    expect(priced(cache) !== undefined).toBe(isKept)
  }
})

test('the price is the mid, or the last close without a usable quote, or nothing', () => {
  const cache = new BarCache()
  cache.updateQuote(received(quote({ bid: 0, ask: 100.1 })))
  expect(priced(cache)).toBeUndefined()
  cache.updateBar(received(bar({ close: 99.99 })))
  expect(priced(cache)).toBe('99.99')
  cache.updateQuote(received(quote({ bid: 100, ask: 100.03 })))
  expect(priced(cache)).toBe('100.015')
  cache.updateQuote(received(quote({ bid: 100.05, ask: 100.03 })))
  expect(priced(cache)).toBe('99.99')
})

test('a quote whose spread is over 1% of its mid sets no price, unless wider ones are usual', () => {
  const cache = new BarCache()
  cache.updateTrade(received(trade({ price: 100.2 })))
  cache.updateQuote(received(quote({ bid: 99.5, ask: 100.5 })))
  expect(priced(cache)).toBe('100')
  cache.updateQuote(received(quote({ bid: 99.49, ask: 100.5 })))
  expect(priced(cache)).toBe('100.2')
  cache.setWidestSpread('AAPL', 0.0102)
  expect(priced(cache)).toBe('99.995')
})

test('without a usable quote the price is the last trade, or the close of a bar that ended after it', () => {
  const cache = new BarCache()
  cache.updateQuote(received(quote({ bid: 75, ask: 150 })))
  cache.updateBar(received(bar({ at: TEN_O_CLOCK - 60_000, close: 99 })))
  cache.updateTrade(received(trade({ at: TEN_O_CLOCK, price: 101 })))
  expect(priced(cache)).toBe('101')
  cache.updateTrade(received(trade({ at: TEN_O_CLOCK + 1, price: 50, conditions: ['@', 'I'] })))
  expect(priced(cache)).toBe('101')
  cache.updateBar(received(bar({ close: 102 }), { receivedAt: TEN_O_CLOCK + 61_000 }))
  expect(priced(cache)).toBe('102')
})

test('a bar that was fetched within its minute does not hide a trade after that', () => {
  const cache = new BarCache()
  cache.updateBar(received(bar({ close: 102 }), { source: 'rest', receivedAt: TEN_O_CLOCK + 20_000 }))
  cache.updateTrade(received(trade({ at: TEN_O_CLOCK + 30_000, price: 103 })))
  expect(priced(cache)).toBe('103')
})

test('the newest quote wins, in whatever order quotes arrive', () => {
  const stamps = fc.uniqueArray(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(stamps, (order) => {
      const cache = new BarCache()
      for (const stamp of order)
        cache.updateQuote(received(quote({ at: TEN_O_CLOCK + stamp, bid: 1 + stamp, ask: 2 + stamp })))
      expect(cache.getQuote('AAPL')?.message.bid).toBe(1 + Math.max(...order))
    }),
  )
})

test('a repeated quote is not a change, whatever its sizes, but its sizes and timestamp are kept', () => {
  const cache = new BarCache()
  expect(cache.updateQuote(received(quote()))).toBe('changed')
  const repeated = quote({ at: TEN_O_CLOCK + 1, bidSize: 1, askSize: 2 })
  expect(cache.updateQuote(received(repeated))).toBe('unchanged')
  expect(cache.getQuote('AAPL')?.message).toBe(repeated)
  expect(cache.updateQuote(received(quote({ at: TEN_O_CLOCK + 2, bid: 99.99 })))).toBe('changed')
  expect(cache.updateQuote(received(quote({ at: TEN_O_CLOCK + 1 })))).toBe('late')
})

test('the first streamed quote counts as a change even if it repeats the fetched one', () => {
  const cache = new BarCache()
  cache.updateQuote(received(quote(), { source: 'rest' }))
  expect(cache.updateQuote(received(quote()))).toBe('changed')
  expect(cache.getQuote('AAPL')?.source).toBe('iex')
})

test('a snapshot fills in what is missing and never overrides newer streamed data', () => {
  const cache = new BarCache()
  cache.updateQuote(received(quote({ at: TEN_O_CLOCK })))
  cache.updateQuote(received(quote({ at: TEN_O_CLOCK - 1, bid: 98 }), { source: 'rest' }))
  cache.updateQuote(received(quote({ at: TEN_O_CLOCK, bid: 98 }), { source: 'rest' }))
  expect(cache.getQuote('AAPL')?.message.bid).toBe(100)
  cache.updateQuote(received(quote({ at: TEN_O_CLOCK + 1, bid: 98 }), { source: 'rest' }))
  expect(cache.getQuote('AAPL')?.message.bid).toBe(98)
})

test('every price keeps its source, its timestamp and its arrival time', () => {
  const cache = new BarCache()
  const provenance = { source: 'sip', receivedAt: TEN_O_CLOCK + 42 } as const
  cache.updateQuote(received(quote(), provenance))
  cache.updateTrade(received(trade(), provenance))
  cache.updateBar(received(bar(), provenance))
  cache.updateDailyBar(received(dailyBar(), provenance))
  const view = cache.get('AAPL')
  for (const kept of [view?.quote, view?.trade, view?.bars.newest, view?.daily?.bar])
    expect(kept).toMatchObject(provenance)
})

test('odd lots and late trades do not set the last trade', () => {
  const cache = new BarCache()
  expect(cache.updateTrade(received(trade({ id: '1' })))).toBe(true)
  expect(cache.updateTrade(received(trade({ id: '2', conditions: ['@', 'I'], at: TEN_O_CLOCK + 1 })))).toBe(
    false,
  )
  expect(cache.updateTrade(received(trade({ id: '3', at: TEN_O_CLOCK - 1 })))).toBe(false)
  expect(cache.get('AAPL')?.trade?.message.id).toBe('1')
})

const stamp = { symbol: 'AAPL', at: TEN_O_CLOCK, time: '2026-11-24T15:00:00Z', exchange: 'V' }
const original = { id: '7', price: 100.05, size: 10 }
const corrected = { id: '8', price: 100.04, size: 10, conditions: ['@'] }

test('a corrected last trade shows the corrected price; a canceled one is not shown', () => {
  const cache = new BarCache()
  cache.updateTrade(received(trade({ id: '7' })))
  const other = { ...original, id: '6' }
  expect(cache.reviseTrade({ type: 'correction', ...stamp, original: other, corrected })).toBe(false)
  expect(cache.reviseTrade({ type: 'correction', ...stamp, original, corrected })).toBe(true)
  expect(cache.get('AAPL')?.trade?.message).toMatchObject({ id: '8', price: 100.04 })
  const canceled = { type: 'cancelError', ...stamp, ...corrected, action: 'C' } as const
  expect(cache.reviseTrade(canceled)).toBe(true)
  expect(cache.get('AAPL')?.trade).toBeUndefined()
})

test('once the last trade is canceled, or corrected to one that sets no price, the one before is the last', () => {
  const cancel = { type: 'cancelError', ...stamp, ...original, action: 'C' } as const
  const oddLot = {
    type: 'correction',
    ...stamp,
    original,
    corrected: { ...corrected, conditions: ['I'] },
  } as const
  for (const revision of [cancel, oddLot]) {
    const cache = new BarCache()
    cache.updateTrade(received(trade({ id: '6' })))
    cache.updateTrade(received(trade({ ...original, at: TEN_O_CLOCK + 1 })))
    cache.updateTrade(received(trade({ ...original, at: TEN_O_CLOCK + 1 })))
    expect(cache.reviseTrade(revision)).toBe(true)
    expect(cache.get('AAPL')?.trade?.message.id).toBe('6')
  }
})

test('a trade that was canceled before the last one is not the last once that is canceled too', () => {
  const cache = new BarCache()
  cache.updateTrade(received(trade({ id: '6' })))
  cache.updateTrade(received(trade({ id: '7', at: TEN_O_CLOCK + 1 })))
  expect(cache.reviseTrade({ type: 'cancelError', ...stamp, ...original, id: '6', action: 'C' })).toBe(false)
  expect(cache.reviseTrade({ type: 'cancelError', ...stamp, ...original, action: 'C' })).toBe(true)
  expect(cache.get('AAPL')?.trade).toBeUndefined()
})

test('the trade of another exchange under the same id is another, and one without an id is none', () => {
  const cache = new BarCache()
  cache.updateTrade(received(trade({ id: '7' })))
  const canceled = { type: 'cancelError', ...stamp, ...original, action: 'C' } as const
  expect(cache.reviseTrade({ ...canceled, exchange: 'D' })).toBe(false)
  cache.updateTrade(received(trade({ id: '' })))
  expect(cache.reviseTrade({ ...canceled, id: '' })).toBe(false)
})

test('quotes of one moment are one burst, later ones another', () => {
  const cache = new BarCache()
  const burstsAfter = (...waits: readonly number[]) => {
    for (const ms of waits)
      cache.updateQuote(received(quote({ at: TEN_O_CLOCK + ms }), { receivedAt: TEN_O_CLOCK + ms }))
    return cache.get('AAPL')?.bursts
  }
  expect(burstsAfter(0)).toBe(1)
  expect(burstsAfter(0, 0)).toBe(1)
  expect(burstsAfter(10_000)).toBe(2)
})

test('a symbol is halted until it resumes, or until a trade shows that it has', () => {
  const cache = new BarCache()
  expect(cache.updateStatus(received(status()))).toBe(true)
  expect(cache.get('AAPL')?.halt?.reason).toBe('Halt News Pending')
  cache.updateTrade(received(trade({ at: TEN_O_CLOCK + 1_000 })))
  expect(cache.get('AAPL')?.halt?.reason).toBe('Halt News Pending')
  cache.updateTrade(received(trade({ at: TEN_O_CLOCK + 60_000 })))
  expect(cache.get('AAPL')?.halt).toBeUndefined()
  cache.updateStatus(received(status({ at: TEN_O_CLOCK + 70_000 })))
  expect(cache.updateStatus(received(status({ at: TEN_O_CLOCK + 80_000, statusCode: 'T' })))).toBe(true)
  expect(cache.get('AAPL')?.halt).toBeUndefined()
})

const MONDAY = Date.parse('2026-11-23T05:00:00Z')
const FRIDAY = Date.parse('2026-11-20T05:00:00Z')

test('changes are measured from the previous day’s close, and the day’s fields are today’s', () => {
  const cache = new BarCache()
  cache.startDay('2026-11-24')
  cache.updateDailyBar(received(dailyBar({ close: 101, high: 103 })))
  cache.updateDailyBar(received(dailyBar({ at: MONDAY, close: 99 }), { source: 'rest' }))
  expect(cache.day('AAPL').today?.bar.message.high).toBe(103)
  expect(cache.day('AAPL').previousClose?.close).toBe(99)
  expect(cache.day('TSLA')).toEqual({ today: undefined, previousClose: undefined })
})

test('when a day begins, yesterday’s close becomes the baseline and the day’s fields are empty', () => {
  const cache = new BarCache()
  cache.startDay('2026-11-23')
  cache.updateDailyBar(received(dailyBar({ at: FRIDAY, close: 98 })))
  cache.updateDailyBar(received(dailyBar({ at: MONDAY, close: 99 })))
  expect(cache.day('AAPL').previousClose?.close).toBe(98)
  cache.startDay('2026-11-24')
  expect(cache.day('AAPL').today).toBeUndefined()
  expect(cache.day('AAPL').previousClose?.close).toBe(99)
  cache.updateDailyBar(received(dailyBar({ close: 101 })))
  expect(cache.day('AAPL').today?.bar.message.close).toBe(101)
  expect(cache.day('AAPL').previousClose?.close).toBe(99)
})

test('yesterday’s official close replaces the running bar from the stream', () => {
  const cache = new BarCache()
  cache.startDay('2026-11-24')
  cache.updateDailyBar(received(dailyBar({ at: MONDAY, close: 99 })))
  cache.updateDailyBar(received(dailyBar({ close: 101 })))
  expect(cache.updateDailyBar(received(dailyBar({ at: MONDAY, close: 99.5 }), { source: 'rest' }))).toBe(true)
  expect(cache.updateDailyBar(received(dailyBar({ at: FRIDAY, close: 98 }), { source: 'rest' }))).toBe(false)
  expect(cache.day('AAPL').previousClose?.close).toBe(99.5)
})

test('the official close of all exchanges replaces that of one, unless the one knows a later day', () => {
  const cache = new BarCache()
  cache.startDay('2026-11-24')
  cache.updateDailyBar(received(dailyBar({ at: MONDAY, close: 99 }), { source: 'rest' }), 'iex')
  cache.setOfficialDailyBar(received(dailyBar({ at: FRIDAY, close: 97 }), { source: 'rest' }), 'sip')
  expect(cache.day('AAPL').previousClose).toEqual({ close: 99, of: { feed: 'iex', day: '2026-11-23' } })
  cache.setOfficialDailyBar(received(dailyBar({ at: MONDAY, close: 98.9 }), { source: 'rest' }), 'sip')
  expect(cache.day('AAPL').previousClose).toEqual({ close: 98.9, of: { feed: 'sip', day: '2026-11-23' } })
  cache.startDay('2026-11-23')
  expect(cache.day('AAPL').previousClose).toBeUndefined()
})

test('a fetched daily bar that the stream has overtaken is not used', () => {
  const cache = new BarCache()
  cache.updateDailyBar(received(dailyBar({ volume: 500 })))
  expect(cache.updateDailyBar(received(dailyBar({ volume: 400 }), { source: 'rest' }))).toBe(false)
  expect(cache.updateDailyBar(received(dailyBar({ volume: 600 }), { source: 'rest' }))).toBe(true)
  expect(cache.day('AAPL').today?.bar.message.volume).toBe(600)
})

test('in a market that never closes, the latest daily bar is today’s', () => {
  const cache = new BarCache()
  cache.updateDailyBar(received(dailyBar({ at: MONDAY, close: 99 })))
  expect(cache.day('AAPL').today?.day).toBe('2026-11-23')
})

test('every streamed message counts as hearing from the symbol; fetched ones do not', () => {
  const cache = new BarCache()
  cache.updateQuote(received(quote(), { source: 'rest' }))
  expect(cache.get('AAPL')).toMatchObject({ heardAt: undefined, fetchedAt: TEN_O_CLOCK, bursts: 0 })
  cache.updateQuote(received(quote({ at: TEN_O_CLOCK - 5_000 })))
  expect(cache.get('AAPL')).toMatchObject({ heardAt: TEN_O_CLOCK, heardStamp: TEN_O_CLOCK - 5_000 })
  cache.updateTrade(received(trade({ conditions: ['I'] }), { receivedAt: TEN_O_CLOCK + 1_500 }))
  expect(cache.get('AAPL')).toMatchObject({
    heardAt: TEN_O_CLOCK + 1_500,
    heardStamp: TEN_O_CLOCK,
    bursts: 2,
  })
  cache.updateBar(received(bar({ at: TEN_O_CLOCK }), { receivedAt: TEN_O_CLOCK + 61_000 }))
  expect(cache.get('AAPL')).toMatchObject({ heardStamp: TEN_O_CLOCK + 60_000, bursts: 3 })
})

test('any number of ticks within a second are one burst', () => {
  const cache = new BarCache()
  for (let tick = 0; tick < 100; tick++)
    cache.updateQuote(received(quote({ at: TEN_O_CLOCK + tick }), { receivedAt: TEN_O_CLOCK + tick * 10 }))
  expect(cache.get('AAPL')?.bursts).toBe(1)
})

test('an absurd timestamp from the future does not hide that the symbol is silent', () => {
  const cache = new BarCache()
  cache.updateQuote(received(quote({ at: TEN_O_CLOCK * 2 })))
  expect(cache.get('AAPL')?.heardStamp).toBe(TEN_O_CLOCK + 60_000)
})
