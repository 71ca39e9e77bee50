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

test('an empty field is reported once the trader has been there or tries to continue', () => {
  expect(codes(fresh, { errors: {} }, [missing])).toEqual([])
  expect(codes({ ...fresh, touched: new Set(['quantity'] as const) }, { errors: {} }, [missing])).toEqual([
    'QUANTITY_MISSING',
  ])
  expect(codes({ ...fresh, attempted: true }, { errors: {} }, [missing])).toEqual(['QUANTITY_MISSING'])
})

test('a field that could not be read shows only that', () => {
  const errors = { quantity: { sentence: 'Not a number.', instead: [] } }
  expect(codes({ ...fresh, attempted: true }, { errors }, [missing, problem('QUOTE_STALE')])).toEqual([
    'QUOTE_STALE',
  ])
})

test('the most serious problem comes first, and one that both the answer and the checks report appears once', () => {
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

test('a field that blocks the order asks for no confirmation besides', () => {
  const large = problem('NOTIONAL_EXCEEDS_LIMIT', { field: 'quantity' })
  const much = problem('POSITION_CONCENTRATION', { field: 'quantity', level: 'ask' })
  const far = problem('PRICE_OUTSIDE_BAND', { field: 'limitPrice', level: 'ask' })
  expect(codes(fresh, { errors: {} }, [large, much, far])).toEqual([
    'NOTIONAL_EXCEEDS_LIMIT',
    'PRICE_OUTSIDE_BAND',
  ])
  expect(codes(fresh, { errors: {} }, [much, far])).toEqual(['POSITION_CONCENTRATION', 'PRICE_OUTSIDE_BAND'])
})
