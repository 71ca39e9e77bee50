import { expect, test } from 'vitest'
import { monthsBefore, rangeOf, rangeProblem, describeRange } from './dates.ts'

test('a month ago is the same day, or the last one if that month is shorter', () => {
  expect(monthsBefore('2026-11-24', 1)).toBe('2026-10-24')
  expect(monthsBefore('2024-03-31', 1)).toBe('2024-02-29')
  expect(monthsBefore('2023-03-31', 1)).toBe('2023-02-28')
  expect(monthsBefore('2026-01-15', 1)).toBe('2025-12-15')
  expect(monthsBefore('2024-02-29', 12)).toBe('2023-02-28')
  expect(monthsBefore('2024-02-29', 48)).toBe('2020-02-29')
})

test('a preset ends today, on whichever side of a clock change it starts', () => {
  expect(rangeOf('month', '2026-03-20')).toEqual({ startDate: '2026-02-20', endDate: '2026-03-20' })
  expect(rangeOf('month', '2026-11-10')).toEqual({ startDate: '2026-10-10', endDate: '2026-11-10' })
  expect(rangeOf('five-years', '2026-11-24')).toEqual({ startDate: '2021-11-24', endDate: '2026-11-24' })
  expect(rangeOf('year', '2025-02-28').startDate).toBe('2024-02-28')
  expect(rangeOf('year-to-date', '2026-01-01')).toEqual({ startDate: '2026-01-01', endDate: '2026-01-01' })
})

test('days that cannot be loaded are rejected with the reason, at the field that is wrong', () => {
  const problem = (startDate: string, endDate: string) => rangeProblem({ startDate, endDate }, '2026-11-24')
  expect(problem('2026-11-24', '2026-11-24')).toBeUndefined()
  expect(problem('', '2026-11-24')).toMatchObject({ end: 'startDate', text: 'Choose a start date.' })
  expect(problem('2026-11-01', '2026-02-30')).toMatchObject({ end: 'endDate' })
  expect(problem('2026-11-23', '2026-11-20')?.text).toBe('End is before start.')
  expect(problem('2026-11-20', '2026-11-25')?.text).toContain('future; today is Nov 24, 2026')
  expect(problem('2026-11-25', '2026-11-20')?.text).toContain('Start date is in the future')
  expect(problem('2015-12-31', '2026-11-24')?.text).toContain('before 2016')
})

test('a range is shown as two days, or as one', () => {
  expect(describeRange({ startDate: '2021-11-24', endDate: '2026-11-24' })).toBe(
    'Nov 24, 2021 – Nov 24, 2026',
  )
  expect(describeRange({ startDate: '2026-11-24', endDate: '2026-11-24' })).toBe('Nov 24, 2026')
})
