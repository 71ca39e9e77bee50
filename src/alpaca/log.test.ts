import { expect, test } from 'vitest'
import { OncePerMinute, silentLog } from './log.ts'

test('a flood of one fault is one line a minute, which says how many were suppressed', () => {
  const mayTell = new OncePerMinute()
  expect(mayTell.mayTell('quote', 0)).toBe(0)
  expect(mayTell.mayTell('quote', 1_000)).toBeUndefined()
  expect(mayTell.mayTell('quote', 59_999)).toBeUndefined()
  expect(mayTell.mayTell('quote', 60_000)).toBe(2)
  expect(mayTell.mayTell('quote', 60_001)).toBeUndefined()
})

test('one kind of fault does not silence another', () => {
  const mayTell = new OncePerMinute()
  expect(mayTell.mayTell('quote', 0)).toBe(0)
  expect(mayTell.mayTell('bar', 0)).toBe(0)
})

test('the silent log accepts everything and logs nothing', () => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    expect(silentLog[level]({}, 'hello')).toBeUndefined()
  }
})
