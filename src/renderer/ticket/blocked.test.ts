import { expect, test } from 'vitest'
import type { TradingSnapshot } from '#shared/trading/account'
import type { OrderProblem } from '#shared/trading/problem'
import { draftWith } from '../../../tests/support/risk-context.ts'
import { whyBlocked } from './blocked.ts'

const trading = {} as TradingSnapshot // only its presence counts
const read = { draft: draftWith(), errors: {}, notes: {} }
const problem = (level: OrderProblem['level']): OrderProblem => ({
  code: 'KILL_SWITCH_ENGAGED',
  level,
  sentence: 'Kill switch is on.',
})

test('Review is off with its reason while nothing can be sent', () => {
  expect(whyBlocked({ trading: undefined, read, checked: [] })).toBe('Loading account…')
  expect(whyBlocked({ trading, read: { errors: {}, notes: {} }, checked: [] })).toBe('Enter a symbol.')
  const errors = { quantity: { sentence: '“ten” isn’t a number.', instead: [] } }
  expect(whyBlocked({ trading, read: { ...read, errors }, checked: [] })).toBe('“ten” isn’t a number.')
  expect(whyBlocked({ trading, read, checked: [problem('tell'), problem('refuse')] })).toBe(
    'Kill switch is on.',
  )
})

test('Review is on for an order that only needs to be confirmed', () => {
  expect(whyBlocked({ trading, read, checked: [problem('ask'), problem('tell')] })).toBeUndefined()
})
