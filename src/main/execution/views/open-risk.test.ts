import { expect, test } from 'vitest'
import type { PositionExit, PositionView } from '#shared/trading/account'
import { stockSymbol } from '#shared/units'
import { AAPL, holding, p, q } from '../../../../tests/support/risk-context.ts'
import { openRisk } from './open-risk.ts'

const stop = (stopPrice: string, quantity: string, more: Partial<PositionExit> = {}): PositionExit => ({
  orderId: `stop at ${stopPrice}`,
  kind: 'stop',
  type: 'stop',
  state: 'open',
  quantity: q(quantity),
  stopPrice: p(stopPrice),
  origin: 'signal',
  ...more,
})

/** So many shares, worth $100.00 now, with these exits. */
const held = (shares: string, ...exits: readonly PositionExit[]): PositionView => ({
  ...holding(shares),
  exits,
})

const risk = (...exits: readonly PositionExit[]) => openRisk([held('100', ...exits)])

test('a position risks what it would lose between its price and its stop', () => {
  expect(risk(stop('98', '100'))).toEqual({ atStops: '200', withoutStop: [] })
})

test('a short position risks the way up to its stop', () => {
  expect(openRisk([held('-100', stop('101.5', '100'))])).toEqual({ atStops: '150', withoutStop: [] })
})

test('a position without a stop is named, and adds no figure', () => {
  const target = { ...stop('104', '100'), kind: 'target' as const, type: 'limit' as const }
  expect(risk(target)).toEqual({ atStops: '0', withoutStop: [AAPL] })
  expect(openRisk([])).toEqual({ atStops: '0', withoutStop: [] })
})

test('shares beyond those of the stop have none', () => {
  expect(risk(stop('98', '60'))).toEqual({ atStops: '120', withoutStop: [AAPL] })
})

test('of more stops than shares, those that are reached first count', () => {
  expect(risk(stop('99', '60'), stop('97', '60'))).toEqual({ atStops: '180', withoutStop: [] })
})

test('a stop that the market has gapped through adds nothing, and takes nothing off the others', () => {
  const other = { ...held('10', stop('95', '10')), symbol: stockSymbol.parse('MSFT') }
  expect(openRisk([held('100', stop('103', '100')), other])).toEqual({ atStops: '50', withoutStop: [] })
})

test('a stop-limit order that the market has passed may not fill, so that the position counts as without a stop', () => {
  const passed = { type: 'stop_limit' as const, limitPrice: p('102.5') }
  expect(risk(stop('103', '100', passed))).toEqual({ atStops: '0', withoutStop: [AAPL] })
  const ahead = { type: 'stop_limit' as const, limitPrice: p('97.5') }
  expect(risk(stop('98', '100', ahead))).toEqual({ atStops: '200', withoutStop: [] })
})

test('the stop of a bracket counts while it stands by, but not while it waits for its entry', () => {
  expect(risk(stop('98', '100', { state: 'held' }))).toEqual({ atStops: '200', withoutStop: [] })
  const waiting = stop('98', '100', { state: 'held', waitsForEntry: true })
  expect(risk(waiting)).toEqual({ atStops: '0', withoutStop: [AAPL] })
})

test('a stop that nobody has confirmed, or that is being canceled, protects nothing', () => {
  for (const state of ['requested', 'unconfirmed', 'pending-cancel', 'done-for-day'] as const)
    expect(risk(stop('98', '100', { state }))).toEqual({ atStops: '0', withoutStop: [AAPL] })
  expect(risk(stop('98', '100', { state: 'pending-replace' }))).toEqual({ atStops: '200', withoutStop: [] })
})

test('a trailing stop counts from where it stands, and before the exchange says by its whole distance', () => {
  const trail = { type: 'trailing_stop' as const, trailPercent: p('5') }
  expect(risk(stop('99', '100', trail))).toEqual({ atStops: '100', withoutStop: [] })
  const { stopPrice: _unknown, ...unknown } = stop('99', '100', trail)
  expect(risk(unknown)).toEqual({ atStops: '500', withoutStop: [] })
  const { trailPercent: _percent, ...rest } = unknown
  expect(risk({ ...rest, trailPrice: p('3') })).toEqual({ atStops: '300', withoutStop: [] })
})

test('while the price of a position with a stop is unknown, so is the risk', () => {
  const { lastPrice: _price, ...unpriced } = held('100', stop('98', '100'))
  expect(openRisk([unpriced])).toBeUndefined()
  expect(openRisk([{ ...unpriced, exits: [] }])).toEqual({ atStops: '0', withoutStop: [AAPL] })
})
