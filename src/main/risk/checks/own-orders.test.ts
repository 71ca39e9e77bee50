import { expect, test } from 'vitest'
import type { OrderDraft, OrderView } from '#shared/trading/order'
import { isReducing } from '../index.ts'
import {
  AAPL,
  atMarket,
  draftWith,
  fixed,
  found,
  holding,
  moment,
  NOW,
  p,
  q,
  stops,
  working,
} from '../../../../tests/support/risk-context.ts'

const sell = (shares: string, more: Partial<OrderDraft> = {}) =>
  draftWith({ side: 'sell', quantity: q(shares), ...more })

test('an exit cannot exceed the position', () => {
  const context = moment({ position: holding('100') })
  expect(stops(sell('100'), context)).toEqual([])
  const over = found('CROSSES_ZERO', sell('100.5'), context)
  expect(over?.sentence).toContain('Would flip your AAPL position (long 100, order 100.5).')
  expect(fixed(sell('100.5'), over).quantity).toBe('100')
  const short = moment({ position: holding('-100') })
  expect(stops(draftWith({ quantity: q('100') }), short)).toEqual([])
  expect(found('CROSSES_ZERO', draftWith({ quantity: q('101') }), short)?.level).toBe('refuse')
})

test('an exit cannot exceed what other exits leave', () => {
  const openOrders = [working('a', { quantity: q('80'), filledQuantity: q('20') })]
  const context = moment({ position: holding('100'), openOrders })
  expect(stops(sell('40'), context)).toEqual([])
  const over = found('QUANTITY_HELD', sell('41'), context)
  expect(over?.sentence).toContain('40 of 100 shares available (60 in open exits).')
  expect(stops(fixed(sell('41'), over), context)).toEqual([])
})

test('an open sale in dollars holds the shares that its unfilled rest comes to', () => {
  const { quantity: _quantity, limitPrice: _limitPrice, ...bare } = working('a')
  const beside = (filled: string) => {
    const sale: OrderView = { ...bare, type: 'market', notional: p('5000'), filledQuantity: q(filled) }
    return moment({ position: holding('100'), openOrders: [sale] })
  }
  expect(fixed(sell('60'), found('QUANTITY_HELD', sell('60'), beside('0'))).quantity).toBe('49.994999499')
  expect(stops(sell('89'), beside('40'))).toEqual([])
  expect(stops(sell('90'), beside('40'))).toEqual(['refuse QUANTITY_HELD'])
  expect(stops(sell('100'), beside('60'))).toEqual([])
})

test('if no shares are left, one key cancels the other exit', () => {
  const context = moment({ position: holding('100'), openOrders: [working('a')] })
  expect(found('QUANTITY_HELD', sell('1'), context)?.fix).toMatchObject({
    kind: 'cancel-order',
    orderId: 'a',
  })
})

test('the two exits of an OCO hold the same shares, and a waiting leg holds none', () => {
  const pair: OrderView[] = [
    working('tp', { orderClass: 'oco', quantity: q('60') }),
    working('sl', { orderClass: 'oco', quantity: q('60'), parentId: 'tp', type: 'stop', state: 'open' }),
    working('waits', { orderClass: 'bracket', quantity: q('100'), parentId: 'entry', state: 'held' }),
  ]
  const context = moment({ position: holding('100'), openOrders: pair })
  expect(isReducing(sell('40'), context)).toBe(true)
  expect(isReducing(sell('41'), context)).toBe(false)
})

test('an exit is on the closing side and no larger than the position, in shares or dollars', () => {
  const context = moment({ position: holding('100') })
  const dollars = (text: string) => ({ symbol: AAPL, side: 'sell' as const, notional: p(text) })
  expect(isReducing(dollars('9999'), context)).toBe(true)
  expect(isReducing(dollars('9999.01'), context)).toBe(false)
  expect(isReducing({ symbol: AAPL, side: 'buy', quantity: q('1') }, context)).toBe(false)
  expect(isReducing({ symbol: AAPL, side: 'sell', quantity: q('0') }, context)).toBe(false)
  expect(isReducing({ symbol: AAPL, side: 'sell' }, context)).toBe(false)
  expect(isReducing({ symbol: AAPL, side: 'sell', quantity: q('1') }, moment())).toBe(false)
})

const wash = (draft: OrderDraft, ...openOrders: OrderView[]) =>
  found('WASH_TRADE', draft, moment({ openOrders }))

test('own limits that meet are a wash trade, others are not', () => {
  const own = working('own', { limitPrice: p('100.5') })
  expect(wash(draftWith({ limitPrice: p('100.49') }), own)).toBeUndefined()
  const problem = wash(draftWith({ limitPrice: p('100.5') }), own)
  expect(problem).toMatchObject({ level: 'refuse', fix: { kind: 'cancel-order', orderId: 'own' } })
  expect(problem?.sentence).toContain(
    'Would trade against your own open sell 100 AAPL @ $100.50 (wash trade).',
  )
})

test('a market or stop order on either side could be a wash trade at any price', () => {
  expect(wash(atMarket(), working('own', { limitPrice: p('200') }))?.level).toBe('refuse')
  const { limitPrice: _, ...unpriced } = working('own')
  const stop: OrderView = { ...unpriced, type: 'stop', stopPrice: p('90') }
  expect(wash(draftWith({ limitPrice: p('50') }), stop)?.level).toBe('refuse')
})

