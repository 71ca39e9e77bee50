import * as z from 'zod'
import { expect, test } from 'vitest'
import { payloadReader } from './payload-reader.ts'

/** Versions that no Signal ever wrote: a price in cents, then in dollars, then with its currency. */
const schemas = {
  PricePaid: z.object({ version: z.literal(3), dollars: z.string(), currency: z.string() }),
  LampLit: z.object({ version: z.literal(1) }),
}
const read = payloadReader(schemas, {
  PricePaid: [
    ({ cents }) => ({ dollars: (Number(cents) / 100).toFixed(2) }),
    (older) => ({ ...older, currency: 'USD' }),
  ],
})
const PAID = { type: 'PricePaid', payload: { version: 3, dollars: '1.50', currency: 'USD' } }

test('a payload of an older version is read in the current one', () => {
  expect(read({ type: 'PricePaid', payload: { version: 1, cents: 150 } })).toEqual(PAID)
  expect(read({ type: 'PricePaid', payload: { version: 2, dollars: '1.50' } })).toEqual(PAID)
})

test('a payload of the current version is read as is', () => {
  expect(read(PAID)).toEqual(PAID)
  expect(read({ type: 'LampLit', payload: { version: 1 } })).toEqual({
    type: 'LampLit',
    payload: { version: 1 },
  })
})

test.each([
  ['a newer version', { type: 'PricePaid', payload: { ...PAID.payload, version: 4 } }],
  ['a newer version of a type that never changed', { type: 'LampLit', payload: { version: 2 } }],
  ['a version between two', { type: 'PricePaid', payload: { ...PAID.payload, version: 2.5 } }],
  ['no version', { type: 'LampLit', payload: {} }],
  ['version 0', { type: 'LampLit', payload: { version: 0 } }],
  ['a type that nobody knows', { type: 'toString', payload: { version: 1 } }],
  ['a payload that does not fit its version', { type: 'PricePaid', payload: { version: 2 } }],
])('%s is not read', (_what, event) => {
  expect(read(event)).toBeUndefined()
})

const noted = payloadReader({ Noted: z.object({ version: z.literal(1), note: z.unknown() }) }, {})
const nested = (depth: number): unknown => (depth === 0 ? 'end' : [nested(depth - 1)])

test.each([
  ['a text of 10,000 characters', 'x'.repeat(10_000), 'x'.repeat(10_001)],
  ['a list of 50,000', Array.from({ length: 50_000 }, () => 1), Array.from({ length: 50_001 }, () => 1)],
  ['seven lists in each other', nested(7), nested(8)],
  [
    '4 million characters',
    Array.from({ length: 399 }, () => 'x'.repeat(10_000)),
    Array.from({ length: 401 }, () => 'x'.repeat(10_000)),
  ],
])('a payload with %s is read, one with more is not', (_what, most, more) => {
  expect(noted({ type: 'Noted', payload: { version: 1, note: most } })?.type).toBe('Noted')
  expect(noted({ type: 'Noted', payload: { version: 1, note: more } })).toBeUndefined()
})
