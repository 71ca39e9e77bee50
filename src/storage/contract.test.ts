import { expect, test } from 'vitest'
import { storageContract } from './contract.ts'

const accepts = (call: { readonly input: { safeParse(raw: unknown): { success: boolean } } }, raw: unknown) =>
  call.input.safeParse(raw).success

test('events go to a stream from its beginning or after those that it has, and never before', () => {
  const { append } = storageContract.events
  const from = (expectedVersion: number) =>
    accepts(append, { stream: 'orders', expectedVersion, events: [{ type: 'Ticked', payload: {}, at: 1 }] })
  expect([-1, 0, 3].map(from)).toEqual([false, true, true])
  const named = (stream: string) =>
    accepts(append, { stream, expectedVersion: 0, events: [{ type: 'Ticked', payload: {}, at: 1 }] })
  expect(['', 'a', 'a'.repeat(200), 'a'.repeat(201)].map(named)).toEqual([false, true, true, false])
  const events = (count: number) =>
    Array.from({ length: count }, () => ({ type: 'Ticked', payload: {}, at: 1 }))
  const many = (count: number) =>
    accepts(append, { stream: 'orders', expectedVersion: 0, events: events(count) })
  expect([0, 1, 1_000, 1_001].map(many)).toEqual([false, true, true, false])
})

test('values have a name of a hundred signs at most, and never none', () => {
  const named = (name: string) => accepts(storageContract.values.keep, { name, value: '' })
  expect(['', 'a', 'a'.repeat(100), 'a'.repeat(101)].map(named)).toEqual([false, true, true, false])
})

test('fifty thousand bars are read in one call at most, and at least one', () => {
  const { range, last } = storageContract.bars
  const counts = [0, 1, 50_000, 50_001]
  const expected = [false, true, true, false]
  expect(counts.map((limit) => accepts(range, { symbol: 'AAPL', from: 1, until: 2, limit }))).toEqual(
    expected,
  )
  expect(counts.map((count) => accepts(last, { symbol: 'AAPL', count, until: 2 }))).toEqual(expected)
})
