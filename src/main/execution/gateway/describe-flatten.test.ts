import { expect, test } from 'vitest'
import { describeFlatten, type Left } from './describe-flatten.ts'

const NOTHING_LEFT: Left = { positions: { rows: [], unreadable: [] }, unanswered: [], open: [] }

test('a flatten says how much it canceled and closed', () => {
  const sentence = (canceled: number, closed: number) =>
    describeFlatten({ canceled, closed, refused: [] }, NOTHING_LEFT).sentence
  expect(sentence(0, 0)).toBe('There was nothing to cancel or to close. The exchange says you are flat.')
  expect(sentence(1, 1)).toBe('Canceled 1 order and closed 1 position. The exchange says you are flat.')
  expect(sentence(2, 3)).toBe('Canceled 2 orders and closed 3 positions. The exchange says you are flat.')
  expect(sentence(0, 1)).toBe('Canceled 0 orders and closed 1 position. The exchange says you are flat.')
})
