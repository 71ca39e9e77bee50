import { sep } from 'node:path'
import { expect, test } from 'vitest'
import { fileFor, isOurs } from './address.ts'

const folder = `${sep}opt${sep}signal${sep}renderer`

test('a window gets the renderer’s files, and its page by default', () => {
  expect(fileFor(folder, 'signal://app/')).toBe(`${folder}${sep}index.html`)
  expect(fileFor(folder, 'signal://app/assets/index.js')).toBe([folder, 'assets', 'index.js'].join(sep))
})

test.each([
  'signal://app/..%2f..%2fetc/passwd',
  'signal://app/%00index.html',
  'signal://app/%ff',
  'signal://elsewhere/index.html',
])('a window gets nothing from %s', (address) => {
  expect(fileFor(folder, address)).toBeUndefined()
})

test('only pages of our own origin are ours', () => {
  expect(isOurs('signal://app/index.html')).toBe(true)
  expect(isOurs('signal://app.evil.example/')).toBe(false)
  expect(isOurs('https://example.com/')).toBe(false)
})
