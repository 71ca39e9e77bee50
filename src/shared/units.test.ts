import { expect, test } from 'vitest'
import { price, quantity, signedDecimal } from './units.ts'

test.each([
  ['a price', price],
  ['a quantity', quantity],
  ['a signed decimal', signedDecimal],
])('%s of 400 digits is refused, with or without a point', (_what, schema) => {
  for (const text of ['9'.repeat(400), `1.${'9'.repeat(400)}`, `${'9'.repeat(200)}.${'9'.repeat(200)}`])
    expect(schema.safeParse(text).success, text).toBe(false)
  expect(schema.safeParse('228.34').success).toBe(true)
})

test('the value of the largest order is still an amount', () => {
  expect(price.safeParse('9'.repeat(24)).success).toBe(true)
})
