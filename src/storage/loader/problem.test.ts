import { expect, test } from 'vitest'
import { AlpacaError } from '#alpaca'
import { DatabaseError } from '../database/index.ts'
import { loadProblemOf } from './problem.ts'

test('what may pass is tried again, what concerns one symbol leaves the others, and what concerns all ends the load', () => {
  expect(loadProblemOf(new AlpacaError('timeout', 'no answer'))).toEqual({
    scope: 'passing',
    message: 'Alpaca does not answer: no answer',
  })
  expect(loadProblemOf(new AlpacaError('unprocessable', 'what?')).scope).toBe('symbol')
  expect(loadProblemOf(new AlpacaError('unauthorized', 'no')).scope).toBe('all')
  expect(loadProblemOf(new AlpacaError('forbidden', 'subscription')).message).toContain('Try the feed iex')
  expect(loadProblemOf(new DatabaseError('locked', 'Another program holds it.')).message).toBe(
    'Another program holds it.',
  )
  expect(loadProblemOf(new DatabaseError('damaged', 'The file is damaged.')).scope).toBe('all')
})

test('a bug is no problem of the load', () => {
  expect(() => loadProblemOf(new TypeError('oops'))).toThrow('oops')
})
