/** What the papers of a release say is in it, held against a build of the app. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Ajv, type AnySchemaObject } from 'ajv'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { ROOT } from '../../scripts/lib/build.mjs'
import { output } from '../../scripts/lib/run.mjs'
import {
  bundledPackages,
  shippedWorks,
  thirdPartyLicenses,
  type Bundled,
} from '../../scripts/package/licenses.mjs'
import { writePapers } from '../../scripts/package/papers.mjs'
import { sbom } from '../../scripts/package/sbom.mjs'

const require = createRequire(import.meta.url)
const versions = { electron: '45.4.1', chrome: '152.0.7951.5', node: '24.21.0', v8: '15.2.1.2-electron.0' }

let out = ''
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'signal-build-'))
  const cli = join(dirname(require.resolve('electron-vite/package.json')), 'bin', 'electron-vite.js')
  output(process.execPath, [cli, 'build', '--outDir', out], { cwd: ROOT })
}, 120_000)
afterAll(() => rmSync(out, { recursive: true, force: true }))

const bundled = () => bundledPackages(out)
/** Files of the app that was built, by how their names end, each with its text. */
const built = (...ends: string[]) =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((path) => ends.some((end) => path.endsWith(end)))
    .map((path) => ({ path, text: readFileSync(join(out, path), 'utf8') }))

/** The source files that a source map names. */
const sourcesOf = (map: string) => (JSON.parse(map) as { sources: readonly string[] }).sources

describe('THIRD-PARTY-LICENSES', () => {
  /** Without Vite's list: the packages that the source maps of the built app lead to. */
  function packagesInMaps(): string[] {
    const sources = built('.map').flatMap(({ path, text }) =>
      sourcesOf(text).map((source) => resolve(out, path, '..', source)),
    )
    const folders = sources.flatMap((source) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source) ?? [])
    return [...new Set(folders)].map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Bundled
      return `${name} ${version}`
    })
  }

  test('names every package whose code is in the app, by its version', () => {
    const codes = built('.js', '.cjs')
    expect(codes.length).toBeGreaterThan(4)
    expect(built('.map').map(({ path }) => path)).toEqual(codes.map(({ path }) => `${path}.map`)) // none unseen
    const text = thirdPartyLicenses({ root: ROOT, bundled: bundled() })
    const packages = packagesInMaps()
    expect(packages).toContain(`react ${manifest.dependencies.react}`)
    expect(packages.filter((name) => !text.includes(`\n${name} (`))).toEqual([])
  })

  test('names what the styles bring in: fonts and the rules of others', () => {
    const names = shippedWorks({ root: ROOT, bundled: bundled() }).map(({ name }) => name)
    const styles = readFileSync(join(ROOT, 'src/renderer/styles.css'), 'utf8')
    const imported = [...styles.matchAll(/(?:@import |url\()'((?:@[^/']+\/)?[\w-][^/']*)/g)].map(
      ([, name]) => name,
    )
    expect(imported).toEqual(['tailwindcss', '@fontsource-variable/inter'])
    expect(imported.filter((name = '') => !names.includes(name))).toEqual([])
    const banners = built('.css').flatMap(({ text }) =>
      [...text.matchAll(/\/\*! ([\w@/-]+)/g)].map(([, name]) => name),
    )
    expect(banners.filter((name = '') => !names.includes(name))).toEqual([])
    expect(built('.woff2')).toHaveLength(1)
  })
})

