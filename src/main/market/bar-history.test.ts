import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import type { BarMessage } from '#alpaca'
import { BarHistory } from './bar-history.ts'
import type { Received } from './received.ts'

const received = (
  minute: number,
  close: number,
  type: BarMessage['type'] = 'bar',
  source: Received<BarMessage>['source'] = 'iex',
): Received<BarMessage> => ({
  message: bar({ at: TEN_O_CLOCK + minute * 60_000, close, type }),
  source,
  receivedAt: TEN_O_CLOCK,
})

const closes = (history: BarHistory) => history.latest(60).map(({ message }) => message.close)

test('bars are sorted by minute, one per minute, in whatever order they arrive', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 150 })
  fc.assert(
    fc.property(minutes, (order) => {
      const history = new BarHistory()
      for (const minute of order) history.insert(received(minute, minute))
      const wanted = [...new Set(order)].sort((one, other) => one - other)
      expect(closes(history)).toEqual(wanted.slice(-60))
      expect(history.newest?.message.close).toBe(wanted.at(-1))
    }),
  )
})

test('a correction replaces its minute, and the plain bar never replaces the correction', () => {
  const history = new BarHistory()
  expect(history.insert(received(0, 100))).toBe('newest')
  expect(history.insert(received(1, 101))).toBe('newest')
  expect(history.insert(received(0, 100.5, 'updatedBar'))).toBe('changed')
  expect(history.insert(received(0, 100))).toBe('outranked')
  expect(history.insert(received(1, 102, 'updatedBar'))).toBe('newest')
  expect(closes(history)).toEqual([100.5, 102])
})

test('a fetched bar fills a gap but never overwrites a streamed one, and a streamed one replaces it', () => {
  const history = new BarHistory()
  history.insert(received(0, 100))
  expect(history.insert(received(0, 99, 'bar', 'rest'))).toBe('outranked')
  expect(history.insert(received(1, 98, 'bar', 'rest'))).toBe('newest')
  expect(history.insert(received(1, 101))).toBe('newest')
  expect(closes(history)).toEqual([100, 101])
})

test('only the last bars of a long day are kept, and a bar older than those is ignored', () => {
  const history = new BarHistory()
  for (let minute = 1; minute <= 200; minute++) history.insert(received(minute, minute))
  expect(history.insert(received(0, 0))).toBe('too-old')
  expect(history.insert(received(50, 50))).toBe('too-old')
  expect(closes(history)).toEqual(Array.from({ length: 60 }, (_, index) => index + 141))
})
