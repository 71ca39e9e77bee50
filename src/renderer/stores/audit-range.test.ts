import { expect, test } from 'vitest'
import { rangeOf } from './audit-range.ts'

const NOW = Date.parse('2026-11-24T10:00:00-05:00')
const choose = (kind: Parameters<typeof rangeOf>[0]['kind'], first = '', last = '') =>
  rangeOf({ kind, first, last }, NOW)

test('days are in New York, and the last one is included', () => {
  expect(choose('today')).toEqual({ from: Date.parse('2026-11-24T00:00:00-05:00') })
  expect(choose('week')).toEqual({ from: Date.parse('2026-11-18T00:00:00-05:00') })
  expect(choose('days', '2026-10-30', '2026-11-01')).toEqual({
    from: Date.parse('2026-10-30T00:00:00-04:00'),
    until: Date.parse('2026-11-02T00:00:00-05:00'), // the clocks went back on the 1st
  })
})

test('an end that is not chosen is open', () => {
  expect(choose('any')).toEqual({})
  expect(choose('days', '', '2026-11-01')).toEqual({ until: Date.parse('2026-11-02T00:00:00-05:00') })
  expect(choose('hour')).toEqual({ from: NOW - 3_600_000 })
})
