import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quote } from '../../../tests/support/market-messages.ts'
import { mid, spread } from './quote.ts'

/** Prices as exact ten-thousandths of a dollar, up to a million dollars. */
const tenThousandths = fc.integer({ min: 1, max: 10_000_000_000 })

test('mid and spread are exact to the last digit', () => {
  fc.assert(
    fc.property(tenThousandths, tenThousandths, (one, other) => {
      const [bid, ask] = one <= other ? [one, other] : [other, one]
      const found = quote({ bid: bid / 10_000, ask: ask / 10_000 })
      expect(mid(found)?.times(20_000).toFixed()).toBe(String(bid + ask))
      expect(spread(found)?.times(10_000).toFixed()).toBe(String(ask - bid))
    }),
  )
})

test('the mid of 0.1 and 0.2 is 0.15, without binary rounding', () => {
  expect(mid(quote({ bid: 0.1, ask: 0.2 }))?.toFixed()).toBe('0.15')
  expect(spread(quote({ bid: 0.1, ask: 0.3 }))?.toFixed()).toBe('0.2')
})

test('a quote with an empty side or with the bid above the ask has neither mid nor spread', () => {
  for (const sides of [
    { bid: 0, ask: 10 },
    { bid: 10, ask: 0 },
    { bid: 0, ask: 0 },
    { bid: 10.01, ask: 10 },
  ]) {
    expect(mid(quote(sides))).toBeUndefined()
    expect(spread(quote(sides))).toBeUndefined()
  }
})

test('a locked quote has a mid, and a spread of zero', () => {
  expect(mid(quote({ bid: 10, ask: 10 }))?.toFixed()).toBe('10')
  expect(spread(quote({ bid: 10, ask: 10 }))?.toFixed()).toBe('0')
})
