import { expect, test } from 'vitest'
import type { OrderDraft } from '#shared/trading/order'
import { stockSymbol, toPrice, toQuantity } from '#shared/units'
import { describeOrder } from './order-sentence.ts'

const draft: OrderDraft = {
  symbol: stockSymbol.parse('AMD'),
  side: 'sell',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: toQuantity(400),
  limitPrice: toPrice(162.31),
  extendedHours: false,
}
const sentence = (more: Partial<OrderDraft>) =>
  describeOrder({ ...draft, ...more }, { cost: toPrice(64_924), account: 'LIVE \u20264821' })

test('the sentence names side, quantity, symbol, price, value and account', () => {
  expect(sentence({})).toBe('SELL 400 AMD, limit 162.31, day \u2014 $64,924.00 \u2014 LIVE \u20264821')
})

test('it names everything that changes the order', () => {
  expect(sentence({ type: 'market', limitPrice: undefined, timeInForce: 'gtc' })).toContain('market, GTC')
  expect(sentence({ type: 'stop_limit', stopPrice: toPrice(160) })).toContain('stop 160.00, limit 162.31')
  expect(sentence({ type: 'trailing_stop', limitPrice: undefined, trailPercent: toPrice(1.5) })).toContain(
    'trail 1.5%',
  )
  expect(sentence({ extendedHours: true })).toContain('extended hours')
  expect(
    sentence({ takeProfit: { limitPrice: toPrice(150) }, stopLoss: { stopPrice: toPrice(170) } }),
  ).toContain('target 150.00, stop loss 170.00')
  expect(sentence({ quantity: undefined, notional: toPrice(500) })).toContain('SELL $500.00 of AMD')
})
