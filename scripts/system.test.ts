import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const SYSTEM = resolve(import.meta.dirname, 'lib', 'system.mjs')

test('a user who may not install missing packages gets the exact command', () => {
  const { stderr, status } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `process.getuid = () => 1000
       const { installPackages } = await import(${JSON.stringify(SYSTEM)})
       installPackages(['xvfb'], 'There is no display')`,
    ],
    { encoding: 'utf8' },
  )
  expect(status).toBe(1)
  expect(stderr).toContain(
    existsSync('/etc/debian_version')
      ? 'There is no display. Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb'
      : 'There is no display. Install what your distribution calls: xvfb',
  )
})
