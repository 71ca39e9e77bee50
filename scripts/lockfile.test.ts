import { expect, test } from 'vitest'
import { completed, platformOf } from './lockfile.mjs'

test('a package of another platform that npm left out is added for that platform', () => {
  const packages = {
    '': {},
    'node_modules/tool': { dev: true, optionalDependencies: { 'tool-linux-x64-musl': '1.2.3' } },
  }
  expect(completed(packages)).toEqual({
    ...packages,
    'node_modules/tool-linux-x64-musl': {
      version: '1.2.3',
      cpu: ['x64'],
      os: ['linux'],
      libc: ['musl'],
      dev: true,
      optional: true,
    },
  })
})

test('packages already in the lockfile stay as they are, even if nested', () => {
  const packages = {
    '': {},
    'node_modules/a': { optionalDependencies: { b: '1.0.0', c: '1.0.0' } },
    'node_modules/a/node_modules/b': { version: '1.0.0' },
    'node_modules/c': { version: '1.0.0' },
  }
  expect(completed(packages)).toEqual(packages)
})

test.each([
  ['@oxlint/binding-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
  ['@oxlint/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'] }],
  ['@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
  ['@oxlint-tsgolint/darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
])('%s is only for its platform', (name, platform) => {
  expect(platformOf(name)).toMatchObject(platform)
})
