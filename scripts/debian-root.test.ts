import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeAbandoned } from './lib/debian-root.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-runs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what a killed run left behind is removed, and what belongs to a running one stays', () => {
  const ended = spawnSync(process.execPath, ['--version']).pid
  for (const name of [`${ended}`, `${ended}-5432`, `${process.pid}-5433`])
    mkdirSync(join(folder, name, 'inside'), { recursive: true })
  removeAbandoned(folder)
  expect(readdirSync(folder)).toEqual([`${process.pid}-5433`])
})
