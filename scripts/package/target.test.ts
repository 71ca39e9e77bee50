import { expect, test } from 'vitest'
import { electronHome } from './target.mjs'

test('the licenses of Electron are looked for where it was unpacked, also on macOS', () => {
  expect(electronHome('/cache/electron/electron', 'linux')).toBe('/cache/electron')
  expect(electronHome('/cache/electron/Electron.app/Contents/MacOS/Electron', 'darwin')).toBe(
    '/cache/electron',
  )
})
