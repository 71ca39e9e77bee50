import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { decimal } from './schemas.ts'

test.each([
  ['400 digits', '9'.repeat(400)],
  ['400 digits after the point', `0.${'1'.repeat(400)}`],
  ['400 digits as a number', JSON.parse('9'.repeat(400)) as number],
  ['a trillion', '1000000000000'],
  ['minus a trillion, as a number', -1e12],
  ['a huge exponent', '1e99'],
  ['a tiny exponent', '1e-99'],
  ['a tiny number', 1e-300],
])('an amount of %s is refused, because nothing could be calculated with it', (_what, amount) => {
  expect(decimal.safeParse(amount).success).toBe(false)
})

test.each(['186.123456789012345', '-0.5', '999999999999.99', '.5', '12.', '1e3', 0.1, 0])(
  'an amount of %s is read exactly',
  (amount) => {
    expect(decimal.parse(amount)).toEqual(new Decimal(amount))
  },
)
