import { expect, test } from 'vitest'
import { suspicionOf, verdictOf } from './mute-judgement.ts'

test('a silence shorter than five seconds does not count', () => {
  expect(suspicionOf({ silentMs: 4_999, expected: 10_000 })).toBe('none')
})

test('if little was expected, no silence is suspicious, however long', () => {
  expect(suspicionOf({ silentMs: 3_600_000, expected: 1 })).toBe('none')
  expect(suspicionOf({ silentMs: 3_600_000, expected: 0 })).toBe('none')
})

test('the more was expected, the more suspicious the silence', () => {
  expect(suspicionOf({ silentMs: 6_000, expected: 3 })).toBe('none')
  expect(suspicionOf({ silentMs: 6_000, expected: 10 })).toBe('suspicious')
  expect(suspicionOf({ silentMs: 9_000, expected: 100 })).toBe('suspicious')
  expect(suspicionOf({ silentMs: 10_000, expected: 100 })).toBe('overwhelming')
})

test('a small list is probed after about 15 seconds', () => {
  expect(suspicionOf({ silentMs: 13_000, expected: 3 })).toBe('none')
  expect(suspicionOf({ silentMs: 14_000, expected: 3 })).toBe('suspicious')
})

test('newer data from REST is proof of a mute stream; nothing newer disproves it', () => {
  expect(verdictOf('newer', 'suspicious')).toBe('mute')
  expect(verdictOf('nothing-newer', 'overwhelming')).toBe('quiet')
})

test('without REST only an overwhelming silence is proof', () => {
  expect(verdictOf('failed', 'suspicious')).toBe('unsure')
  expect(verdictOf('failed', 'overwhelming')).toBe('mute')
})
