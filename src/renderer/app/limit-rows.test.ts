import { expect, test } from 'vitest'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import { LIMIT_ROWS } from './limit-rows.ts'

test('every limit can be set, in exactly one place', () => {
  const keys = LIMIT_ROWS.flatMap(({ asks, refuses }) => [...asks, ...refuses].map(({ key }) => key))
  expect([...keys].sort()).toEqual(Object.keys(DEFAULT_RISK_LIMITS).sort())
})