describe('sbom.cdx.json', () => {
  interface Bom {
    readonly metadata: { readonly timestamp?: string }
    readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[]
  }
  const text = (options = {}) => sbom({ root: ROOT, bundled: bundled(), versions, ...options })
  const read = (options = {}) => JSON.parse(text(options)) as Bom

  test.each([['as it is shipped'], ['with a Node of its own']])('is valid CycloneDX, %s', (how) => {
    const schemas = join(
      dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')),
      'res',
      'schema',
    )
    const schemaOf = (name: string) =>
      JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8')) as AnySchemaObject
    const ajv = new Ajv({ strict: false })
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
    formats.default(ajv)
    ajv.addFormat('iri-reference', true).addFormat('idn-email', true) // ajv-formats lacks them
    const isValid = ajv.compile(schemaOf('bom-1.6'))
    const node = how === 'as it is shipped' ? {} : { node: join(ROOT, 'node_modules', 'zod') } // any package stands in for it
    expect([isValid(read(node)), isValid.errors]).toEqual([true, null])
    expect(
      isValid({
        ...read(),
        components: [{ type: 'library', name: 'x', licenses: [{ license: { id: 'No' } }] }],
      }),
    ).toBe(false)
  })

  test('lists what is shipped, Electron, Chromium, Node and SQLite too, and no tool that built it', () => {
    const { components } = read()
    const listed = components.map(({ name, version }) => `${name} ${version}`)
    expect(listed).toEqual(
      expect.arrayContaining(['Electron 45.4.1', 'Chromium 152.0.7951.5', 'Node.js 24.21.0', 'V8 15.2.1.2']),
    )
    const works = shippedWorks({ root: ROOT, bundled: bundled() })
    expect(listed.slice(4)).toEqual(works.map(({ name, version }) => `${name} ${version}`))
    expect(listed.join()).not.toMatch(/vite|playwright|node-linux/)
    expect(components.map(({ purl }) => purl)).toContain(
      `pkg:npm/better-sqlite3@${manifest.dependencies['better-sqlite3']}`,
    )
  })

  test('is the same twice, with no time but the one it was given and no trace of the machine', () => {
    expect(text()).toBe(text())
    expect(read().metadata.timestamp).toBeUndefined()
    expect(read({ sourceDateEpoch: '1795824000' }).metadata.timestamp).toBe('2026-11-28T00:00:00.000Z')
    expect(text()).not.toMatch(/file:|localhost|registry/)
    expect(text()).not.toContain(dirname(ROOT))
  })

  test('a bundled package that the lockfile does not know is refused by its name', () => {
    const stranger = { name: 'stranger', version: '1.0.0', identifier: 'MIT', text: 'A text' }
    expect(() => sbom({ root: ROOT, bundled: [stranger], versions })).toThrow(
      'stranger 1.0.0 has no hash in the lockfile',
    )
  })
})

describe('a release', () => {
  const electronWith = (...names: string[]) => {
    const electron = mkdtempSync(join(tmpdir(), 'signal-electron-'))
    onTestFinished(() => rmSync(electron, { recursive: true }))
    for (const name of names) writeFileSync(join(electron, name), `text of ${name}`, { mode: 0o600 }) // as in a cache
    return electron
  }
  const written = (electron: string) => {
    const release = mkdtempSync(join(tmpdir(), 'signal-release-'))
    onTestFinished(() => rmSync(release, { recursive: true }))
    writePapers(
      { versions: { ...versions, napi: 10 }, fileName: 'signal-0.1.0-linux-x64' },
      { built: out, electron, release },
    )
    return release
  }

  test('comes with every license, the changelog, the list of what is inside, and the source maps apart', () => {
    const release = written(electronWith('LICENSE', 'LICENSES.chromium.html'))
    expect(readdirSync(release).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'LICENSE.electron.txt',
      'LICENSES.chromium.html',
      'THIRD-PARTY-LICENSES',
      'sbom.cdx.json',
      'signal-0.1.0-linux-x64-source-maps.tar.gz',
    ])
    const hidden = readdirSync(release).filter(
      (name) => (statSync(join(release, name)).mode & 0o044) !== 0o044,
    )
    expect(hidden).toEqual([])
    expect(readFileSync(join(release, 'LICENSE'), 'utf8')).toContain('The Signal developers')
    expect(readFileSync(join(release, 'LICENSE.electron.txt'), 'utf8')).toBe('text of LICENSE')
    const packed = output('tar', ['-tzf', join(release, 'signal-0.1.0-linux-x64-source-maps.tar.gz')])
    expect(packed.trim().split('\n').sort()).toEqual(
      built('.map')
        .map(({ path }) => path)
        .sort(),
    )
  })

  test('is not made without the license of Electron, or that of Chromium', () => {
    expect(() => written(electronWith('LICENSES.chromium.html'))).toThrow('There is no license of Electron')
    expect(() => written(electronWith('LICENSE'))).toThrow('LICENSES.chromium.html')
  })

  test('has no path of the machine that built it in its source maps', () => {
    // All paths are from the built file to its source, so that both being in one checkout is all that they tell.
    const sources = built('.map').flatMap(({ text }) => sourcesOf(text))
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.filter((source) => !source.startsWith('../'))).toEqual([])
  })
})
