import { expect, test } from 'vitest'
import { readPresets } from './presets.ts'

test('presets are whole numbers of shares or dollars, separated by commas or spaces', () => {
  expect(readPresets('100, 200,500 $1000')).toEqual({ kind: 'read', presets: ['100', '200', '500', '$1000'] })
})

test.each([
  ['', 'Enter at least one size.'],
  ['1 2 3 4 5', 'At most 4 presets.'],
  ['100, 0', '“0” isn’t a whole number of shares or dollars.'],
  ['1.5', '“1.5” isn’t a whole number of shares or dollars.'],
  ['-10', '“-10” isn’t a whole number of shares or dollars.'],
  ['100, ten', '“ten” isn’t a whole number of shares or dollars.'],
  ['100, 100', 'Duplicate value.'],
])('%j is rejected with a reason', (text, sentence) => {
  expect(readPresets(text)).toEqual({ kind: 'refused', sentence })
})
