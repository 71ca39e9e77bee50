import { expect, test } from 'vitest'
import { readPresets } from './presets.ts'

test('presets are whole numbers of shares, separated by commas or spaces', () => {
  expect(readPresets('100, 200,500 1000')).toEqual({ kind: 'read', presets: ['100', '200', '500', '1000'] })
})

test.each([
  ['', 'Type at least one number of shares.'],
  ['1 2 3 4 5', 'There is room for 4 presets.'],
  ['100, 0', '“0” is not a whole number of shares.'],
  ['1.5', '“1.5” is not a whole number of shares.'],
  ['-10', '“-10” is not a whole number of shares.'],
  ['100, ten', '“ten” is not a whole number of shares.'],
  ['100, 100', 'A number stands there twice.'],
])('%j is rejected with a reason', (text, sentence) => {
  expect(readPresets(text)).toEqual({ kind: 'refused', sentence })
})
