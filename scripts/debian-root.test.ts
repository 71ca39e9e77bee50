import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endProcessesOf, removeAbandoned } from './lib/debian-root.mjs'

/** A Debian is laid nowhere else. */
const isLinux = process.platform === 'linux'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-runs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.runIf(isLinux)(
  'what a killed run left behind is removed, and what belongs to a running one stays',
  () => {
    const ended = spawnSync(process.execPath, ['--version']).pid
    for (const name of [`${ended}`, `${ended}-5432`, `${process.pid}-5433`])
      mkdirSync(join(folder, name, 'inside'), { recursive: true })
    removeAbandoned(folder)
    expect(readdirSync(folder)).toEqual([`${process.pid}-5433`])
  },
)

test.runIf(isLinux)('a program that a killed run left behind is ended, and no other', async () => {
  const wait = ['-e', 'setInterval(() => {}, 1000)']
  const left = spawn(process.execPath, [...wait, join(folder, 'display')])
  const other = spawn(process.execPath, [...wait, `${folder}-of-others/display`])
  await Promise.all([once(left, 'spawn'), once(other, 'spawn')])
  endProcessesOf(folder)
  expect(await once(left, 'exit')).toEqual([null, 'SIGKILL'])
  expect(other.exitCode ?? other.signalCode).toBeNull()
  other.kill()
})
