import { describe, expect, test } from 'vitest'
import { orderClass, orderDraft, orderType, timeInForce, type OrderDraft } from '#shared/trading/order'
import { written, writtenEvents } from '../../../tests/support/written-events.ts'
import { describeEvent, rawText, typesIn } from './describe-event.ts'
import { orderFacts } from './order-facts.ts'

const draft = {
  symbol: 'AAPL',
  side: 'buy',
  type: 'limit',
  quantity: '1000',
  limitPrice: '228.4',
  timeInForce: 'day',
}

test('an order is described from its draft, wherever it is in the payload', () => {
  expect(orderFacts({ draft })).toBe('Buy 1,000 AAPL, limit 228.40, Day')
  expect(orderFacts({ terms: draft })).toBe('Buy 1,000 AAPL, limit 228.40, Day')
  expect(orderFacts(draft)).toBe('Buy 1,000 AAPL, limit 228.40, Day')
  expect(orderFacts({ symbol: 'TSLA', side: 'sell', type: 'market', notional: '500' })).toBe(
    'Sell $500.00 of TSLA, market',
  )
  expect(orderFacts({ intent: 'x' })).toBeUndefined()
})

test('a bracket is described with its exits, and its own price is not taken from them', () => {
  const exits = { takeProfit: { limitPrice: '240' }, stopLoss: { stopPrice: '225.5', limitPrice: '225' } }
  const bracket = { ...draft, orderClass: 'bracket', ...exits }
  expect(orderFacts({ draft: bracket })).toBe(
    'Buy 1,000 AAPL, limit 228.40, Day, bracket, target 240.00, stop loss 225.50, stop loss limit 225.00',
  )
  const { limitPrice: _none, ...atMarket } = { ...bracket, type: 'market' }
  expect(orderFacts({ draft: atMarket })).toContain('market, Day, bracket')
})

test('a trailing stop is described with its distance', () => {
  const trailing = { ...draft, side: 'sell', type: 'trailing_stop', limitPrice: undefined }
  expect(orderFacts({ draft: { ...trailing, trailPrice: '1.5' } })).toBe(
    'Sell 1,000 AAPL, trailing stop, trail $1.50, Day',
  )
  expect(orderFacts({ draft: { ...trailing, trailPercent: '2.5', timeInForce: 'gtc' } })).toBe(
    'Sell 1,000 AAPL, trailing stop, trail 2.5%, GTC',
  )
})

/** An order with every term that there is, and one that differs from it in that term alone. */
const WHOLE = {
  symbol: 'AAPL',
  side: 'buy',
  type: 'stop_limit',
  timeInForce: 'day',
  orderClass: 'bracket',
  quantity: '100',
  notional: '5000',
  limitPrice: '130',
  stopPrice: '129',
  trailPrice: '1.5',
  trailPercent: '2',
  extendedHours: true,
  takeProfit: { limitPrice: '140' },
  stopLoss: { stopPrice: '120', limitPrice: '119' },
}
const OTHERS: { readonly [T in keyof OrderDraft]-?: readonly unknown[] } = {
  symbol: ['TSLA'],
  side: ['sell'],
  type: orderType.exclude(['stop_limit']).options,
  timeInForce: timeInForce.exclude(['day']).options,
  orderClass: orderClass.exclude(['bracket']).options,
  quantity: ['101', undefined],
  notional: ['5001', undefined],
  limitPrice: ['131', undefined],
  stopPrice: ['128', undefined],
  trailPrice: ['1.6', undefined],
  trailPercent: ['3', undefined],
  extendedHours: [false],
  takeProfit: [{ limitPrice: '141' }, undefined],
  stopLoss: [{ stopPrice: '121', limitPrice: '119' }, { stopPrice: '120', limitPrice: '118' }, { stopPrice: '120' }, undefined],
} // prettier-ignore

describe('the audit tells every term of an order', () => {
  const told = (order: unknown, type: 'OrderRequested' | 'OrderDenied' | 'ExternalOrderDetected') =>
    describeEvent({ type, payload: { draft: order, by: { kind: 'trader' } } }).detail

  test.each(orderDraft.keyof().options)('%s', (term) => {
    for (const type of ['OrderRequested', 'OrderDenied', 'ExternalOrderDetected'] as const) {
      const all = [WHOLE, ...OTHERS[term].map((value) => ({ ...WHOLE, [term]: value }))]
      const texts = new Set(all.map((order) => told(order, type)))
      expect(texts.size).toBe(all.length)
    }
  })
})

test('every event that trading writes is described, none shown as it is', () => {
  const raw = writtenEvents().filter((event) => describeEvent(event).title === event.type)
  expect(raw.map(({ type }) => type)).toEqual([])
})

