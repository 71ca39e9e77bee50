import { expect, test } from 'vitest'
import { AlpacaError } from '#alpaca'
import { DatabaseError } from '../database/index.ts'
import { loadProblemOf } from './problem.ts'

test('a problem is retried if it may pass, fails one symbol if it concerns only that, and else ends the load', () => {
  expect(loadProblemOf(new AlpacaError('timeout', 'no answer'))).toEqual({
    scope: 'passing',
    message: 'No reply from Alpaca: no answer',
  })
  expect(loadProblemOf(new AlpacaError('unprocessable', 'what?')).scope).toBe('symbol')
  expect(loadProblemOf(new AlpacaError('unauthorized', 'no')).scope).toBe('all')
  expect(loadProblemOf(new AlpacaError('forbidden', 'subscription')).message).toContain('Try the feed iex')
  expect(loadProblemOf(new DatabaseError('locked', 'Another program holds it.')).message).toBe(
    'Another program holds it.',
  )
  expect(loadProblemOf(new DatabaseError('damaged', 'The file is damaged.')).scope).toBe('all')
})

test('a bug is thrown instead of reported as a problem of the load', () => {
  expect(() => loadProblemOf(new TypeError('oops'))).toThrow('oops')
})
