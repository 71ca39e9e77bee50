import { expect, test } from 'vitest'
import { market, PRICE, TEN } from '../../../../tests/support/trading-model/holding.ts'
import { ReferenceExchange } from '../../../../tests/support/trading-model/reference-exchange.ts'
import { describeFlatten, type Left } from './describe-flatten.ts'

const NOTHING_LEFT: Left = {
  positions: { rows: [], unreadable: [] },
  unanswered: [],
  open: [],
  closing: new Set(),
  later: [],
  isRecordRead: true,
}

test('a flatten says how much it canceled and closed', () => {
  const sentence = (canceled: number, closed: number) =>
    describeFlatten({ asked: canceled, canceled, sent: closed, closed, refused: [] }, NOTHING_LEFT).sentence
  expect(sentence(0, 0)).toBe('Nothing to close. Already flat.')
  expect(sentence(1, 1)).toBe('Canceled 1 order and closed 1 position. Confirmed flat.')
  expect(sentence(2, 3)).toBe('Canceled 2 orders and closed 3 positions. Confirmed flat.')
  expect(sentence(0, 1)).toBe('Canceled 0 orders and closed 1 position. Confirmed flat.')
})

test('an account is not called flat while anything may still change it, and what that is is named', () => {
  const done = { asked: 1, canceled: 1, sent: 0, closed: 0, refused: [] }
  const none = { rows: [], unreadable: [] }
  const describe = (left: Partial<Left>) => describeFlatten(done, { ...NOTHING_LEFT, ...left })
  expect(describe({ positions: none, unanswered: ['Sell 10 AAPL'] })).toEqual({
    isFlat: false,
    sentence:
      'Canceled 1 order. No positions at Alpaca, but not confirmed flat yet. ' +
      'Unconfirmed: Sell 10 AAPL. Canceled or closed as soon as found.',
  })
  expect(describe({ open: ['Buy 5 MSFT'] })).toMatchObject({
    isFlat: false,
    sentence: expect.stringContaining('Not canceled yet: Buy 5 MSFT.') as string,
  })
  const unreadable = [{ of: 'ODDX', problem: 'qty: is not a decimal number' }]
  expect(describe({ positions: { rows: [], unreadable } })).toMatchObject({
    isFlat: false,
    sentence: expect.stringContaining('Alpaca’s row for ODDX is unreadable') as string,
  })
  expect(describe({ positions: none, isRecordRead: false })).toMatchObject({
    isFlat: false,
    sentence: expect.stringContaining('Order log unreadable') as string,
  })
  expect(describe({ positions: none }).isFlat).toBe(true)
})

test('orders to close a position are said to be working only where they are', () => {
  const exchange = new ReferenceExchange({ now: () => 0, soon: (run) => run(), onEvent: () => {} })
  for (const symbol of ['AAPL', 'MSFT'])
    exchange.fill(exchange.place({ ...market, symbol, side: 'buy', clientOrderId: symbol }).id, TEN, PRICE)
  const positions = { rows: exchange.positions(), unreadable: [] }
  const describe = (left: Partial<Left>, refused: readonly string[] = []) =>
    describeFlatten(
      { asked: 0, canceled: 0, sent: 1, closed: 0, refused },
      { ...NOTHING_LEFT, positions, ...left },
    ).sentence
  const held = 'Canceled 0 orders. Still holding 10 AAPL, 10 MSFT. '
  expect(describe({ closing: new Set(['AAPL', 'MSFT']) })).toBe(
    `${held}Closing orders are working; see Orders.`,
  )
  expect(describe({ closing: new Set(['AAPL']), open: ['Buy 5 MSFT'], later: ['MSFT'] })).toBe(
    `${held}Closing orders for AAPL are working; see Orders. ` +
      'Not canceled yet: Buy 5 MSFT. What’s left in MSFT is closed after that.',
  )
  expect(describe({}, ['It was refused.'])).toBe(`${held}It was refused.`)
  expect(describe({})).toBe(`${held}No closing order working for AAPL, MSFT; flatten again.`)
})