const terms = { ...draft, orderClass: 'simple', extendedHours: false }
const adjusted = { symbol: 'AAPL', before: '10', quantity: '10' }

test.each([
  ['AccountOpened', undefined, 'account …0001, cash $100,000.00'],
  ['PositionAdjusted', undefined, 'AAPL 10 → 40; not explained by fills'],
  [
    'PositionAdjusted',
    { ...adjusted, averageBefore: '188', averagePrice: '186' },
    'AAPL avg price 188.00 → 186.00; not explained by fills',
  ],
  [
    'PositionAdjusted',
    { ...adjusted, averagePrice: '186' },
    'AAPL avg price unknown → 186.00; not explained by fills',
  ],
  ['CashAdjusted', undefined, '$10.00 → $7.50; not explained by fills'],
  ['CashAdjusted', { before: '-1500.255', cash: '0' }, '−$1,500.255 → $0.00; not explained by fills'],
  ['DailyLossReached', undefined, '3.02% lost; close-only until next session'],
  ['OrderFilled', undefined, '60 @ 228.40 (total 100, avg 228.38)'],
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
    'total 100, avg 228.38',
  ],
  ['OrderFillsRestated', undefined, '2 executions per Alpaca: 40 @ 228.35, 60 @ 228.40'],
  ['OrderTradeBusted', undefined, '60 @ 228.40, total 100 → 40, avg 228.38 → 228.35'],
  [
    'OrderTradeBusted',
    { report: 'r', filledBefore: '10', filledQuantity: '0', amendedAt: 0 },
    'total 10 → 0',
  ],
  ['OrderDoneForDay', undefined, ''],
  ['OrderUpdated', undefined, 'quantity 10 → 7, limit 50.00 → 48.00'],
  ['OrderCancelRequested', undefined, 'by another program'],
  ['OrderCancelRequested', { by: 'signal' }, ''],
  ['OrderReplaceRequested', undefined, 'limit 228.40 → 229.00; replaced by order o-2'],
  ['OrderReplaceRequested', { replacedBy: 'o-2' }, 'replaced by order o-2'],
  ['OrderReplaceRequested', {}, ''],
  ['OrderReplaced', undefined, 'replaced by order o-2'],
  ['Reconciled', undefined, 'no differences, routine'],
  ['RiskLimitChanged', undefined, 'Shares per order, block above: 10,000 → 5,000 shares'],
  ['KillSwitchEngaged', undefined, ''],
  ['LogDoubted', undefined, 'Event 3 was changed.'],
  ['LiveArmed', undefined, 'until 19:00:00 ET, despite no sandbox'],
  ['LiveArmed', { until: 0 }, 'until 19:00:00 ET'],
  ['OrderRequested', undefined, 'Buy 1,000 AAPL, limit 228.40, Day, by trader'],
  [
    'OrderDenied',
    undefined,
    'Buy 1,000 AAPL, limit 228.40, Day, by trader; $228,400 exceeds your $100,000 order limit.',
  ],
  [
    'OrderReplaceDenied',
    undefined,
    'quantity 100 → 50, limit 230.00 → 228.40, by trader; 11.7% above market (limit 5%).',
  ],
  ['PositionCloseDenied', undefined, 'close all AAPL, by trader; No AAPL position.'],
  [
    'OrderRequested',
    { by: { kind: 'strategy', id: 'gap-fade', version: '3', proposal: 'x' }, draft: terms, accepted: [] },
    'Buy 1,000 AAPL, limit 228.40, Day, by strategy gap-fade, version 3 (proposal x)',
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
    title: 'History gaps filled',
    detail:
      '1,234 bars of AAPL, TSLA, GONE, Nov 25, 2024 to Nov 29, 2024; ' +
      'still missing: 1,007 min no trades, 1 min missing at the source or stock halt; GONE: no bars; ' +
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
  expect(
    describeEvent({
      type: 'Reconciled',
      payload: { differences: [{ of: 'AAPL', what: 'position', ours: '1', theirs: '2' }] },
    }).detail,
  ).toBe('AAPL position: Signal 1, Alpaca 2')
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

test('a group has all of its events, also those that did not occur yet', () => {
  const types = typesIn('Safety', [])
  expect(types).toEqual(expect.arrayContaining(['KillSwitchEngaged', 'LiveArmed', 'RiskLimitChanged']))
  expect(types.some((type) => type.startsWith('Order'))).toBe(false)
})

test('events that a newer Signal wrote are a group of their own', () => {
  const known = writtenEvents().map(({ type }) => type)
  expect(typesIn('Other', [...known, 'MarginCallForeseen'])).toEqual(['MarginCallForeseen'])
})
