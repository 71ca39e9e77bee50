import { expect, test } from 'vitest'
import { bar, dailyBar, quote, TEN_O_CLOCK, trade } from '../../../tests/support/market-messages.ts'
import { BarCache } from './cache.ts'
import { fillSnapshot } from './fill.ts'

const YESTERDAY = Date.parse('2026-11-23T05:00:00Z')

test('a snapshot fills quote, trade, bar and both days, but does not replace newer data from the stream', () => {
  const cache = new BarCache()
  cache.startDay('2026-11-24')
  const later = quote({ bid: 100.05, at: TEN_O_CLOCK + 1 })
  cache.updateQuote({ message: later, source: 'iex', receivedAt: TEN_O_CLOCK })
  const snapshot = {
    symbol: 'AAPL',
    latestQuote: quote(),
    latestTrade: trade(),
    minuteBar: bar(),
    dailyBar: dailyBar({ open: 98 }),
    previousDailyBar: dailyBar({ at: YESTERDAY, close: 97 }),
  }
  fillSnapshot(cache, snapshot, 'iex', TEN_O_CLOCK + 2)
  expect(cache.getQuote('AAPL')?.message).toBe(later)
  const rest = { source: 'rest', receivedAt: TEN_O_CLOCK + 2 }
  expect(cache.get('AAPL')?.trade).toMatchObject({ message: snapshot.latestTrade, ...rest })
  expect(cache.get('AAPL')?.bars.newest).toMatchObject({ message: snapshot.minuteBar, ...rest })
  const { today, previousClose } = cache.day('AAPL')
  expect([today?.bar.message.open, previousClose?.close]).toEqual([98, 97])
})
