import { expect, test, vi } from 'vitest'
import type { AuditEvent } from '#shared/trading/audit'
import { fits, merged, orderOf } from './audit.ts'

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
})

const event = (id: number, more: Partial<AuditEvent> = {}): AuditEvent => ({
  id,
  stream: 'demo:order:one',
  version: 1,
  type: 'OrderFilled',
  payload: {},
  at: 1_000,
  hash: '',
  ...more,
})

test('an event that arrives twice appears once, with the newest first', () => {
  const all = merged([event(3), event(4)], [event(3), event(1)])
  expect(all.map(({ id }) => id)).toEqual([4, 3, 1])
})

test('an event matches when it meets every criterion', () => {
  expect(fits(event(1), {})).toBe(true)
  expect(
    fits(event(1), { streamPrefix: 'demo:order:', types: ['OrderFilled'], from: 1_000, until: 1_001 }),
  ).toBe(true)
  expect(fits(event(1), { streamPrefix: 'order:' })).toBe(false)
  expect(fits(event(1), { types: ['OrderCanceled'] })).toBe(false)
  expect(fits(event(1), { from: 1_001 })).toBe(false)
  expect(fits(event(1), { until: 1_000 })).toBe(false)
})

test("an order's stream name ends with the order id", () => {
  expect(orderOf('paper:4821:order:abc-1')).toBe('abc-1')
  expect(orderOf('order:abc-1')).toBe('abc-1')
  expect(orderOf('demo:account')).toBeUndefined()
  expect(orderOf('demo:preorder:1')).toBeUndefined()
})
