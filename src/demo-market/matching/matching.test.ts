import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { order } from '../../../tests/support/demo-orders.ts'
import { amount, lesser, ZERO } from './exact.ts'
import { limitOf, meet, reachesStop, trailed, type Market, type QueuePlace } from './matching.ts'
import type { SimOrder } from './order.ts'

/** Bid 20.00 for 300, ask 20.02 for 500, last traded at 20.01, unless overridden. */
const market = (terms: Partial<Record<keyof Market, string>> = {}): Market => ({
  bid: amount(terms.bid ?? '20'),
  ask: amount(terms.ask ?? '20.02'),
  bidSize: amount(terms.bidSize ?? '300'),
  askSize: amount(terms.askSize ?? '500'),
  last: amount(terms.last ?? '20.01'),
})
const limit = (limitPrice: string, terms: Partial<SimOrder> = {}) =>
  order({ type: 'limit', limitPrice, qty: '1000', ...terms })
const told = ({ match }: ReturnType<typeof meet>) =>
  match && `${match.qty.toFixed()} at ${match.price.toFixed()}`

describe('what fills immediately', () => {
  test.each<[string, SimOrder]>([
    ['500 at 20.02', order({ qty: '1000' })],
    ['10 at 20.02', order({ qty: '10' })],
    ['300 at 20', order({ side: 'sell', qty: '1000' })],
    ['500 at 20.02', limit('20.02')],
    ['500 at 20.02', limit('25')],
    ['300 at 20', limit('15', { side: 'sell' })],
    ['4.995004995 at 20.02', order({ qty: null, notional: '100' })],
  ])('%s', (fill, asked) => expect(told(meet(asked, market(), undefined))).toBe(fill))
})

describe('what rests', () => {
  test('at the bid queues behind those already there, and each touch moves it forward', () => {
    let place: QueuePlace | undefined = meet(limit('20'), market(), undefined).place
    expect(place?.ahead?.toFixed()).toBe('300')
    const touch = market({ last: '20' })
    for (const ahead of ['200', '100', '0']) {
      const met = meet(limit('20'), touch, place)
      expect(told(met)).toBeUndefined()
      expect((place = met.place)?.ahead?.toFixed()).toBe(ahead)
    }
    expect(told(meet(limit('20'), touch, place))).toBe('100 at 20')
  })

  test('inside the spread is first in the queue', () => {
    const { place } = meet(limit('20.01', { qty: '50' }), market({ last: '20.02' }), undefined)
    expect(place?.ahead?.toFixed()).toBe('0')
    expect(told(meet(limit('20.01', { qty: '50' }), market({ last: '20.01' }), place))).toBe('50 at 20.01')
  })

  test('below the bid has no place in a queue until somebody quotes its price', () => {
    const { place } = meet(limit('19.5'), market(), undefined)
    expect(place).toEqual({})
    expect(meet(limit('19.5'), market({ bid: '19.5', bidSize: '800' }), place).place?.ahead?.toFixed()).toBe(
      '800',
    )
  })

  test('is filled at its own price when the market falls through it', () => {
    const { place } = meet(limit('19.5'), market(), undefined)
    expect(told(meet(limit('19.5'), market({ ask: '19.4', bid: '19.38', last: '19.39' }), place))).toBe(
      '500 at 19.5',
    )
    expect(told(meet(limit('19.5'), market({ ask: '19.6', bid: '19.3', last: '19.45' }), place))).toBe(
      '100 at 19.5',
    )
  })
})

describe('stops', () => {
  test.each([
    ['buy', '20.01', true],
    ['buy', '20.02', false],
    ['sell', '20.01', true],
    ['sell', '20', false],
  ] as const)('a %s stop at %s is triggered: %s', (side, stopPrice, reached) => {
    expect(reachesStop(order({ side, stopPrice, type: 'stop' }), market())).toBe(reached)
  })

  test('a buy stop pays no more than 4% above a price below $50, otherwise 2.5%; a sell stop accepts any price', () => {
    expect(limitOf(order({ type: 'stop', stopPrice: '20' }))?.toFixed()).toBe('20.8')
    expect(limitOf(order({ type: 'stop', stopPrice: '100' }))?.toFixed()).toBe('102.5')
    expect(limitOf(order({ type: 'stop', stopPrice: '20', side: 'sell' }))).toBeUndefined()
  })

  test('a trailing stop moves with the best price, never back', () => {
    const trailing = order({
      side: 'sell',
      type: 'trailing_stop',
      trailPrice: '0.5',
      hwm: '20',
      stopPrice: '19.5',
    })
    expect(trailed(trailing, market())).toEqual({ hwm: '20.01', stopPrice: '19.51' })
    expect(trailed(trailing, market({ last: '19.9' }))).toBeUndefined()
    const short = order({
      side: 'buy',
      type: 'trailing_stop',
      trailPercent: '1',
      hwm: '21',
      stopPrice: '21.21',
    })
    expect(trailed(short, market())).toEqual({ hwm: '20.01', stopPrice: '20.21' })
  })
})

const cents = (min: number, max: number) => fc.integer({ min, max }).map((value) => amount(value).div(100))
const markets = fc
  .record({
    low: cents(1000, 3000),
    spread: cents(1, 30),
    bidLots: fc.nat(8),
    askLots: fc.nat(8),
    share: fc.nat(100),
  })
  .map(({ low, spread, bidLots, askLots, share }): Market => ({
    bid: low,
    ask: low.plus(spread),
    bidSize: amount(bidLots * 100),
    askSize: amount(askLots * 100),
    last: low.plus(spread.times(share).div(100)).toDecimalPlaces(2),
  }))

test('no order is ever filled beyond its quantity, its limit or the size shown, whatever the market does', () => {
  fc.assert(
    fc.property(
      fc.record({
        side: fc.constantFrom('buy' as const, 'sell' as const),
        limitPrice: cents(900, 3100),
        qty: fc.integer({ min: 1, max: 3000 }),
      }),
      fc.array(markets, { minLength: 1, maxLength: 40 }),
      ({ side, limitPrice, qty }, tape) => {
        let [left, place]: [typeof ZERO, QueuePlace | undefined] = [amount(qty), undefined]
        for (const now of tape) {
          if (left.eq(0)) break
          const met = meet(limit(limitPrice.toFixed(), { side, qty: left.toFixed() }), now, place)
          place = met.place ?? place
          if (met.match === undefined) continue
          const { price, qty: shares, takes } = met.match
          expect(shares.gt(0) && shares.lte(left)).toBe(true)
          expect(side === 'buy' ? price.lte(limitPrice) : price.gte(limitPrice)).toBe(true)
          if (takes) expect(shares.lte(side === 'buy' ? now.askSize : now.bidSize)).toBe(true)
          left = left.minus(lesser(shares, left))
        }
      },
    ),
  )
})
