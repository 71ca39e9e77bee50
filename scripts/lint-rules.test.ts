import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Each rule between the rooms, with a file that breaks it. A gate counts once it has been seen shut. */
const BAD = [
  ['shared/ knows no Node', 'src/shared/bad.ts', `import 'node:fs'`, 'shared/ runs anywhere'],
  ['shared/ knows no Electron', 'src/shared/bad.ts', `import 'electron'`, 'shared/ runs anywhere'],
  ['a screen knows no Node', 'src/renderer/market/bad.ts', `import 'node:fs'`, 'only through the contract'],
  ['a screen knows no Electron', 'src/renderer/app/bad.ts', `import 'electron'`, 'only through the contract'],
  [
    'screens keep apart',
    'src/renderer/market/bad.ts',
    `import '../settings/x.ts'`,
    'do not reach into each other',
  ],
  ['controls know no store', 'src/renderer/ui/bad.ts', `import '../stores/x.ts'`, 'ui/ knows no store'],
  [
    'a neighbour is used by its index',
    'src/main/market/bad.ts',
    `import '../alpaca/wire.ts'`,
    'through its index',
  ],
  ['Electron is known to few', 'src/main/market/bad.ts', `import 'electron'`, 'Electron is known to'],
  [
    'the storage process runs without Electron',
    'src/storage/bad.ts',
    `import 'electron'`,
    'runs without Electron too',
  ],
  [
    'storage uses its neighbours by their index',
    'src/storage/bad.ts',
    `import '../alpaca/wire.ts'`,
    'through its index',
  ],
  [
    'the rooms of storage use each other by their index',
    'src/storage/bars/bad.ts',
    `import '../events/append.ts'`,
    'through its index',
  ],
  ['windows know no SQL', 'src/main/app/bad.ts', `import 'kysely'`, 'Only storage/ knows SQL'],
  ['the composition root knows no SQL', 'src/main/index.ts', `import 'pg'`, 'Only storage/ knows SQL'],
  [
    'the composition root uses rooms by their index',
    'src/main/app/bad.ts',
    `import '../market/cache.ts'`,
    'through its index',
  ],
  [
    'a screen knows no preload',
    'src/renderer/app/bad.ts',
    `import '../../preload/x.ts'`,
    'only through the contract',
  ],
  ['shared/ knows no main', 'src/shared/bad.ts', `import '../main/log.ts'`, 'shared/ runs anywhere'],
  [
    'market/ knows no monitor',
    'src/main/market/bad.ts',
    `import '../monitor/index.ts'`,
    'market/ knows alpaca/',
  ],
  [
    'monitor/ knows no desk',
    'src/main/monitor/bad.ts',
    `import '../desk/index.ts'`,
    'monitor/ knows market/',
  ],
  [
    'settings/ knows no market',
    'src/main/settings/bad.ts',
    `import '../market/index.ts'`,
    'settings/ and process/ know alpaca/',
  ],
  ['nothing is printed past the log', 'src/main/market/bad.ts', `console.log(1)`, 'no-console'],
  ['SQL is known to storage only', 'src/main/market/bad.ts', `import 'kysely'`, 'Only storage/ knows SQL'],
  ['main knows no screen', 'src/main/market/bad.ts', `import 'react'`, 'Main knows no screen'],
  ['alpaca/ knows nothing of ours', 'src/alpaca/bad.ts', `import '../log.ts'`, 'a library of its own'],
  ['alpaca/ knows nothing shared', 'src/alpaca/bad.ts', `import '#shared/units'`, 'a library of its own'],
  [
    'only settings/ reads the environment',
    'src/main/market/bad.ts',
    `export const a = process.env`,
    'no-process-env',
  ],
  ['nothing is of any type', 'src/main/market/bad.ts', `export const a: any = 1`, 'no-explicit-any'],
  ['no export is nameless', 'src/main/market/bad.ts', `export default 1`, 'no-default-export'],
  ['promises are waited for', 'src/main/market/bad.ts', `Promise.resolve(1)`, 'no-floating-promises'],
  [
    'casts are explained',
    'src/main/market/bad.ts',
    `export const a = JSON.parse('1') as unknown as 'a'`,
    'no-unsafe-type-assertion',
  ],
  [
    'nothing that Node 18 lacks',
    'src/main/market/bad.ts',
    `export const a = Promise.withResolvers()`,
    'Node 18',
  ],
] as const

const ROOT = resolve(import.meta.dirname, '..')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-lint-'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const name of ['.oxlintrc.json', 'tsconfig.base.json', 'package.json']) {
    writeFileSync(join(folder, name), readFileSync(join(ROOT, name)))
  }
  writeFileSync(join(folder, 'tsconfig.json'), '{ "extends": "./tsconfig.base.json", "include": ["src"] }')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(BAD)('%s', (_rule, path, code, complaint) => {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${code}\n`)
  expect(lint()).toContain(complaint)
  rmSync(file)
})

test('cycles are refused', () => {
  const market = join(folder, 'src/main/market')
  mkdirSync(market, { recursive: true })
  writeFileSync(join(market, 'one.ts'), `import { two } from './two.ts'\nexport const one = two\n`)
  writeFileSync(join(market, 'two.ts'), `import { one } from './one.ts'\nexport const two = one\n`)
  expect(lint()).toContain('no-cycle')
  rmSync(market, { recursive: true })
})

test('an innocent file passes', () => {
  writeFileSync(join(folder, 'src/main/good.ts'), `export const good = 1\n`)
  expect(lint()).toBe('')
})

/** What the linter complains of; nothing when all is well. */
function lint(): string {
  const command = join(ROOT, 'node_modules', '.bin', 'oxlint')
  try {
    execFileSync(command, ['--type-aware', '--deny-warnings', 'src'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return ''
  } catch (cause) {
    return cause instanceof Error && 'stdout' in cause ? String(cause.stdout) : String(cause)
  }
}
