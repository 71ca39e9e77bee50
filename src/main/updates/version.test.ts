import { expect, test } from 'vitest'
import { isNewer, versionText } from './version.ts'

test.each([
  ['0.1.1', '0.1.0'],
  ['0.2.0', '0.1.9'],
  ['0.10.0', '0.9.0'],
  ['1.0.0', '0.99.99'],
  ['10.0.0', '9.9.9'],
])('%s is newer than %s, and not the other way around', (newer, older) => {
  expect(isNewer(newer, older)).toBe(true)
  expect(isNewer(older, newer)).toBe(false)
})

test('a version is not newer than itself', () => {
  expect(isNewer('1.2.3', '1.2.3')).toBe(false)
})

test.each(['1.2', '1.2.3.4', 'v1.2.3', '1.2.3-beta.1', '01.2.3', '1.2.', '1.2.x', '1.2.3\n', '1.2.9999999'])(
  '%j is not a version',
  (text) => {
    expect(versionText.safeParse(text).success).toBe(false)
  },
)
