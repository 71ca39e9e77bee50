import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#shared/calendar/new-york'
import { nyse } from '#shared/exchange-calendar'
import { midnight } from '../bars/index.ts'
import { loadableUntil, missingRanges, openDays } from './missing.ts'
import { without } from './range.ts'

const LATER = Date.parse('2030-01-01')
const range = (from: string, until: string) => ({ from: midnight(from), until: midnight(until) })

test('with nothing loaded yet, one range spans weekends and holidays from the first trading day to the last', () => {
  const span = { startDate: '2024-06-29', endDate: '2024-07-07' } // Saturday to Sunday around Independence Day
  expect(missingRanges(span, LATER, [], nyse)).toEqual([range('2024-07-01', '2024-07-06')])
})

test('a gap in the middle is found although the first and last day are there', () => {
  const span = { startDate: '2024-07-01', endDate: '2024-07-12' }
  const covered = [range('2024-07-01', '2024-07-03'), range('2024-07-09', '2024-07-13')]
  expect(missingRanges(span, LATER, covered, nyse)).toEqual([range('2024-07-03', '2024-07-09')])
})

test('an interrupted load continues at the next minute', () => {
  const span = { startDate: '2024-07-01', endDate: '2024-07-02' }
  const reached = Date.parse('2024-07-01T15:01:00Z')
  const covered = [{ from: midnight('2024-07-01'), until: reached }]
  expect(missingRanges(span, LATER, covered, nyse)).toEqual([
    { from: reached, until: midnight('2024-07-03') },
  ])
})

test('the future, a closed day, and a span that ends before it starts have nothing to load', () => {
  const now = Date.parse('2024-07-03T16:00:30Z')
  expect(missingRanges({ startDate: '2024-07-05', endDate: '2024-12-31' }, now, [], nyse)).toEqual([])
  expect(missingRanges({ startDate: '2024-07-04', endDate: '2024-07-04' }, LATER, [], nyse)).toEqual([])
  expect(missingRanges({ startDate: '2024-07-03', endDate: '2024-07-01' }, LATER, [], nyse)).toEqual([])
})

test('today is loaded up to the last settled minute, on SIP up to 16 minutes ago', () => {
  const now = Date.parse('2024-07-03T16:00:30Z')
  const until = loadableUntil(now, 'iex')
  expect(new Date(until).toISOString()).toBe('2024-07-03T15:59:00.000Z')
  expect(new Date(loadableUntil(now, 'sip')).toISOString()).toBe('2024-07-03T15:44:00.000Z')
  expect(missingRanges({ startDate: '2024-07-03', endDate: '2024-07-03' }, until, [], nyse)).toEqual([
    { from: midnight('2024-07-03'), until },
  ])
})

test('days when the clocks change have 23 and 25 hours', () => {
  const spring = missingRanges({ startDate: '2024-03-08', endDate: '2024-03-11' }, LATER, [], nyse)
  expect((spring[0]!.until - spring[0]!.from) / 3_600_000).toBe(4 * 24 - 1)
  const autumn = missingRanges({ startDate: '2024-11-01', endDate: '2024-11-04' }, LATER, [], nyse)
  expect((autumn[0]!.until - autumn[0]!.from) / 3_600_000).toBe(4 * 24 + 1)
})

test('whatever is loaded already, exactly the rest of every trading day is requested, and no trading time twice', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2023-12-01', offset))
  const moment = fc
    .integer({ min: 0, max: 400 * 1_440 })
    .map((minute) => Date.parse('2023-12-01') + minute * 60_000)
  const stretches = fc.array(fc.tuple(moment, fc.integer({ min: 0, max: 90_000 })), { maxLength: 6 })
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 60 }), stretches, (startDate, length, loaded) => {
      const endDate = addDays(startDate, length)
      const covered = loaded.map(([from, minutes]) => ({ from, until: from + minutes * 60_000 }))
      const ranges = missingRanges({ startDate, endDate }, LATER, covered, nyse)
      const days = nyse.tradingDaysBetween(startDate, addDays(endDate, 1))
      const wanted = without(
        days.map(({ day }) => range(day, addDays(day, 1))),
        covered,
      )
      expect(without(wanted, ranges)).toEqual([])
      for (const extra of without(ranges, wanted)) expect(openDays(extra, nyse)).toBe(0)
    }),
  )
})
