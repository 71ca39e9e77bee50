import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixed, PRICE_DIGITS, scaled, scaledText, unscaled, VWAP_DIGITS } from './scale.ts'

/** Any price as Alpaca may send it: decimal text of up to that many digits after the point. */
const decimalText = (digits: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 10 ** digits - 1 }))
    .map(([whole, fraction]) => unscaled(whole * 10 ** digits + fraction, digits))

describe.each([PRICE_DIGITS, VWAP_DIGITS])('an amount of up to %i decimals', (digits) => {
  test('comes out digit for digit as it was sent', () => {
    fc.assert(
      fc.property(decimalText(digits), (text) => {
        const number = Number(JSON.parse(text))
        const integer = scaled(number, digits)
        expect(integer).toBe(scaledText(text, digits))
        expect(unscaled(integer ?? -1, digits)).toBe(text)
        expect(Number(fixed(integer ?? -1, digits))).toBe(number)
      }),
    )
  })

  test('with one decimal more is rejected, never rounded', () => {
    const longer = fc.tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(longer, decimalText(digits), ([whole, last], text) => {
        const fraction = (text.split('.')[1] ?? '').padEnd(digits, '0')
        expect(scaled(Number(`${whole}.${fraction}${last}`), digits)).toBeUndefined()
        expect(scaledText(`${whole}.${fraction}${last}`, digits)).toBeUndefined()
      }),
    )
  })
})

test('amounts below one dollar have one zero before the point', () => {
  expect(unscaled(1, PRICE_DIGITS)).toBe('0.0001')
  expect(fixed(1, PRICE_DIGITS)).toBe('0.0001')
  expect(fixed(0, VWAP_DIGITS)).toBe('0.000000')
  expect(fixed(12_345, PRICE_DIGITS)).toBe('1.2345')
})

test('negative, infinite and too large amounts are rejected', () => {
  for (const amount of [-1, -0.0001, NaN, Infinity, 100_000_000]) expect(scaled(amount, 4)).toBeUndefined()
  for (const text of ['-1', '', '1.', '.5', '1e5', '100000000', '١'])
    expect(scaledText(text, 4)).toBeUndefined()
})
