import { expect, test } from 'vitest'
import { written, writtenEvents } from '../../../tests/support/written-events.ts'
import { describeEvent, rawText } from './describe-event.ts'
import { orderFacts } from './payload-facts.ts'

const draft = {
  symbol: 'AAPL',
  side: 'buy',
  type: 'limit',
  quantity: '1000',
  limitPrice: '228.4',
  timeInForce: 'day',
}

test('an order is described from its draft, wherever it is in the payload', () => {
  expect(orderFacts({ draft })).toBe('Buy 1,000 AAPL, limit 228.40, day')
  expect(orderFacts(draft)).toBe('Buy 1,000 AAPL, limit 228.40, day')
  expect(orderFacts({ symbol: 'TSLA', side: 'sell', type: 'market', notional: '500' })).toBe(
    'Sell $500.00 of TSLA, at the market',
  )
  expect(orderFacts({ intent: 'x' })).toBeUndefined()
})

test('a bracket is described with its exits', () => {
  const exits = { takeProfit: { limitPrice: '240' }, stopLoss: { stopPrice: '225.5' } }
  expect(orderFacts({ draft: { ...draft, ...exits } })).toBe(
    'Buy 1,000 AAPL, limit 228.40, day, target 240.00, stop loss 225.50',
  )
})

test('every event that trading writes is described, none shown as it is', () => {
  const raw = writtenEvents().filter((event) => describeEvent(event).title === event.type)
  expect(raw.map(({ type }) => type)).toEqual([])
})

const terms = { ...draft, orderClass: 'simple', extendedHours: false }
const adjusted = { symbol: 'AAPL', before: '10', quantity: '10' }

test.each([
  ['AccountOpened', undefined, 'account …0001 with $100,000.00'],
  ['PositionAdjusted', undefined, 'AAPL 10 → 40; no fill explains it'],
  [
    'PositionAdjusted',
    { ...adjusted, averageBefore: '188', averagePrice: '186' },
    'AAPL average price 188.00 → 186.00; no fill explains it',
  ],
  [
    'PositionAdjusted',
    { ...adjusted, averagePrice: '186' },
    'AAPL average price unknown → 186.00; no fill explains it',
  ],
  ['CashAdjusted', undefined, '$10.00 → $7.50; no fill explains it'],
  ['CashAdjusted', { before: '-1500.255', cash: '0' }, '−$1,500.255 → $0.00; no fill explains it'],
  ['DailyLossReached', undefined, '3.02% lost; entries end for the day'],
  ['OrderFilled', undefined, '60 at 228.40; 100 in all at 228.38 on average'],
  [
    'OrderFilled',
    {
      executionId: 'e',
      quantity: '0',
      price: '228.38',
      filledQuantity: '100',
      averagePrice: '228.38',
      filledAt: 0,
    },
    '100 in all at 228.38 on average',
  ],
  ['OrderFillsRestated', undefined, '2 executions by the exchange’s list'],
  ['OrderDoneForDay', undefined, ''],
  ['OrderUpdated', undefined, 'quantity 7, limit 48.00'],
  ['OrderCancelRequested', undefined, 'from elsewhere, not by Signal'],
  ['OrderCancelRequested', { by: 'signal' }, ''],
  ['OrderReplaceRequested', undefined, 'by order o-2'],
  ['OrderReplaceRequested', {}, ''],
  ['OrderReplaced', undefined, 'by order o-2'],
  ['Reconciled', undefined, 'no difference'],
  ['RiskLimitChanged', undefined, 'mostShares: 10000 → 5000'],
  ['KillSwitchEngaged', undefined, ''],
  ['LogDoubted', undefined, 'Event 3 was changed.'],
  ['LiveArmed', undefined, 'despite no-sandbox'],
  ['LiveArmed', { until: 0 }, ''],
  ['OrderRequested', undefined, 'Buy 1,000 AAPL, limit 228.40, day'],
  [
    'OrderRequested',
    { by: { kind: 'strategy', id: 'gap-fade', version: '3', proposal: 'x' }, draft: terms, accepted: [] },
    'Buy 1,000 AAPL, limit 228.40, day, by strategy gap-fade, version 3',
  ],
] as const)('an event that trading writes is described with its figures: %s %o', (type, payload, detail) => {
  expect(describeEvent(written(type, payload)).detail).toBe(detail)
})

test('filling the history says what arrived, and why the rest is missing', () => {
  const days = { startDate: '2024-11-25', endDate: '2024-11-29', feed: 'iex' }
  const symbols = [
    { symbol: 'AAPL', bars: 1_200, stored: 9_000, missing: { 'no-trade': 7, 'feed-gap': 1 } },
    {
      symbol: 'TSLA',
      bars: 34,
      stored: 34,
      missing: { 'no-trade': 1_000 },
      problem: 'Alpaca does not answer',
    },
    { symbol: 'GONE', bars: 0, stored: 0, missing: {} },
  ]
  expect(describeEvent({ type: 'HistoryFilled', payload: { ...days, bars: 1_234, symbols } })).toEqual({
    tone: 'off',
    title: 'Gaps of the history filled',
    detail:
      '1,234 bars of AAPL, TSLA, GONE, Nov 25, 2024 to Nov 29, 2024; ' +
      'still missing: 1,007 min without a trade, 1 min lost by the feed or in a halt of the stock; GONE: there is no bar; ' +
      'TSLA: Alpaca does not answer',
  })
  const whole = [{ symbol: 'AAPL', bars: 0, stored: 9_000, missing: {} }]
  expect(describeEvent({ type: 'HistoryFilled', payload: { ...days, bars: 0, symbols: whole } }).detail).toBe(
    '0 bars of AAPL, Nov 25, 2024 to Nov 29, 2024',
  )
})

test('an event without the usual fields is described without them', () => {
  expect(describeEvent({ type: 'OrderFilled', payload: {} }).detail).toBe('')
  expect(describeEvent({ type: 'OrderRejected', payload: { reason: 7 } }).detail).toBe('7')
  expect(describeEvent({ type: 'Reconciled', payload: { differences: [1, 2] } }).detail).toBe('2 differences')
})

test.each(['MarginCallForeseen', 'toString', '__proto__'])(
  'an unknown type is shown as it is: %s',
  (type) => {
    expect(describeEvent({ type, payload: { share: '0.4' } })).toEqual({
      tone: 'off',
      title: type,
      detail: '{"share":"0.4"}',
    })
  },
)

test('a long payload is cut to fit its line', () => {
  const text = rawText({ note: 'x'.repeat(1_000) })
  expect(text).toHaveLength(201)
  expect(text.endsWith('…')).toBe(true)
})
