import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isEarlier, supersedes, type Received, type Stamp } from './received.ts'

/** Alpaca's way of writing an instant: trailing zeros of the second are dropped. */
function stampOf(nanos: bigint): Stamp {
  const seconds = new Date(Number(nanos / 1_000_000_000n) * 1_000).toISOString().slice(0, 19)
  const fraction = String(nanos % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return { at: Number(nanos / 1_000_000n), time: `${seconds}${fraction && `.${fraction}`}Z` }
}

const received = (nanos: bigint, source: Received<Stamp>['source'] = 'iex'): Received<Stamp> => ({
  message: stampOf(nanos),
  source,
  receivedAt: Number(nanos / 1_000_000n),
})

const NOON = 1_795_000_000_000_000_000n

test('stamps order as their instants do, to the nanosecond', () => {
  const nearby = fc.bigInt({ min: NOON, max: NOON + 3_000_000n })
  fc.assert(
    fc.property(nearby, nearby, (one, other) => {
      expect(isEarlier(stampOf(one), stampOf(other))).toBe(one < other)
    }),
  )
})

test('of two streamed messages with one stamp the later arrival counts', () => {
  expect(supersedes(received(NOON), received(NOON))).toBe(true)
})

test('what was fetched never displaces what was streamed with the same stamp', () => {
  expect(supersedes(received(NOON, 'rest'), received(NOON))).toBe(false)
  expect(supersedes(received(NOON + 1n, 'rest'), received(NOON))).toBe(true)
  expect(supersedes(received(NOON, 'rest'), received(NOON, 'rest'))).toBe(true)
  expect(supersedes(received(NOON), received(NOON, 'rest'))).toBe(true)
})

test('a stamp from the far future does not keep out everything that comes after it', () => {
  const absurd = { ...received(NOON + 10n ** 15n), receivedAt: received(NOON).receivedAt }
  expect(supersedes(received(NOON + 1n), absurd)).toBe(true)
})
