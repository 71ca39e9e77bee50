import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isEarlier, supersedes, type Received, type Stamp } from './received.ts'

/** An instant as Alpaca writes it: without trailing zeros in the second. */
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

test('timestamps sort like their instants, to the nanosecond', () => {
  const nearby = fc.bigInt({ min: NOON, max: NOON + 3_000_000n })
  fc.assert(
    fc.property(nearby, nearby, (one, other) => {
      expect(isEarlier(stampOf(one), stampOf(other))).toBe(one < other)
    }),
  )
})

test('of two streamed messages with the same timestamp, the later arrival wins', () => {
  expect(supersedes(received(NOON), received(NOON))).toBe(true)
})

test('a fetched message never replaces a streamed one with the same timestamp', () => {
  expect(supersedes(received(NOON, 'rest'), received(NOON))).toBe(false)
  expect(supersedes(received(NOON + 1n, 'rest'), received(NOON))).toBe(true)
  expect(supersedes(received(NOON, 'rest'), received(NOON, 'rest'))).toBe(true)
  expect(supersedes(received(NOON), received(NOON, 'rest'))).toBe(true)
})

test('a timestamp from the far future does not block everything that comes after it', () => {
  const absurd = { ...received(NOON + 10n ** 15n), receivedAt: received(NOON).receivedAt }
  expect(supersedes(received(NOON + 1n), absurd)).toBe(true)
})
