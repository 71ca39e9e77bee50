import { expect, test } from 'vitest'
import { DEFAULT_PREFERENCES, readPreferences } from './preferences.ts'

test('the screen comes back as the trader left it', () => {
  const kept = { density: 'compact' as const }
  expect(readPreferences(JSON.stringify(kept))).toEqual(kept)
})

test('missing or broken preferences give the default', () => {
  for (const text of [null, '', '{', '[]', '{"density":"tiny"}']) {
    expect(readPreferences(text)).toBe(DEFAULT_PREFERENCES)
  }
})
