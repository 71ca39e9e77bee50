import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { expect } from 'vitest'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { stockSymbol } from '../../src/shared/units.ts'
import { YES } from '../support/order-drafts.ts'
import { bought, priceAt, resting, sent } from '../support/trader.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { test } from '../support/trading-test.ts'

const AAPL = stockSymbol.parse('AAPL')

const reverse = (session: TradingSession, intent: string = randomUUID()) =>
  session.trading.reverse({ intent, symbol: AAPL, accepted: [...YES] })

const breakEven = (session: TradingSession) =>
  session.trading.breakEven({ intent: randomUUID(), symbol: AAPL })

const salesAt = (market: DemoMarket) =>
  market.orders().flatMap(({ side, type, status }) => (side === 'sell' ? [`${type} ${status}`] : []))

/** A bracket whose entry is filled 4% below the market; its stop is 8% below. */
async function boughtWithExits(market: DemoMarket, session: TradingSession): Promise<string> {
  const id = await resting(session, {
    orderClass: 'bracket',
    takeProfit: { limitPrice: priceAt(session, 8) },
    stopLoss: { stopPrice: priceAt(session, -8) },
  })
  market.injectFault({ kind: 'fill', order: id })
  await session.when(
    ({ positions, orders }) =>
      positions[0]?.exits.length === 2 &&
      orders.some(({ leg, state }) => leg === 'take-profit' && state === 'open'),
  )
  return id
}

test('a position with exits becomes one as large on the other side, by one closing and one opening order', async ({
  market,
  session,
}) => {
  await boughtWithExits(market, session)
  const intent = randomUUID()
  expect(await reverse(session, intent)).toMatchObject({ ok: true })
  await session.until(intent, 'filled')
  expect((await session.when(({ positions }) => positions.length > 0)).positions).toMatchObject([
    { quantity: '-10', exits: [] },
  ])
  expect(salesAt(market).filter((sale) => sale === 'market filled')).toHaveLength(2)
  const [closing, opening] = session.events.items
    .filter(({ type, payload }) => type === 'OrderRequested' && JSON.stringify(payload).includes('"sell"'))
    .map(({ stream, payload }) => ({ stream, opens: payload['opens'] }))
  expect(closing?.opens).toBe(intent)
  expect(opening?.stream.endsWith(intent)).toBe(true)
})

test('what the exchange says after no answer came decides: a closing order that arrived is followed once', async ({
  market,
  session,
}) => {
  await bought(session)
  market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const intent = randomUUID()
  const answer = await reverse(session, intent)
  if (answer.ok) await session.until(intent, 'filled')
  const sold = salesAt(market).filter((sale) => sale === 'market filled').length
  expect(session.snapshot().positions.map(({ quantity }) => quantity)).toEqual(sold === 2 ? ['-10'] : [])
})

test('a stop is moved to the average price at the exchange, also the one of a bracket that stands by', async ({
  market,
  session,
}) => {
  const id = await boughtWithExits(market, session)
  const average = session.order(id)?.averageFillPrice ?? '0'
  const answer = await breakEven(session)
  expect(answer).toMatchObject({ ok: true })
  const level = new Decimal(average).toDecimalPlaces(2, Decimal.ROUND_CEIL).toFixed()
  await session.when(
    ({ positions }) => positions[0]?.exits.some(({ stopPrice }) => stopPrice === level) === true,
  )
  expect(salesAt(market)).toContain('stop held')
})

test('without a stop, break-even says so and sends nothing', async ({ market, session }) => {
  await bought(session)
  await sent(session, { side: 'sell', type: 'limit', limitPrice: priceAt(session, 4) })
  const before = market.orders().length
  expect(await breakEven(session)).toMatchObject({ ok: false, error: { problems: [{ code: 'NO_STOP' }] } })
  expect(market.orders()).toHaveLength(before)
})
