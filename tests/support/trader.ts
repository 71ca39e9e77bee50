import { expect } from 'vitest'
import { toPrice } from '../../src/shared/units.ts'
import { intentTo } from './order-drafts.ts'
import type { TradingDesk } from './trading-desk.ts'

/** A price that far from the market, in percent, on the tick. */
export const priceAt = (desk: TradingDesk, percent: number, symbol = 'AAPL') =>
  toPrice(
    desk
      .mid(symbol)
      .times(100 + percent)
      .div(100)
      .toDecimalPlaces(2),
  )

/** Sends an order that must be taken, and answers its id. */
export async function sent(desk: TradingDesk, ...order: Parameters<typeof intentTo>): Promise<string> {
  const submission = intentTo(...order)
  const answer = await desk.trading.submit(submission)
  expect(answer.ok ? 'taken' : JSON.stringify(answer)).toBe('taken')
  return submission.intent
}

/** A limit order to buy that the market does not reach. */
export async function resting(
  desk: TradingDesk,
  fields: Parameters<typeof intentTo>[0] = {},
): Promise<string> {
  const symbol = fields.symbol === 'MSFT' ? 'MSFT' : 'AAPL'
  const id = await sent(desk, { type: 'limit', limitPrice: priceAt(desk, -4, symbol), ...fields })
  await desk.until(id, 'working')
  return id
}

/** Ten shares, or as many as said, bought at the market. */
export async function bought(
  desk: TradingDesk,
  fields: Parameters<typeof intentTo>[0] = {},
): Promise<string> {
  const id = await sent(desk, fields)
  await desk.until(id, 'filled')
  return id
}
