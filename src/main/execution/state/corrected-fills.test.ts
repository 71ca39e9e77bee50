import { expect, test } from 'vitest'
import type { FillView } from '#shared/trading/order'
import { stockSymbol } from '#shared/units'
import { p, q } from '../../../../tests/support/risk-context.ts'
import { correctedFills } from './corrected-fills.ts'
import type { TradeAmendment } from './describe-amendment.ts'
import type { EventOf } from './event.ts'

const fill = (executionId: string, shares: string, price: string): FillView => ({
  executionId, orderId: 'order-1', symbol: stockSymbol.parse('AAPL'), side: 'buy', quantity: q(shares), price: p(price), at: 0,
}) // prettier-ignore

const FILLS = [fill('one', '4', '99'), fill('two', '4', '100'), fill('three', '2', '101')]

/** The trades left, `shares at price`, once the exchange took back or corrected one: filled 10 before, that many after. */
function left(type: TradeAmendment['type'], filled: string, more: Partial<TradeAmendment['payload']>) {
  const totals = { filledBefore: q('10'), filledQuantity: q(filled), amendedAt: 0 }
  const fills = correctedFills(FILLS, { type, payload: { version: 1, report: 'r', ...totals, ...more } })
  return fills?.map(({ quantity, price }) => `${quantity} at ${price}`)
}

test('of a busted trade, the fill that the exchange names goes', () => {
  expect(left('OrderTradeBusted', '6', { previousId: 'one' })).toEqual(['4 at 100', '2 at 101'])
})

test('without its id, a busted trade is known by its size and price', () => {
  const execution = { executionId: 'bust', quantity: q('4'), price: p('100') }
  expect(left('OrderTradeBusted', '6', { execution })).toEqual(['4 at 99', '2 at 101'])
})

test('a busted trade that is not known here takes the latest shares, as many as the order’s total lost', () => {
  expect(left('OrderTradeBusted', '7', {})).toEqual(['4 at 99', '3 at 100'])
})

test('a bust that leaves the order’s total as it was takes no fill', () => {
  expect(left('OrderTradeBusted', '10', { previousId: 'one' })).toHaveLength(3)
})

test('a corrected trade has its new price, and its new size if the order’s total lost that much', () => {
  const execution = { executionId: 'new', quantity: q('4'), price: p('98.5') }
  expect(left('OrderTradeCorrected', '10', { previousId: 'one', execution })).toEqual([
    '4 at 98.5',
    '4 at 100',
    '2 at 101',
  ])
  const smaller = { ...execution, quantity: q('1') }
  expect(left('OrderTradeCorrected', '7', { previousId: 'one', execution: smaller })?.[0]).toBe('1 at 98.5')
})

test('a correction that the order’s total does not show leaves the number of shares', () => {
  const smaller = { executionId: 'new', quantity: q('1'), price: p('98.5') }
  expect(left('OrderTradeCorrected', '10', { previousId: 'one', execution: smaller })?.[0]).toBe('4 at 99')
})

test('fills that are not all at hand stay as they are', () => {
  const restated = (quantity: string): EventOf<'OrderFillsRestated'> => ({
    type: 'OrderFillsRestated',
    payload: {
      version: 1,
      executions: [{ executionId: 'x', quantity: q(quantity), price: p('100'), filledAt: 0, nanos: 0 }],
    },
  })
  expect(correctedFills(FILLS, restated('9'))).toBeUndefined()
  expect(correctedFills(FILLS, restated('10'))).toMatchObject([{ executionId: 'x', orderId: 'order-1' }])
  expect(correctedFills([], restated('10'))).toBeUndefined()
})
