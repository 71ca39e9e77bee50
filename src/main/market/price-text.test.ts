import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { price, signedDecimal } from '#shared/units'
import { priceText, signedText } from './price-text.ts'

test('the text of any number is a price that is valid in a window', () => {
  const amounts = fc.oneof(
    fc.double({ min: 0, max: 1e12, noNaN: true }),
    fc.constantFrom(0, 1e-9, 1e21, 0.1 + 0.2),
  )
  fc.assert(
    fc.property(amounts, (amount) => {
      const text = priceText(amount)
      expect(price.safeParse(text).success).toBe(true)
      expect(new Decimal(text).minus(amount).abs().lte(5e-10)).toBe(true)
    }),
  )
})

test('a price of up to nine decimals keeps every digit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 6 }), (units, places) => {
      const amount = new Decimal(units).div(new Decimal(10).pow(places))
      expect(priceText(amount.toNumber())).toBe(amount.toFixed())
      expect(priceText(amount)).toBe(amount.toFixed())
    }),
  )
})

test('a difference keeps its sign, and zero is never negative', () => {
  expect(signedText(new Decimal('-1.25'))).toBe('-1.25')
  expect(signedText(new Decimal('-0'))).toBe('0')
  expect(signedDecimal.safeParse(signedText(new Decimal('1e-10'))).success).toBe(true)
})
