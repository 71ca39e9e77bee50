import { expect, test } from 'vitest'
import { SHOWN_CLOSED } from '#shared/trading/account'
import { describeCount } from './describe-count.ts'

const closed = (count: number) => Array.from({ length: count }, () => ({ state: 'filled' as const }))

test('a list says how many it shows, and of a long one that the older rows stand elsewhere', () => {
  expect(describeCount(1, 1, 'fill', closed(1))).toBe('1 fill')
  expect(describeCount(3, 40, 'fill', closed(40))).toBe('3 of 40 fills')
  const many = closed(SHOWN_CLOSED)
  expect(describeCount(1_000, 1_000, 'order', many)).toBe('the latest 1,000 orders; older ones in Audit')
  expect(describeCount(3, 700, 'fill', many)).toBe('3 of the latest 700 fills; older ones in Audit')
})
