import { expect, test } from 'vitest'
import { firstSize, restoredBounds } from './window-bounds.ts'

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
const kept = { x: 100, y: 50, width: 1200, height: 800, maximized: false }

test('a window reopens where it was', () => {
  expect(restoredBounds(kept, screens)).toEqual(kept)
})

test.each([
  ['the screen it was on is gone', { ...kept, x: 2500 }],
  ['only a sliver of it would be visible', { ...kept, y: 1060 }],
  ['it is smaller than the minimum', { ...kept, width: 200 }],
  ['the file is damaged', { x: 'left' }],
  ['the file is empty', undefined],
])('a window opens at its default place when %s', (_reason, bounds) => {
  expect(restoredBounds(bounds, screens)).toBeUndefined()
})

test('a first window has its usual size, but is never larger than its screen', () => {
  const usual = { width: 1440, height: 900 }
  expect(firstSize(usual, { width: 1920, height: 1080 })).toEqual(usual)
  expect(firstSize(usual, { width: 1366, height: 728 })).toEqual({ width: 1366, height: 728 })
})
