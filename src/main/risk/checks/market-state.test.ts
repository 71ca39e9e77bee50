import { expect, test } from 'vitest'
import type { OrderDraft } from '#shared/trading/order'
import {
  atMarket,
  draftWith,
  fixed,
  found,
  holding,
  moment,
  p,
  rowWith,
  sessionWith,
  stops,
} from '../../../../tests/support/risk-context.ts'

const quoted = (bid: string, ask: string) => moment({ row: rowWith({ bid: p(bid), ask: p(ask) }) })
const spread = (draft: OrderDraft, context = moment()) => found('SPREAD_TOO_WIDE', draft, context)
const exit = atMarket({ side: 'sell' })
const long = { position: holding('10') }

test('crossing a spread over 20 bps needs confirmation, over 100 bps it is refused', () => {
  expect(spread(atMarket(), quoted('99.9', '100.1'))).toBeUndefined()
  expect(spread(atMarket(), quoted('99.89', '100.1'))?.level).toBe('ask')
  expect(spread(atMarket(), quoted('99.5', '100.5'))?.level).toBe('ask')
  const wide = quoted('99.49', '100.5')
  const problem = spread(atMarket(), wide)
  expect(problem?.level).toBe('refuse')
  expect(problem?.sentence).toContain('Spread $1.01 (101 bps) is over your 100 bps limit')
  expect(fixed(atMarket(), problem)).toMatchObject({ type: 'limit', limitPrice: '99.49' })
  expect(stops(fixed(atMarket(), problem), wide)).toEqual([])
})

test('a limit order crosses the spread once it reaches the other side', () => {
  const wide = quoted('99.49', '100.5')
  expect(spread(draftWith({ limitPrice: p('100.49') }), wide)).toBeUndefined()
  expect(spread(draftWith({ limitPrice: p('100.5') }), wide)?.level).toBe('refuse')
  expect(spread(draftWith({ side: 'sell', limitPrice: p('99.49') }), wide)?.level).toBe('refuse')
  expect(spread(draftWith({ side: 'sell', limitPrice: p('99.5') }), wide)).toBeUndefined()
})

test('an exit through a wide spread needs confirmation at most, and an order sent while closed is not checked', () => {
  const { row } = quoted('99.49', '100.5')
  const { row: lesser } = quoted('99.8', '100.2')
  expect(spread(exit, moment({ ...long, ...(row && { row }) }))?.level).toBe('ask')
  expect(spread(exit, moment({ ...long, ...(lesser && { row: lesser }) }))?.level).toBe('tell')
  const closed = moment({ session: sessionWith({ phase: 'closed' }), ...(row && { row }) })
  expect(spread(atMarket(), closed)).toBeUndefined()
})

const aged = (ms: number, more = {}) => moment({ row: rowWith({ freshness: 'stale', ...more }, ms) })
const stale = (draft: OrderDraft, context = moment()) => found('QUOTE_STALE', draft, context)

test('a quote over 2 s old needs confirmation, over 5 s entries are refused', () => {
  expect(stale(draftWith(), aged(2_000))).toBeUndefined()
  expect(stale(draftWith(), aged(2_001))?.level).toBe('ask')
  expect(stale(draftWith(), aged(5_000))?.level).toBe('ask')
  expect(stale(draftWith(), aged(5_001))?.level).toBe('refuse')
})

test('an old quote only warns about an exit', () => {
  expect(stale(exit, { ...aged(60_000), ...long })?.level).toBe('tell')
  expect(stops(exit, { ...aged(60_000), ...long })).toEqual([])
})

test('age is judged in market time: a live symbol’s old quote is fresh, and a quiet stock needs confirmation', () => {
  expect(stale(draftWith(), aged(60_000, { freshness: 'live' }))).toBeUndefined()
  expect(stale(draftWith(), aged(60_000, { freshness: 'ageing' }))?.level).toBe('ask')
  const quiet = stale(draftWith(), aged(60_000, { freshness: 'quiet' }))
  expect(quiet?.level).toBe('ask')
  expect(quiet?.sentence).toContain('normal for AAPL now')
  expect(stale(draftWith(), aged(4_000))?.sentence).not.toContain('normal')
  expect(stale(draftWith(), aged(60_000, { freshness: 'disconnected' }))?.level).toBe('refuse')
})

