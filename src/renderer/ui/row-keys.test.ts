import { expect, test } from 'vitest'
import { nextRow } from './row-keys.ts'

test('keys move through the rows and stop at both ends', () => {
  expect(nextRow('ArrowDown', 0, 3, 10)).toBe(1)
  expect(nextRow('ArrowDown', 2, 3, 10)).toBe(2)
  expect(nextRow('ArrowUp', 0, 3, 10)).toBe(0)
  expect(nextRow('PageDown', 5, 100, 10)).toBe(15)
  expect(nextRow('PageUp', 5, 100, 10)).toBe(0)
  expect(nextRow('End', 0, 100, 10)).toBe(99)
  expect(nextRow('Home', 50, 100, 10)).toBe(0)
  expect(nextRow('x', 0, 3, 10)).toBeUndefined()
})
