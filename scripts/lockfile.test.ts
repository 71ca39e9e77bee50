import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { completed, platformOf, withIntegrity } from './lockfile.mjs'

interface Entry {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly os?: string | readonly string[]
  readonly cpu?: string | readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const parse = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))
const { packages: locked } = parse('package-lock.json') as { packages: Record<string, Entry> }
const manifest = parse('package.json') as { allowScripts: Record<string, boolean> }

describe('the lockfile of this repository', () => {
  test('has the hash of every package, so that npm ci refuses another one under its name', () => {
    const unproven = Object.entries(locked).filter(
      ([path, { integrity }]) => path !== '' && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''),
    )
    expect(unproven.map(([path]) => path)).toEqual([])
    expect(completed(locked)).toEqual(locked)
  })

  test('lets no package run a script when it is installed, so that none fetches what has no hash', () => {
    const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript)
    const names = scripted.map(([path]) => path.slice('node_modules/'.length))
    expect(names.filter((name) => manifest.allowScripts[name] !== false)).toEqual([])
  })

  test('brings Node by a package for each platform, each with its hash', () => {
    const platforms = Object.keys(locked['']?.optionalDependencies ?? {})
      .map((name) => locked[`node_modules/${name}`])
      .map((entry) => `${String(entry?.os)} ${String(entry?.cpu)}`)
    expect(platforms.sort()).toEqual(['darwin arm64', 'darwin x64', 'linux arm64', 'linux x64', 'win32 x64'])
  })
})

test('a package without a hash gets the one that the registry states; without one, it is refused by name', () => {
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-known' },
    'node_modules/a/node_modules/@b/c': { version: '2.0.0', optional: true },
  }
  expect(withIntegrity(packages, (name, version) => `sha512-${name}@${version}`)).toEqual({
    ...packages,
    'node_modules/a/node_modules/@b/c': { version: '2.0.0', integrity: 'sha512-@b/c@2.0.0', optional: true },
  })
  expect(() => withIntegrity(packages, () => '')).toThrow('@b/c@2.0.0 has no integrity')
})

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
