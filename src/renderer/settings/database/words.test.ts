import { expect, test } from 'vitest'
import { copyRemark, copyWords, statusWords } from './words.ts'

const address = 'SQLite file /data/signal.sqlite'

test('the state of the database is told with what it can do, or what is wrong with it', () => {
  expect(statusWords(undefined)).toBe('It is being opened.')
  expect(statusWords({ state: 'open', address, description: 'PostgreSQL 17 without TimescaleDB.' })).toBe(
    'PostgreSQL 17 without TimescaleDB.',
  )
  expect(statusWords({ state: 'waiting', address, problem: 'Nothing listens there.' })).toBe(
    'Nothing listens there. Signal keeps trying.',
  )
  expect(statusWords({ state: 'failed', address, problem: 'The password was refused.' })).toBe(
    'The password was refused.',
  )
})

test('a copy tells how far it is, and never more than is true', () => {
  expect(copyWords({ bars: 0, totalBars: 0, events: 0 })).toEqual({
    words: 'Counting what is there',
    percent: 0,
  })
  expect(copyWords({ bars: 1_999, totalBars: 2_000, events: 0 })).toEqual({
    words: '1,999 of 2,000 bars',
    percent: 99,
  })
  expect(copyWords({ bars: 2_000, totalBars: 2_000, events: 1_234 })).toEqual({
    words: '2,000 of 2,000 bars, 1,234 events',
    percent: 100,
  })
})

test('a copy that is not whole says what is missing', () => {
  expect(copyRemark({ bars: 10, events: 'copied', complete: true })).toBeUndefined()
  expect(copyRemark({ bars: 1_200, events: 'kept-apart', complete: false })).toMatch(
    /Stopped after 1,200 bars/,
  )
  expect(copyRemark({ bars: 10, events: 'kept-apart', complete: true })).toMatch(/event log of its own/)
})
