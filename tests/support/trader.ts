import { expect } from 'vitest'
import { toPrice } from '../../src/shared/units.ts'
import { intentTo } from './order-drafts.ts'
import type { TradingSession } from './trading-session.ts'

/** A price that far from the market, in percent, on the tick. */
export const priceAt = (session: TradingSession, percent: number, symbol = 'AAPL') =>
  toPrice(
    session
      .mid(symbol)
      .times(100 + percent)
      .div(100)
      .toDecimalPlaces(2),
  )

/** Sends an order that must be accepted, and answers its id. */
export async function sent(session: TradingSession, ...order: Parameters<typeof intentTo>): Promise<string> {
  const submission = intentTo(...order)
  const answer = await session.trading.submit(submission)
  expect(answer.ok ? 'taken' : JSON.stringify(answer)).toBe('taken')
  return submission.intent
}

/** A limit order to buy that the market does not reach. */
export async function resting(
  session: TradingSession,
  fields: Parameters<typeof intentTo>[0] = {},
): Promise<string> {
  const symbol = fields.symbol === 'MSFT' ? 'MSFT' : 'AAPL'
  const id = await sent(session, { type: 'limit', limitPrice: priceAt(session, -4, symbol), ...fields })
  await session.until(id, 'open')
  return id
}

/** Buys ten shares, or the given number, at the market. */
export async function bought(
  session: TradingSession,
  fields: Parameters<typeof intentTo>[0] = {},
): Promise<string> {
  const id = await sent(session, fields)
  await session.until(id, 'filled')
  return id
}
