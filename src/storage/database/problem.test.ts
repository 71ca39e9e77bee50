import { expect, test } from 'vitest'
import { kindOf, mayPass } from './problem.ts'

const failure = (code: string) => Object.assign(new Error('from the driver'), { code })

test.each([
  ['57P03', 'starting'], // the server is recovering from a crash, or shutting down
  ['53300', 'too-many-connections'],
  ['08006', 'lost'],
  ['EHOSTUNREACH', 'unreachable'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
] as const)('a problem that passes by itself is waited for: %s is %s', (code, kind) => {
  expect(kindOf(failure(code))).toBe(kind)
  expect(mayPass(kind)).toBe(true)
})

test.each([
  ['28P01', 'password'],
  ['53100', 'full'],
  ['25006', 'read-only'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
] as const)('a problem that stays until somebody fixes it is not waited for: %s is %s', (code, kind) => {
  expect(kindOf(failure(code))).toBe(kind)
  expect(mayPass(kind)).toBe(false)
})

test('if a host has several addresses the first failure counts; an error not caused by a database has no kind', () => {
  expect(kindOf(new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]))).toBe('refused')
  expect(kindOf(failure('42601'))).toBeUndefined() // wrong SQL: a bug
  expect(kindOf('a text')).toBeUndefined()
})