test('no quote is too old while the market is closed', () => {
  const closed = { session: sessionWith({ phase: 'closed' }) }
  expect(stops(draftWith(), { ...aged(3_600_000, { freshness: 'closed' }), ...closed })).toEqual([])
  const { row: _, ...blind } = moment(closed)
  expect(stops(draftWith(), blind)).toEqual([])
})

test('without a price entries are refused; with a one-sided or crossed quote they need confirmation', () => {
  const { row: _, ...blind } = moment()
  expect(stops(draftWith(), blind)).toEqual(['refuse QUOTE_MISSING'])
  expect(found('QUOTE_MISSING', exit, { ...blind, position: holding('10') })?.level).toBe('tell')
  const empty = moment({ row: rowWith({ ask: p('0') }) })
  expect(stops(draftWith(), empty)).toEqual(['ask QUOTE_MISSING'])
  const crossed = quoted('100.02', '100.01')
  expect(stops(draftWith(), crossed)).toEqual(['ask QUOTE_MISSING'])
})

test('a halt refuses entries, and exits need confirmation', () => {
  const row = rowWith({ halt: { code: 'T1', reason: 'Halt News Pending', at: 0 } })
  expect(stops(draftWith(), moment({ row }))).toEqual(['refuse TRADING_HALTED'])
  expect(stops(exit, moment({ row, ...long }))).toEqual(['ask TRADING_HALTED'])
  expect(found('TRADING_HALTED', draftWith(), moment({ row }))?.sentence).toBe(
    'AAPL is halted: Halt News Pending (T1). Wait for resumption.',
  )
})

test('a locked quote is valid', () => {
  expect(stops(draftWith(), quoted('100', '100'))).toEqual([])
})

test('stops, OCOs, auction orders and orders that wait for the open are not checked against the current spread', () => {
  const wide = quoted('99.49', '100.5')
  const stop = draftWith({ type: 'stop', limitPrice: undefined, stopPrice: p('101') })
  expect(spread(stop, wide)).toBeUndefined()
  expect(spread(atMarket({ timeInForce: 'cls' }), wide)).toBeUndefined()
  expect(spread(atMarket(), { ...wide, session: sessionWith({ phase: 'pre' }) })).toBeUndefined()
  const oco = draftWith({ side: 'sell', orderClass: 'oco', takeProfit: { limitPrice: p('103') } })
  expect(spread({ ...oco, limitPrice: p('90') }, { ...wide, ...long })).toBeUndefined()
})

test('an exit over a spread limit says which one', () => {
  const sentence = (bid: string, ask: string) => spread(exit, { ...quoted(bid, ask), ...long })?.sentence
  expect(sentence('99.49', '100.5')).toContain('your 100 bps limit')
  expect(sentence('99.8', '100.2')).toContain('your 20 bps limit')
})

const passedOver = (bid: string, ask: string, more = {}) =>
  moment({
    row: rowWith({ bid: p(bid), ask: p(ask), price: p('100'), basis: 'trade', quoteProblem: 'wide' }, 12_000),
    ...more,
  })

test('a wide quote is reported with the price that replaces it in the checks, and that price’s age', () => {
  const problem = found('QUOTE_MISSING', draftWith(), passedOver('75', '150.02'))
  expect(problem).toMatchObject({ level: 'ask' })
  expect(problem?.sentence).toBe(
    'AAPL quote $75.00 × $150.02 is too wide; checked against last trade at $100.00, 12 s old.',
  )
})

test('no price of a wide quote is offered, and none decides on which side a stop lies', () => {
  const wide = passedOver('75', '150.02')
  expect(spread(atMarket(), wide)).toMatchObject({ level: 'refuse' })
  expect(spread(atMarket(), wide)?.fix).toBeUndefined()
  const stop = draftWith({ type: 'stop', limitPrice: undefined, stopPrice: p('110') })
  expect(found('STOP_ON_WRONG_SIDE', stop, wide)).toBeUndefined()
  const evening = passedOver('75', '150.02', { session: sessionWith({ phase: 'after' }) })
  expect(found('MARKET_CLOSED', atMarket(), evening)?.fix).toBeUndefined()
})
