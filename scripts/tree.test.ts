import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeOver, treeHash } from './lib/tree.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-tree-'))
  mkdirSync(join(folder, 'lib'))
  writeFileSync(join(folder, 'program'), 'code')
  writeFileSync(join(folder, 'lib', 'data'), 'data')
  chmodSync(join(folder, 'program'), 0o4755)
  chmodSync(join(folder, 'lib', 'data'), 0o666)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const modeOf = (name: string) => (statSync(join(folder, name)).mode & 0o7777).toString(8)

test('an unpacked runtime is its user’s alone, and nothing in it is setuid', () => {
  const before = treeHash(folder)
  takeOver(folder)
  expect(['', 'lib', 'program', 'lib/data'].map(modeOf)).toEqual(['700', '700', '700', '600'])
  expect(treeHash(folder)).toBe(before)
})

test.each<[string, () => void]>([
  ['changed content', () => writeFileSync(join(folder, 'lib', 'data'), 'dato')],
  ['one more file', () => writeFileSync(join(folder, 'lib', 'more'), '')],
  ['one file less', () => rmSync(join(folder, 'lib', 'data'))],
  ['another name', () => renameSync(join(folder, 'lib', 'data'), join(folder, 'lib', 'other'))],
  ['another folder', () => renameSync(join(folder, 'lib', 'data'), join(folder, 'data'))],
  ['a file made executable', () => chmodSync(join(folder, 'lib', 'data'), 0o700)],
])('%s is noticed', (_what, change) => {
  const before = treeHash(folder)
  change()
  expect(treeHash(folder)).not.toBe(before)
})

test('a link is refused, because what it leads to can change', () => {
  symlinkSync('/bin/sh', join(folder, 'lib', 'link'))
  expect(() => treeHash(folder)).toThrow('is neither file nor folder')
})
