import { expect, test } from 'vitest'
import type { OrderView } from '#shared/trading/order'
import { stockSymbol, toPrice, toQuantity } from '#shared/units'
import { orderAgain } from './order-again.ts'
import { withChange } from './staging.ts'
import { BLANK_FORM } from './ticket-form.ts'

const order = (more: Partial<OrderView> = {}): OrderView => ({
  id: 'order',
  symbol: stockSymbol.parse('CRM'),
  side: 'buy',
  type: 'limit',
  timeInForce: 'gtc',
  orderClass: 'simple',
  quantity: toQuantity(100),
  limitPrice: toPrice(242.1),
  extendedHours: false,
  state: 'canceled',
  filledQuantity: toQuantity(0),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
  ...more,
})
const exit = { side: 'sell', parentId: 'entry', orderClass: 'bracket' } as const
const target = order({ ...exit, id: 'target', leg: 'take-profit', limitPrice: toPrice(250) })
const { limitPrice: _none, ...unpriced } = order(exit)
const stop: OrderView = { ...unpriced, id: 'stop', leg: 'stop-loss', type: 'stop', stopPrice: toPrice(238) }

test('what was not filled of a canceled order is staged with all its terms', () => {
  const part = order({ filledQuantity: toQuantity(40), averageFillPrice: toPrice(242), extendedHours: true })
  const { draft, missing } = orderAgain(part, [part])
  expect(draft).toMatchObject({
    symbol: 'CRM',
    side: 'buy',
    type: 'limit',
    timeInForce: 'gtc',
    quantity: '60',
    limitPrice: '242.1',
    extendedHours: true,
  })
  expect(missing).toBeUndefined()
})

test('a trailing stop keeps its distance, and an order in dollars the rest of its dollars', () => {
  const { limitPrice: _limit, ...rest } = order({ type: 'trailing_stop', trailPercent: toPrice(1.5) })
  expect(orderAgain(rest, []).draft).toMatchObject({ type: 'trailing_stop', trailPercent: '1.5' })
  const { quantity: _quantity, ...inDollars } = order({ notional: toPrice(500), type: 'market' })
  const part = { ...inDollars, filledQuantity: toQuantity(1), averageFillPrice: toPrice(242.1) }
  expect(orderAgain(part, []).draft).toMatchObject({ type: 'market', notional: '257.9' })
})

test('a bracket is staged with its target and its stop', () => {
  const entry = order({ id: 'entry', orderClass: 'bracket' })
  const { draft, missing } = orderAgain(entry, [entry, target, stop])
  expect(draft).toMatchObject({
    orderClass: 'bracket',
    takeProfit: { limitPrice: '250' },
    stopLoss: { stopPrice: '238' },
  })
  expect(missing).toBeUndefined()
  expect(withChange(BLANK_FORM, draft)).toMatchObject({
    orderClass: 'bracket',
    quantity: '100',
    target: { text: '250.00', unit: 'price' },
    stop: { text: '238.00', unit: 'price' },
  })
})

test('either exit of a position brings back both, as one cancels the other', () => {
  const both = { orderClass: 'oco', takeProfit: { limitPrice: '250' }, stopLoss: { stopPrice: '238' } }
  expect(orderAgain(stop, [target, stop]).draft).toMatchObject(both)
  const ocoTarget = order({ id: 'oco', side: 'sell', orderClass: 'oco', limitPrice: toPrice(250) })
  const ocoStop = { ...stop, parentId: 'oco', orderClass: 'oco' as const }
  expect(orderAgain(ocoTarget, [ocoTarget, ocoStop]).draft).toMatchObject(both)
  expect(orderAgain(ocoStop, [ocoTarget, ocoStop]).draft).toMatchObject(both)
})

test('an exit whose other one still works is staged alone', () => {
  const { draft, missing } = orderAgain(stop, [{ ...target, state: 'open' }, stop])
  expect(draft).toMatchObject({ orderClass: 'simple', type: 'stop', side: 'sell', stopPrice: '238' })
  expect(missing).toBeUndefined()
})

test('a bracket whose exits are not known says so', () => {
  const entry = order({ id: 'entry', orderClass: 'bracket' })
  const { draft, missing } = orderAgain(entry, [entry])
  expect(draft.orderClass).toBe('simple')
  expect(missing).toBe('Buy 100 CRM limit 242.10: its exits are unknown. Add them before sending.')
})

test('a filled order is staged again as large as it was, with its exits', () => {
  const filled = { state: 'filled', filledQuantity: toQuantity(100), averageFillPrice: toPrice(242) } as const
  const entry = order({ ...filled, id: 'entry', orderClass: 'bracket' })
  expect(orderAgain(entry, [entry, target, { ...stop, state: 'filled' }]).draft).toMatchObject({
    quantity: '100',
    limitPrice: '242.1',
    takeProfit: { limitPrice: '250' },
    stopLoss: { stopPrice: '238' },
  })
  const { quantity: _quantity, ...inDollars } = order({ ...filled, notional: toPrice(500), type: 'market' })
  expect(withChange(BLANK_FORM, orderAgain(inDollars, []).draft)).toMatchObject({
    quantity: '500',
    quantityUnit: 'fraction',
  })
})
