import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { midOf, spreadBps } from './spread.ts'

test('the spread is measured in basis points of the mid, not of a side', () => {
  const [bid, ask] = [new Decimal('99'), new Decimal('101')]
  expect(midOf(bid, ask).toFixed()).toBe('100')
  expect(spreadBps(bid, ask).toFixed()).toBe('200')
  expect(spreadBps(bid, bid).toFixed()).toBe('0')
})
