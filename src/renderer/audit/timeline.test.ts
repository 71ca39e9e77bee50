import { expect, test } from 'vitest'
import type { AuditEvent } from '#shared/trading/audit'
import { describeGap, describeSpan, timelineOf } from './timeline.ts'

const event = (id: number, type: string, at: number): AuditEvent => ({
  id,
  stream: 'demo:order:one',
  version: id,
  type,
  payload: {},
  at,
  hash: '',
})
const timeline = [
  event(1, 'OrderRequested', 0),
  event(2, 'OrderAccepted', 42),
  event(5, 'OrderFilled', 125_042),
]

test.each([
  [0, '+0 ms'],
  [4, '+4.0 ms'],
  [42, '+42 ms'],
  [1_250, '+1.3 s'],
  [125_000, '+2 min 5 s'],
  [-2_000, '−2.0 s (clock set back)'],
])('%d ms is %s', (ms, text) => {
  expect(describeGap(ms)).toBe(text)
})

test('each step shows the time since the one before it, the first one nothing', () => {
  expect(timelineOf(timeline).map(({ title, after }) => [title, after])).toEqual([
    ['Submitted', undefined],
    ['Accepted', '+42 ms'],
    ['Filled', '+2 min 5 s'],
  ])
})

test('the total time is shown once there is more than one step', () => {
  expect(describeSpan(timeline)).toBe('3 steps in 2 min 5 s')
  expect(describeSpan(timeline.slice(0, 1))).toBeUndefined()
})