test('of several orders that it could meet, the first is named and the others are counted', () => {
  const sentence = (...ids: readonly string[]) => wash(atMarket(), ...ids.map((id) => working(id)))?.sentence
  expect(sentence('a')).toContain('@ $110.00 (wash trade)')
  expect(sentence('a', 'b')).toContain('@ $110.00 and 1 more (wash trade)')
  expect(sentence('a', 'b', 'c')).toContain(' and 2 more ')
})

test('brackets, OCOs and trailing stops are exempt, and so is another stock and what is over', () => {
  const exits = { takeProfit: { limitPrice: p('103') }, stopLoss: { stopPrice: p('99') } }
  expect(
    wash(draftWith({ orderClass: 'bracket', ...exits }), working('own', { limitPrice: p('100') })),
  ).toBeUndefined()
  expect(wash(atMarket(), working('own', { orderClass: 'oco' }))).toBeUndefined()
  expect(wash(atMarket(), working('own', { type: 'trailing_stop' }))).toBeUndefined()
  expect(wash(atMarket(), working('own', { state: 'canceled' }))).toBeUndefined()
  expect(wash(atMarket(), working('own', { side: 'buy' }))).toBeUndefined()
})

test('an order being canceled still counts as a wash trade, and the trader is asked to wait', () => {
  const problem = wash(atMarket(), working('own', { state: 'pending-cancel' }))
  expect(problem?.level).toBe('refuse')
  expect(problem?.fix).toBeUndefined()
  expect(problem?.sentence).toContain('Cancel pending; please wait.')
})

test('while an order is unconfirmed, an entry is refused and an exit needs confirmation', () => {
  const openOrders = [working('u', { side: 'buy', state: 'unconfirmed', limitPrice: p('99') })]
  expect(stops(draftWith(), moment({ openOrders }))).toEqual(['refuse UNCONFIRMED'])
  const exits = [working('u', { state: 'unconfirmed', quantity: q('60') })]
  expect(stops(sell('40'), moment({ position: holding('100'), openOrders: exits }))).toEqual([
    'ask UNCONFIRMED',
  ])
})

const sent = (ago: number, amount = '10', more: object = {}) => ({
  symbol: AAPL,
  side: 'buy' as const,
  amount,
  at: NOW - ago,
  ...more,
})
const duplicate = (draft: OrderDraft, ...recent: ReturnType<typeof sent>[]) =>
  found('DUPLICATE_ORDER', draft, moment({ recent }))

test('the same order within 2 s needs confirmation', () => {
  expect(duplicate(draftWith(), sent(2_000))?.level).toBe('ask')
  expect(duplicate(draftWith(), sent(2_001))).toBeUndefined()
  expect(duplicate(draftWith(), sent(0))?.level).toBe('ask')
  expect(duplicate(draftWith(), sent(100, '10.0'))?.sentence).toBe(
    'Possible duplicate: same order sent 100 ms ago.',
  )
  expect(
    duplicate(draftWith(), sent(100, '11'), sent(100, '$10'), sent(100, '10', { side: 'sell' })),
  ).toBeUndefined()
  const dollars = atMarket({ quantity: undefined, notional: p('500') })
  expect(duplicate(dollars, sent(100, '$500.00'))?.level).toBe('ask')
})

test('entries are limited to 5 a second and 60 a minute, exits are not', () => {
  const times = (n: number, ago: (index: number) => number) =>
    Array.from({ length: n }, (_, i) => sent(ago(i), '1'))
  const rate = (recent: ReturnType<typeof times>, more = {}) =>
    found('RATE_LIMIT_EXCEEDED', draftWith(), moment({ recent, ...more }))
  expect(rate(times(4, () => 500))).toBeUndefined()
  expect(rate([...times(4, () => 500), sent(1_000, '1')])).toBeUndefined()
  expect(rate(times(5, (i) => 500 + i * 100))?.sentence).toBe('Rate limit: 5 orders per second. Wait 100 ms.')
  expect(rate(times(59, (i) => 2_000 + i * 900))).toBeUndefined()
  expect(rate(times(60, (i) => 2_000 + i * 900))?.level).toBe('refuse')
  expect(
    rate(
      times(60, () => 10),
      { position: holding('-10') },
    ),
  ).toBeUndefined()
})

test('an exit of the whole position while another exit holds a part does not cross zero', () => {
  const context = moment({ position: holding('100'), openOrders: [working('a', { quantity: q('60') })] })
  expect(stops(sell('100'), context)).toEqual(['refuse QUANTITY_HELD'])
})

test('an exit in dollars is fixed to whole shares, and canceling an unconfirmed exit is not offered', () => {
  const dollars = atMarket({ side: 'sell', quantity: undefined, notional: p('2000') })
  const problem = found('CROSSES_ZERO', dollars, moment({ position: holding('10.5') }))
  expect(fixed(dollars, problem)).toMatchObject({ quantity: '10' })
  expect(fixed(dollars, problem)).not.toHaveProperty('notional')
  const openOrders = [working('u', { state: 'unconfirmed' })]
  const held = found('QUANTITY_HELD', sell('1'), moment({ position: holding('100'), openOrders }))
  expect(held?.level).toBe('refuse')
  expect(held?.fix).toBeUndefined()
})
