import { expect, test } from 'vitest'
import { holding } from '../../../tests/support/risk-context.ts'
import { describeReverse } from './describe-reverse.ts'

test('a reverse says what is traded in all, and what it ends with', () => {
  expect(describeReverse(holding('100'))).toBe('Reverse AAPL: sell 200, ends short 100')
  expect(describeReverse(holding('-20'))).toBe('Reverse AAPL: buy 40, ends long 20')
})
