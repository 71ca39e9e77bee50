import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTime, toTime } from './time.ts'

const instant = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2199-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
const digits = fc.stringMatching(/^[0-9]{1,9}$/)

test('a timestamp is read as the time that Date.parse finds in it, to the millisecond', () => {
  fc.assert(
    fc.property(instant, fc.option(digits), (date, fraction) => {
      const second = date.toISOString().slice(0, 19)
      const stamp = `${second}${fraction === null ? '' : `.${fraction}`}Z`
      expect(readTime(stamp)).toBe(Date.parse(`${second}.${(fraction ?? '').padEnd(3, '0').slice(0, 3)}Z`))
    }),
  )
})

test('a New York offset is taken into account', () => {
  expect(readTime('2026-11-20T10:15:30.123456789-05:00')).toBe(Date.parse('2026-11-20T15:15:30.123Z'))
  expect(readTime('2026-07-01T09:30:00-04:00')).toBe(Date.parse('2026-07-01T13:30:00Z'))
  expect(readTime('2026-07-01T09:30:00+05:30')).toBe(Date.parse('2026-07-01T04:00:00Z'))
})

test('February 29 exists only in leap years', () => {
  expect(readTime('2024-02-29T00:00:00Z')).toBe(Date.parse('2024-02-29T00:00:00Z'))
  expect(readTime('2000-02-29T00:00:00Z')).toBe(Date.parse('2000-02-29T00:00:00Z'))
  expect(readTime('2026-02-29T00:00:00Z')).toBeUndefined()
  expect(readTime('1900-02-29T00:00:00Z')).toBeUndefined()
})

test.each([
  '',
  'yesterday',
  '2026-11-20',
  '2026-11-20T15:04:05',
  '2026-11-20 15:04:05Z',
  '2026-11-20T15:04:05.Z',
  '2026-11-20T15:04:05.1234567890Z',
  '2026-11-20T15:04:05z',
  '2026-11-20T15:04:05ZZ',
  '2026-13-20T15:04:05Z',
  '2026-00-20T15:04:05Z',
  '2026-11-31T15:04:05Z',
  '2026-11-00T15:04:05Z',
  '2026-11-20T24:04:05Z',
  '2026-11-20T15:60:05Z',
  '2026-11-20T15:04:60Z',
  '2026-11-20T15-04-05Z',
  '2026/11/20T15:04:05Z',
  '2026-11-20T15:04:05+5:00',
  '2026-11-20T15:04:05+0500',
  '2026-11-20T15:04:05+24:00',
  '2026-11-20T15:04:05+05:60',
  '2O26-11-20T15:04:05Z',
])('%j is not a time', (text) => {
  expect(readTime(text)).toBeUndefined()
})

test('no text makes the reader fail', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const at = readTime(text)
      expect(at === undefined || Number.isFinite(at)).toBe(true)
    }),
  )
})

test('a written time reads back the same', () => {
  fc.assert(
    fc.property(instant, (date) => {
      expect(readTime(toTime(date.getTime()))).toBe(date.getTime())
    }),
  )
})
