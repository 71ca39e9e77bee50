import { expect, test } from 'vitest'
import { reactionTo, unreachableProblem, upgradeProblem } from './stream-problem.ts'

test.each([402, 408, 409, 411])('error %i stops the stream: a retry cannot help', (code) => {
  expect(reactionTo(code, 'no')).toMatchObject({ kind: 'hang-up', problem: { code, fatal: true } })
})

test.each([
  [404, 'network'],
  [406, 'connection-limit'],
  [407, 'slow-client'],
  [500, 'server'],
  [401, 'server'],
  [599, 'server'],
])('error %i disconnects and retries: %s', (code, kind) => {
  expect(reactionTo(code, 'no')).toMatchObject({ kind: 'hang-up', problem: { kind, code, fatal: false } })
})

test.each([
  [400, 'suspect-symbols'],
  [405, 'roll-back'],
  [410, 'suspect-channels'],
])('error %i concerns only the last change: %s', (code, kind) => {
  expect(reactionTo(code, 'no')).toMatchObject({ kind, problem: { code, fatal: false } })
})

test('a repeated message that the keys are accepted is not a fault', () => {
  expect(reactionTo(403, 'already authenticated')).toEqual({ kind: 'authenticated' })
})

test("every problem says what to do, with Alpaca's own message", () => {
  expect(reactionTo(402, 'auth failed')).toMatchObject({
    problem: { message: 'Alpaca rejected the API keys (402 auth failed)' },
  })
})

test.each([
  [401, 'auth'],
  [403, 'auth'],
  [404, 'invalid-request'],
  [302, 'invalid-request'],
  [429, 'connection-limit'],
  [503, 'server'],
])('HTTP %i instead of a socket is a %s problem, and is retried', (status, kind) => {
  expect(upgradeProblem(status)).toMatchObject({ kind, code: status, fatal: false })
})

test.each([
  ['ECONNREFUSED', 'connection refused (ECONNREFUSED)'],
  ['ENOTFOUND', 'DNS lookup failed (offline?) (ENOTFOUND)'],
  ['EELSE', 'connect EELSE 127.0.0.1:80'],
])('an attempt to connect that ends in %s says why', (code, words) => {
  const cause = Object.assign(new Error(`connect ${code} 127.0.0.1:80`), { code })
  expect(unreachableProblem(cause).message).toBe(`Stream unreachable: ${words}`)
})

test('a socket that fails without a message at least says what kind of error it is', () => {
  expect(unreachableProblem(new AggregateError([])).message).toBe('Stream unreachable: AggregateError')
})
