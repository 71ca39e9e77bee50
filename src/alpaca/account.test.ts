import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { account, fill, portfolioHistory, position } from './account.ts'
import { asset, calendarDay, marketClock } from './reference.ts'

test('an account has exact money, however many digits Alpaca sends', () => {
  const read = account.parse({
    id: 'a3b1',
    account_number: 'PA3DEMO00001',
    status: 'ACTIVE',
    cash: '80210.55',
    last_equity: '100102.09751111286868',
    buying_power: 180944.72,
    short_market_value: '-0.5',
    multiplier: '2',
    pattern_day_trader: false,
    created_at: '2026-01-05T14:00:00.123456Z',
  })
  expect(read).toMatchObject({ accountNumber: 'PA3DEMO00001', status: 'ACTIVE', tradingBlocked: false })
  expect(read.lastEquity?.toFixed()).toBe('100102.09751111286868')
  expect(read.buyingPower?.toFixed()).toBe('180944.72')
  expect(read.shortMarketValue?.toFixed()).toBe('-0.5')
  expect(read.equity).toBeUndefined()
})

test('an account with only the required fields is still an account', () => {
  expect(account.parse({ id: 'a', status: 'ONBOARDING' })).toMatchObject({
    accountNumber: '',
    status: 'ONBOARDING',
  })
  expect(account.safeParse({ id: 'a' }).success).toBe(false)
})

test('a figure that cannot be read is unknown, and costs neither the account nor the position', () => {
  const read = account.parse({ id: 'a', status: 'ACTIVE', equity: 'much', cash: '1e999', last_equity: {} })
  expect([read.equity, read.cash, read.lastEquity]).toEqual([undefined, undefined, undefined])
  const held = { asset_id: 'x', symbol: 'KLMN', side: 'long', qty: '10' }
  expect(position.parse({ ...held, market_value: 'NaN', avg_entry_price: '?' })).toMatchObject({
    marketValue: undefined,
    avgEntryPrice: undefined,
  })
  expect(position.safeParse({ ...held, qty: 'many' }).success).toBe(false)
})

test('a position without a price has none, rather than zero', () => {
  const read = position.parse({
    asset_id: 'x',
    symbol: 'KLMN',
    side: 'short',
    qty: '-12.5',
    avg_entry_price: '47.9',
    current_price: null,
  })
  expect(read.qty).toEqual(new Decimal('-12.5'))
  expect(read.currentPrice).toBeUndefined()
  expect(read.unrealizedPl).toBeUndefined()
})

test('a fill keeps its timestamp to the nanosecond', () => {
  const read = fill.parse({
    id: '20261120150407000::6b0f',
    activity_type: 'FILL',
    transaction_time: '2026-11-20T15:04:07.100200300Z',
    type: 'partial_fill',
    price: '48.04',
    qty: '4',
    side: 'buy',
    symbol: 'KLMN',
    leaves_qty: '6',
    order_id: 'e1f2',
    cum_qty: '4',
    order_status: 'partially_filled',
  })
  expect(read).toMatchObject({
    orderId: 'e1f2',
    price: new Decimal('48.04'),
    time: '2026-11-20T15:04:07.100200300Z',
    at: Date.parse('2026-11-20T15:04:07.100Z'),
  })
})

test('an account history has one point per time, with gaps where nothing is known', () => {
  const read = portfolioHistory.parse({
    timestamp: [1795185000, 1795185300],
    equity: [100100.2, null],
    profit_loss: [0, null],
    profit_loss_pct: [0],
    base_value: 100100.2,
    timeframe: '5Min',
  })
  expect(read.baseValue?.toFixed()).toBe('100100.2')
  expect(read.points).toEqual([
    {
      at: 1795185000000,
      equity: new Decimal('100100.2'),
      profitLoss: new Decimal(0),
      profitLossPct: new Decimal(0),
    },
    { at: 1795185300000, equity: undefined, profitLoss: undefined, profitLossPct: undefined },
  ])
})

test('a half day closes at 13:00, and both formats of a time of day are read alike', () => {
  const day = {
    date: '2026-11-27',
    open: '09:30',
    close: '13:00',
    session_open: '0400',
    session_close: '1700',
  }
  expect(calendarDay.parse(day)).toEqual({
    date: '2026-11-27',
    open: '09:30',
    close: '13:00',
    sessionOpen: '04:00',
    sessionClose: '17:00',
  })
  expect(calendarDay.safeParse({ ...day, close: '1 pm' }).success).toBe(false)
})

test("the exchange's clock is read whatever its offset", () => {
  const clock = marketClock.parse({
    timestamp: '2026-11-20T10:15:30.123456789-05:00',
    is_open: true,
    next_open: '2026-11-23T09:30:00-05:00',
    next_close: '2026-11-20T16:00:00-05:00',
  })
  expect(clock).toEqual({
    timestamp: Date.parse('2026-11-20T15:15:30.123Z'),
    isOpen: true,
    nextOpen: Date.parse('2026-11-23T14:30:00Z'),
    nextClose: Date.parse('2026-11-20T21:00:00Z'),
  })
})

test('an asset tells what may be done with it', () => {
  const read = asset.parse({
    id: '5d0c',
    class: 'us_equity',
    exchange: 'NASDAQ',
    symbol: 'KLMN',
    name: 'Klemen Industries Common Stock',
    status: 'active',
    tradable: true,
    shortable: true,
    borrow_status: 'easy_to_borrow',
    attributes: ['fractional_eh_enabled'],
  })
  expect(read).toMatchObject({ class: 'us_equity', borrowStatus: 'easy_to_borrow', fractionable: false })
})
