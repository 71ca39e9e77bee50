import type { BarMessage, QuoteMessage, StatusMessage, TradeMessage } from '#alpaca'

/** A Tuesday in New York at 10:00, in winter time. */
export const TEN_O_CLOCK = Date.parse('2026-11-24T15:00:00Z')

const stampOf = (at: number): { readonly at: number; readonly time: string } => ({
  at,
  time: new Date(at).toISOString(),
})

/** A quote of AAPL at 100.00 by 100.10, unless given otherwise. */
export const quote = (given: Partial<QuoteMessage> = {}): QuoteMessage => ({
  type: 'quote',
  symbol: 'AAPL',
  ...stampOf(given.at ?? TEN_O_CLOCK),
  bid: 100,
  bidSize: 200,
  ask: 100.1,
  askSize: 300,
  ...given,
})

/** A trade of 10 AAPL at 100.05 that sets the last price. */
export const trade = (given: Partial<TradeMessage> = {}): TradeMessage => ({
  type: 'trade',
  symbol: 'AAPL',
  ...stampOf(given.at ?? TEN_O_CLOCK),
  id: '1',
  price: 100.05,
  size: 10,
  exchange: 'V',
  conditions: ['@'],
  ...given,
})

/** A minute bar of AAPL that closed at 100. */
export const bar = (given: Partial<BarMessage> = {}): BarMessage => ({
  type: 'bar',
  symbol: 'AAPL',
  ...stampOf(given.at ?? TEN_O_CLOCK),
  open: 99.5,
  high: 100.5,
  low: 99,
  close: 100,
  volume: 1_000,
  ...given,
})

/** The running daily bar of the day that started at that New York midnight. */
export const dailyBar = (given: Partial<BarMessage> = {}): BarMessage =>
  bar({ type: 'dailyBar', at: Date.parse('2026-11-24T05:00:00Z'), ...given })

/** A news halt of AAPL. */
export const status = (given: Partial<StatusMessage> = {}): StatusMessage => ({
  type: 'status',
  symbol: 'AAPL',
  ...stampOf(given.at ?? TEN_O_CLOCK),
  statusCode: 'H',
  statusMessage: 'Trading Halt',
  reasonCode: 'T1',
  reasonMessage: 'Halt News Pending',
  ...given,
})
