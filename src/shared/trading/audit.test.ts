import { expect, test } from 'vitest'
import { writtenEvents } from '../../../tests/support/written-events.ts'
import { stockSymbol } from '../units.ts'
import { concerns, FIRST_OF_ORDER, NAMES_SYMBOLS, type AuditEvent } from './audit.ts'

const AAPL = stockSymbol.parse('AAPL')
const event = (more: Partial<AuditEvent>): AuditEvent => ({
  id: 1,
  stream: 'demo:account',
  version: 1,
  type: 'OrderFilled',
  payload: {},
  at: 0,
  hash: '',
  ...more,
})

test('every event that names a symbol is found by it', () => {
  const found: ReadonlySet<string> = new Set([...FIRST_OF_ORDER, ...NAMES_SYMBOLS])
  const naming = writtenEvents().filter(({ payload }) => JSON.stringify(payload).includes('"symbol":'))
  expect(naming.length).toBeGreaterThan(3)
  expect(naming.filter(({ type }) => !found.has(type))).toEqual([])
})

test('an event belongs to a symbol by its order, or because it names it', () => {
  expect(concerns(event({ symbol: AAPL }), AAPL)).toBe(true)
  expect(concerns(event({}), AAPL)).toBe(false)
  const adjusted = event({ type: 'PositionAdjusted', payload: { symbol: 'AAPL' } })
  expect(concerns(adjusted, AAPL)).toBe(true)
  expect(concerns(adjusted, stockSymbol.parse('A'))).toBe(false)
  const differences = [{ what: 'position', of: 'AAPL' }]
  expect(concerns(event({ type: 'Reconciled', payload: { differences } }), AAPL)).toBe(true)
})
