import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OrderRequest } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { problemsOfError } from '../../src/main/execution/gateway/refusals.ts'
import type { ProblemCode, TicketField } from '../../src/shared/trading/problem.ts'
import { DemoTrader, refusalOf } from '../support/demo-trader.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')

let market: DemoMarket
let trader: DemoTrader
beforeEach(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'MSFT'], rate: 50 })
  trader = await DemoTrader.at(market)
  market.injectFault({ kind: 'hold-matching' })
  const { id } = await trader.place()
  market.injectFault({ kind: 'fill', order: id, price: '250' })
})
afterEach(async () => {
  await trader.leave()
  await market.stop()
})

/** What the ticket shows for the exchange's rejection: its code, and the field it belongs to. */
async function shown(refused: Promise<unknown>): Promise<readonly [ProblemCode, TicketField | undefined]> {
  const [problem] = problemsOfError(await refusalOf(refused), undefined, { idOf: () => undefined })
  expect(problem?.sentence).toMatch(/^[A-Z].*\.$/)
  return [problem?.code ?? 'REFUSED_BY_ALPACA', problem?.field]
}

const limit = { type: 'limit', limitPrice: '200' } as const
const exits = { takeProfit: { limitPrice: '400' }, stopLoss: { stopPrice: '100' } }
const MSFT = { symbol: 'MSFT' } as const

describe('each of the exchange’s rejections is shown in our form, at its field', () => {
  test.each<[code: ProblemCode, field: TicketField | undefined, terms: Partial<OrderRequest>]>([
    ['SYMBOL_UNKNOWN', 'symbol', { symbol: 'NOSUCH' }],
    ['NOTIONAL_NOT_ALLOWED', 'quantity', { notional: '0.5' }],
    ['LIMIT_PRICE_MISSING', 'limitPrice', { type: 'limit' }],
    ['STOP_PRICE_MISSING', 'stopPrice', { type: 'stop' }],
    ['TRAIL_MISSING', 'trail', { type: 'trailing_stop' }],
    ['PRICE_TICK_SIZE', 'limitPrice', { type: 'limit', limitPrice: '200.001' }],
    ['PRICE_TICK_SIZE', 'limitPrice', { type: 'limit', limitPrice: '0.99999' }],
    ['PRICE_TICK_SIZE', 'stopPrice', { type: 'stop', stopPrice: '300.001' }],
    ['EXTENDED_HOURS_NOT_ALLOWED', 'extendedHours', { extendedHours: true }],
    ['TIME_IN_FORCE_NOT_ALLOWED', 'timeInForce', { type: 'stop', stopPrice: '300', timeInForce: 'ioc' }],
    ['TIME_IN_FORCE_NOT_ALLOWED', 'timeInForce', { qty: '0.5', timeInForce: 'gtc' }],
    ['SHORT_NOT_ALLOWED', 'side', { ...MSFT, side: 'sell', qty: '0.5' }],
    ['FRACTION_NOT_ALLOWED', 'quantity', { qty: '0.5', type: 'trailing_stop', trailPrice: '1' }],
    ['CLASS_NOT_ALLOWED', 'type', { ...MSFT, ...exits, orderClass: 'bracket', timeInForce: 'ioc' }],
    ['CLASS_NOT_ALLOWED', 'type', { ...exits, orderClass: 'bracket', side: 'sell' }],
    ['CLASS_NOT_ALLOWED', 'type', { ...MSFT, ...exits, orderClass: 'oco', side: 'sell', type: 'limit' }],
    ['LEG_ON_WRONG_SIDE', 'takeProfit', { ...limit, orderClass: 'oto', takeProfit: { limitPrice: '199' } }],
    [
      'LEG_ON_WRONG_SIDE',
      'stopLoss',
      { ...limit, orderClass: 'bracket', ...exits, stopLoss: { stopPrice: '201' } },
    ],
    ['LEG_MISSING', 'stopLoss', { ...MSFT, orderClass: 'bracket', takeProfit: exits.takeProfit }],
    ['LEG_MISSING', 'takeProfit', { ...MSFT, orderClass: 'bracket', stopLoss: exits.stopLoss }],
    ['LEG_MISSING', 'takeProfit', { ...MSFT, ...exits, orderClass: 'oto' }],
    ['BUYING_POWER_EXCEEDED', 'quantity', { ...MSFT, qty: '100000' }],
    ['QUANTITY_HELD', 'quantity', { side: 'sell', qty: '11' }],
    ['DUPLICATE_ORDER', undefined, { clientOrderId: 'order-1' }],
    ['TIME_IN_FORCE_NOT_ALLOWED', 'timeInForce', { timeInForce: 'opg' }],
  ])('%s at %s: %o', async (code, field, terms) => {
    expect(await shown(trader.place(terms))).toEqual([code, field])
  })

  test('an order that could fill against one of the trader’s own', async () => {
    const { id } = await trader.place({ side: 'sell', type: 'limit', limitPrice: '300', qty: '5' })
    await trader.reported(id, 'new')
    const error = await refusalOf(trader.place({ type: 'limit', limitPrice: '301' }))
    const [problem] = problemsOfError(error, undefined, { idOf: (exchangeId) => `ours-of-${exchangeId}` })
    expect(problem).toMatchObject({
      code: 'WASH_TRADE',
      fix: { kind: 'cancel-order', orderId: `ours-of-${id}` },
    })
    await trader.client.cancelOrder(id)
    await trader.reported(id, 'canceled')
  })

  test('a change that changes nothing, a change of an ended order, and a cancel of it', async () => {
    const { id } = await trader.place({ type: 'limit', limitPrice: '200' })
    await trader.reported(id, 'new')
    expect(await shown(trader.client.replaceOrder(id, { limitPrice: '200' }))).toEqual([
      'NOTHING_CHANGED',
      undefined,
    ])
    await trader.client.cancelOrder(id)
    await trader.reported(id, 'canceled')
    const over = await shown(trader.client.replaceOrder(id, { limitPrice: '201' }))
    expect(over[0]).toBe('ORDER_NOT_CHANGEABLE')
    expect((await shown(trader.client.cancelOrder(id)))[0]).toBe('ORDER_NOT_CHANGEABLE')
    expect((await shown(trader.client.cancelOrder('none')))[0]).toBe('ORDER_NOT_FOUND')
    expect((await shown(trader.client.closePosition('MSFT')))[0]).toBe('NO_POSITION')
  })
})
