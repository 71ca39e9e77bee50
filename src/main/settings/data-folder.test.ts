import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { whyUnwritable } from './data-folder.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'signal-folder-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

test('a missing folder is created, and nothing is left in it', () => {
  const folder = join(parent, 'new', 'folder')
  expect(whyUnwritable(folder)).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
})

test('a file in place of the folder is reported', () => {
  writeFileSync(join(parent, 'occupied'), '')
  expect(whyUnwritable(join(parent, 'occupied'))).toMatch(/EEXIST|ENOTDIR/)
})
