import { expect, test } from 'vitest'
import { copyRemark, describeCopy, describeStatus } from './describe-database.ts'

const address = 'SQLite file /data/signal.sqlite'

test('the state of the database says what it supports or what is wrong with it', () => {
  expect(describeStatus(undefined)).toBe('Opening…')
  expect(describeStatus({ state: 'open', address, description: 'PostgreSQL 17 without TimescaleDB.' })).toBe(
    'PostgreSQL 17 without TimescaleDB.',
  )
  expect(describeStatus({ state: 'waiting', address, problem: 'Nothing listens there.' })).toBe(
    'Nothing listens there. Retrying…',
  )
  expect(describeStatus({ state: 'failed', address, problem: 'The password was refused.' })).toBe(
    'The password was refused.',
  )
})

test('a database that is upgraded says how far its copy is, and then that it is upgraded', () => {
  const status = { state: 'opening', address } as const
  expect(describeStatus(status)).toBe('Opening…')
  expect(describeStatus({ ...status, copiedPercent: 42 })).toBe('Backing up before the upgrade: 42%')
  expect(describeStatus({ ...status, copiedPercent: 100 })).toBe('Upgrading…')
})

test('a copy shows its progress, and never more than is true', () => {
  expect(describeCopy({ bars: 0, totalBars: 0, events: 0 })).toEqual({
    text: 'Counting…',
    percent: 0,
  })
  expect(describeCopy({ bars: 1_999, totalBars: 2_000, events: 0 })).toEqual({
    text: '1,999 of 2,000 bars',
    percent: 99,
  })
  expect(describeCopy({ bars: 2_000, totalBars: 2_000, events: 1_234 })).toEqual({
    text: '2,000 of 2,000 bars, 1,234 events',
    percent: 100,
  })
})

test('an incomplete copy says what is missing', () => {
  expect(copyRemark({ bars: 10, events: 'copied', complete: true })).toBeUndefined()
  expect(copyRemark({ bars: 1_200, events: 'kept-apart', complete: false })).toMatch(
    /Stopped after 1,200 bars/,
  )
  expect(copyRemark({ bars: 10, events: 'kept-apart', complete: true })).toMatch(/its own event log/)
})
