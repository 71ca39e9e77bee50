import { expect, test } from 'vitest'
import { nightOf } from './night.ts'

test.each([
  ['2026-11-27T23:59:59-05:00', '2026-11-27'],
  ['2026-11-28T00:00:00-05:00', '2026-11-27'],
  ['2026-11-28T03:59:59-05:00', '2026-11-27'],
  ['2026-11-28T04:00:00-05:00', undefined],
  ['2026-11-28T19:59:59-05:00', undefined],
  ['2026-11-28T20:00:00-05:00', '2026-11-28'],
])('at %s it is the night of %s', (at, night) => {
  expect(nightOf(Date.parse(at))).toBe(night)
})

test('a night in which the clocks change is one night, and its hours are New York’s', () => {
  const spring = ['2026-03-07T20:00:00-05:00', '2026-03-08T01:59:59-05:00', '2026-03-08T03:59:59-04:00']
  expect(spring.map((at) => nightOf(Date.parse(at)))).toEqual(['2026-03-07', '2026-03-07', '2026-03-07'])
  expect(nightOf(Date.parse('2026-03-08T04:00:00-04:00'))).toBeUndefined()
  const autumn = ['2026-10-31T20:00:00-04:00', '2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00']
  expect(autumn.map((at) => nightOf(Date.parse(at)))).toEqual(['2026-10-31', '2026-10-31', '2026-10-31'])
  expect(nightOf(Date.parse('2026-11-01T04:00:00-05:00'))).toBeUndefined()
})
