import { expect, test } from 'vitest'
import type { OrderProblem } from '#shared/trading/problem'
import { problemsToShow } from './shown-problems.ts'

const problem = (code: OrderProblem['code'], more: Partial<OrderProblem> = {}): OrderProblem => ({
  code,
  level: 'refuse',
  sentence: `${code}.`,
  ...more,
})
const fresh = { touched: new Set<never>(), attempted: false }
const codes = (...args: Parameters<typeof problemsToShow>) => problemsToShow(...args).map(({ code }) => code)
const missing = problem('QUANTITY_MISSING', { field: 'quantity' })

test('an empty field is told once the trader was there, or wants to go on', () => {
  expect(codes(fresh, { errors: {} }, [missing])).toEqual([])
  expect(codes({ ...fresh, touched: new Set(['quantity'] as const) }, { errors: {} }, [missing])).toEqual([
    'QUANTITY_MISSING',
  ])
  expect(codes({ ...fresh, attempted: true }, { errors: {} }, [missing])).toEqual(['QUANTITY_MISSING'])
})

test('a field that could not be read says that alone', () => {
  const errors = { quantity: { sentence: 'Not a number.', instead: [] } }
  expect(codes({ ...fresh, attempted: true }, { errors }, [missing, problem('QUOTE_STALE')])).toEqual([
    'QUOTE_STALE',
  ])
})

test('the gravest comes first, and what was answered and checked alike stands once', () => {
  const asks = problem('SPREAD_TOO_WIDE', { level: 'ask' })
  const tells = problem('DAILY_LOSS_LIMIT', { level: 'tell' })
  const setback = {
    kind: 'refused',
    problems: [problem('QUOTE_STALE', { sentence: 'As answered.' })],
  } as const
  const shown = problemsToShow({ ...fresh, setback }, { errors: {} }, [tells, asks, problem('QUOTE_STALE')])
  expect(shown.map(({ code }) => code)).toEqual(['QUOTE_STALE', 'SPREAD_TOO_WIDE', 'DAILY_LOSS_LIMIT'])
  expect(shown[0]?.sentence).toBe('As answered.')
})

test('a field that keeps the order back asks nothing besides', () => {
  const large = problem('NOTIONAL_EXCEEDS_LIMIT', { field: 'quantity' })
  const much = problem('POSITION_CONCENTRATION', { field: 'quantity', level: 'ask' })
  const far = problem('PRICE_OUTSIDE_BAND', { field: 'limitPrice', level: 'ask' })
  expect(codes(fresh, { errors: {} }, [large, much, far])).toEqual([
    'NOTIONAL_EXCEEDS_LIMIT',
    'PRICE_OUTSIDE_BAND',
  ])
  expect(codes(fresh, { errors: {} }, [much, far])).toEqual(['POSITION_CONCENTRATION', 'PRICE_OUTSIDE_BAND'])
})
