import { expect, test } from 'vitest'
import { credentials } from './settings.ts'

test.each([
  ['an invisible space from a web page', 'PKA1B2\u200bC3D4'],
  ['a no-break space', 'PKA1B2\u00a0C3D4'],
  ['a dash that a word processor made of a hyphen', 'PKA1\u2013B2C3D4'],
  ['a line break', 'PKA1B2\nC3D4'],
  ['a NUL', 'PKA1B2\0C3D4'],
])('a key with %s is refused where it is typed, before it is tried or saved', (_what, text) => {
  const message = 'has a space or an invalid character'
  expect(credentials.safeParse({ apiKey: text, apiSecret: 'secret' }).error?.issues).toMatchObject([
    { path: ['apiKey'], message },
  ])
  expect(credentials.safeParse({ apiKey: 'key', apiSecret: text }).error?.issues).toMatchObject([
    { path: ['apiSecret'], message },
  ])
})

test('spaces around a key that was copied are left out', () => {
  expect(credentials.parse({ apiKey: ' PKA1 \n', apiSecret: '\tse/cr+et= ' })).toEqual({
    apiKey: 'PKA1',
    apiSecret: 'se/cr+et=',
  })
})
