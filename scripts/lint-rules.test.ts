import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

/** What one folder of src/ may not import, and why: a rule counts only once it has been seen to fail. */
const BAD_IMPORTS = (
  [
    // Libraries: alpaca/ knows nothing of ours, shared/ and analysis/ do no I/O.
    ['alpaca', '#shared/units', 'imports nothing'],
    ['alpaca', '#process/log', 'imports nothing'],
    ['alpaca', '../main/market/index.ts', 'imports nothing'],
    ['alpaca/examples', '../../shared/units.ts', 'imports nothing'],
    ['alpaca', 'electron', 'no Electron'],
    ['shared', 'node:fs', 'no Node'],
    ['shared', 'node:fs/promises', 'no Node'],
    ['shared/trading', 'electron', 'no Electron'],
    ['shared', 'ws', 'no sockets'],
    ['shared', 'react', 'no screens'],
    ['shared', '#process/log', 'imports nothing'],
    ['shared', '#alpaca', 'imports nothing'],
    ['shared', '../main/market/index.ts', 'imports nothing'],
    ['shared/trading', '../../main/market/index.ts', 'imports nothing'],
    ['analysis', 'node:fs', 'no Node'],
    ['analysis', '#alpaca', '#shared/* alone'],
    ['analysis', '#process/clock', '#shared/* alone'],
    ['analysis/kernels', '../../main/market/index.ts', '#shared/* alone'],
    ['analysis/indicators', 'react', 'no screens'],
    ['process', '#alpaca', '#shared/* alone'],
    ['process', '../main/settings/index.ts', '#shared/* alone'],
    ['process', 'electron', 'no Electron'],
    // The demo market does not know who uses it.
    ['demo-market', '#alpaca', 'alone'],
    ['demo-market/trading', '#alpaca', 'alone'],
    ['demo-market/trading', '../../alpaca/index.ts', 'alone'],
    ['demo-market', '#storage', 'alone'],
    ['demo-market', './trading/ledger.ts', 'alone'],
    ['demo-market/stream', '../trading/ledger.ts', 'alone'],
    ['demo-market/matching', '../trading/index.ts', 'alone'],
    ['demo-market/matching', 'node:fs', 'no Node'],
    ['demo-market/stream', 'electron', 'no Electron'],
    ['demo-market/trading', 'kysely', 'no SQL'],
    // Storage: its folders only through their index, and no Electron.
    ['storage', '#demo-market', 'alone'],
    ['storage', '../alpaca/wire.ts', 'alone'],
    ['storage', './events/append.ts', 'alone'],
    ['storage/bars', '../events/append.ts', 'alone'],
    ['storage/database/migrations', '../../events/append.ts', 'alone'],
    ['storage', 'electron', 'no Electron'],
    ['storage/bars', 'electron/main', 'no Electron'],
    // The commands.
    ['cli', '../storage/events/append.ts', 'alone'],
    ['cli', '../storage/index.ts', 'alone'],
    ['cli', '../main/settings/store.ts', 'alone'],
    ['cli', '../main/market/index.ts', 'alone'],
    ['cli', '../alpaca/wire.ts', 'alone'],
    ['cli', 'electron', 'no Electron'],
    ['cli', 'kysely', 'no SQL'],
    // Main: the composition root, then each folder.
    ['main', './market/cache.ts', 'alone'],
    ['main', './execution/state/order.ts', 'alone'],
    ['main', '../storage/index.ts', 'alone'],
    ['main', '#storage', 'alone'],
    ['main', 'pg', 'no SQL'],
    ['main', 'react', 'no screens'],
    ['main/app', '../market/index.ts', 'alone'],
    ['main/app', '../settings/store.ts', 'alone'],
    ['main/app', 'better-sqlite3', 'no SQL'],
    ['main/market', '../monitor/index.ts', 'alone'],
    ['main/market', '../../alpaca/wire.ts', 'alone'],
    ['main/market', '#storage', 'alone'],
    ['main/market', '../index.ts', 'alone'],
    ['main/market/deeper', '../../monitor/index.ts', 'alone'],
    ['main/market', 'node:fs', 'no Node'],
    ['main/market', 'electron', 'no Electron'],
    ['main/market', 'kysely', 'no SQL'],
    ['main/market', 'react', 'no screens'],
    ['main/monitor', '../market/cache.ts', 'alone'],
    ['main/monitor', '../account-session/index.ts', 'alone'],
    ['main/monitor', '#alpaca', 'alone'],
    ['main/risk', '../execution/index.ts', 'alone'],
    ['main/risk/checks', '../../execution/index.ts', 'alone'],
    ['main/risk', '#process/clock', 'alone'],
    ['main/risk', '#alpaca', 'types of it alone'],
    ['main/risk/checks', 'node:crypto', 'no Node'],
    ['main/execution', '../market/index.ts', 'alone'],
    ['main/execution/gateway', '../../risk/context.ts', 'alone'],
    ['main/execution/gateway/deeper', '../../../market/index.ts', 'alone'],
    ['main/execution', '#demo-market', 'alone'],
    ['main/execution', 'electron', 'no Electron'],
    ['main/settings', '../market/index.ts', 'alone'],
    ['main/settings', 'electron', 'no Electron'],
    ['main/updates', '../app/windows.ts', 'alone'],
    ['main/updates', '../settings/store.ts', 'alone'],
    ['main/updates', '#alpaca', 'alone'],
    ['main/updates', 'electron', 'no Electron'],
    ['main/storage-client', '../account-session/index.ts', 'alone'],
    ['main/storage-client', '#storage/direct', 'alone'],
    ['main/storage-client', 'kysely', 'no SQL'],
    ['main/account-session', '../app/windows.ts', 'alone'],
    ['main/account-session', '../execution/execution-engine.ts', 'alone'],
    ['main/account-session', '#demo-market', 'types of it alone'],
    ['main/account-session', 'electron', 'no Electron'],
    ['main/new-room', '../market/index.ts', 'alone'],
    ['main/new-room', '#alpaca', 'alone'],
    // Windows reach main only through the contract.
    ['preload', '../main/market/index.ts', 'alone'],
    ['preload', '#process/log', 'alone'],
    ['preload', 'node:fs', 'no Node'],
    ['renderer', '../main/market/index.ts', 'alone'],
    ['renderer', './market/grid.tsx', 'alone'],
    ['renderer/market', '../settings/settings-screen.tsx', 'alone'],
    ['renderer/market/cells', '../../settings/settings-screen.tsx', 'alone'],
    ['renderer/market', '../../preload/index.ts', 'alone'],
    ['renderer/market', '#process/clock', 'alone'],
    ['renderer/market', '#alpaca', 'alone'],
    ['renderer/market', 'node:fs', 'no Node'],
    ['renderer/market', 'electron', 'no Electron'],
    ['renderer/app', '../market/index.ts', 'alone'],
    ['renderer/ui', '../stores/market.ts', 'alone'],
    ['new-process', '#shared/units', 'imports nothing'],
    ['new-process', 'node:fs', 'no Node'],
  ] as const
).map(([room, name, complaint], nth) => ({ room, name, complaint, path: `${room}/import-${nth}.ts` }))

/** Rules about code, each with a line that breaks it. */
const BAD_CODE = (
  [
    ['nothing is printed past the log', `console.log(1)`, 'no-console'],
    ['only settings/ reads the environment', `export const a = process.env`, 'no-process-env'],
    ['nothing is of any type', `export const a: any = 1`, 'no-explicit-any'],
    ['no export is nameless', `export default 1`, 'no-default-export'],
    ['promises are waited for', `Promise.resolve(1)`, 'no-floating-promises'],
    ['promises go where they are waited for', `[1].forEach(async () => {})`, 'no-misused-promises'],
    ['casts are explained', `export const a = JSON.parse('1') as unknown as 'a'`, 'no-unsafe-type-assertion'],
    ['fork says which Node runs it', `import { fork } from 'node:child_process'; fork('a')`, 'forkNode'],
    ['... also by another name', `import * as a from 'node:child_process'; a.fork('b')`, 'forkNode'],
    ['casts do something', `const a = 'a'; export const b = a as 'a'`, 'no-unnecessary-type-assertion'],
    [
      'every kind is handled',
      `export function f(a: 'b' | 'c') { switch (a) { case 'b': return 1 }\n return 2 }`,
      'switch-exhaustiveness-check',
    ],
    [
      'hooks are called each time',
      `declare const useA: () => void; export function B(a: boolean) { if (a) useA()\n return 1 }`,
      'rules-of-hooks',
    ],
    [
      'effects name what they read',
      `import { useEffect } from 'react'; export function A(b: string) { useEffect(() => { b.trim() }, []) }`,
      'exhaustive-deps',
    ],
    ['files are short', 'export {}\n'.repeat(351), 'max-lines'],
    [
      'nothing that the oldest runtime lacks: Promise',
      `export const a = Promise.withResolvers()`,
      'oldest runtime',
    ],
    [
      'nothing that the oldest runtime lacks: Array',
      `export const a = Array.fromAsync([])`,
      'oldest runtime',
    ],
    ['a clock is handed in', `export const a = Date.now()`, 'A clock is handed in'],
    [
      'a clock is handed in, not its function either',
      `export const a = { now: Date.now }`,
      'A clock is handed in',
    ],
  ] as const
).map(([rule, code, complaint], nth) => ({ rule, code, complaint, path: `main/market/code-${nth}.ts` }))

/** What a test may not contain, because nearly anything makes it pass. */
const BAD_TESTS = (
  [
    ['a test says what it expects', 'expect(1).toBeDefined()', 'Say what it is'],
    [
      'a test says what comes of what does not throw',
      'expect(() => {}).not.toThrow()',
      'Say what comes of it',
    ],
  ] as const
).map(([rule, code, complaint], nth) => ({
  rule,
  code: `import { expect, test } from 'vitest'\ntest('a', () => ${code})`,
  complaint,
  path: `main/market/code-${nth}.test.ts`,
}))

/** Imports that every part needs, so that no rule forbids everything. */
const GOOD_IMPORTS = [
  ['alpaca/good.ts', `import './wire.ts'; import 'node:fs'; import 'ws'`],
  ['alpaca/examples/good.ts', `import '../index.ts'`],
  ['shared/trading/good.ts', `import '../units.ts'; import './order.ts'; import 'zod'`],
  ['shared/trading/good.test.ts', `import '../../../tests/support/bridge.ts'`],
  ['process/good.ts', `import '#shared/result'; import 'node:fs'`],
  ['demo-market/good.ts', `import './trading/index.ts'; import './clock.ts'; import '#process/clock'`],
  [
    'demo-market/trading/good.ts',
    `import '../clock.ts'; import '../exchange/index.ts'; import '#shared/units'`,
  ],
  ['storage/good.ts', `import './bars/index.ts'; import './contract.ts'; import '#alpaca'; import 'kysely'`],
  ['storage/bars/good.ts', `import '../database/index.ts'; import '#process/clock'; import 'pg'`],
  ['cli/good.ts', `import '#storage/direct'; import '#alpaca'; import '../main/settings/index.ts'`],
  ['main/good.ts', `import './market/index.ts'; import '#process/log'; import 'electron'`],
  ['main/app/good.ts', `import '../settings/index.ts'; import 'electron'; import 'node:fs'`],
  ['main/market/good.ts', `import '#alpaca'; import '#shared/units'; import './cache.ts'`],
  ['main/updates/good.ts', `import '../settings/index.ts'; import '#process/clock'; import 'node:crypto'`],
  ['main/monitor/good.ts', `import '../market/index.ts'`],
  ['main/risk/good.ts', `import type { Asset } from '#alpaca'; export type A = Asset`],
  ['main/risk/checks/good.ts', `import '../context.ts'; import '#shared/trading/order'`],
  ['main/risk/checks/good.test.ts', `import '../../../../tests/support/risk-context.ts'`],
  [
    'main/execution/gateway/good.ts',
    `import '../../risk/index.ts'; import '../state/index.ts'; import '#alpaca'`,
  ],
  ['main/storage-client/good.ts', `import '#storage'; import '../market/index.ts'`],
  ['main/account-session/good.ts', `import '../execution/index.ts'; import '../monitor/index.ts'`],
  ['renderer/good.ts', `import './market/index.ts'; import './app/shell.tsx'`],
  ['renderer/market/cells/good.ts', `import '../../ui/amount.ts'; import '../columns.ts'; import 'react'`],
  ['renderer/stores/good.ts', `import '../ui/faults.ts'; import '#shared/market'; import 'zustand'`],
] as const

const ROOT = resolve(import.meta.dirname, '..')
/** The linter's configuration reads it. */
const LANGUAGE_FLOOR = join('scripts', 'lib', 'language-floor.mjs')
const report = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), code: z.string(), help: z.string().optional() })),
})
let folder: string
/** The linter's output for each file by its path below src/; it runs once over all of them. */
let said: ReadonlyMap<string, string>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-lint-'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const name of ['oxlint.config.ts', 'tsconfig.base.json', 'package.json'])
    copyFileSync(join(ROOT, name), join(folder, name))
  mkdirSync(join(folder, 'scripts', 'lib'), { recursive: true })
  copyFileSync(join(ROOT, LANGUAGE_FLOOR), join(folder, LANGUAGE_FLOOR))
  writeFileSync(join(folder, 'tsconfig.json'), '{ "extends": "./tsconfig.base.json", "include": ["src"] }')
  for (const { path, name } of BAD_IMPORTS) write(path, `export { one } from '${name}'`)
  for (const { path, code } of [...BAD_CODE, ...BAD_TESTS]) write(path, code)
  for (const [path, code] of GOOD_IMPORTS) write(path, code)
  write('main/market/one.ts', `import { two } from './two.ts'\nexport const one = two`)
  write('main/market/two.ts', `import { one } from './one.ts'\nexport const two = one`)
  said = lint()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(BAD_IMPORTS)('src/$room does not import $name', ({ path, complaint }) => {
  expect(said.get(path)).toContain(complaint)
})

test.each([...BAD_CODE, ...BAD_TESTS])('$rule', ({ path, complaint }) => {
  expect(said.get(path)).toContain(complaint)
})

test('cycles are refused', () => {
  expect(said.get('main/market/one.ts')).toContain('no-cycle')
})

test.each(GOOD_IMPORTS)('the linter accepts src/%s', (path) => {
  expect(said.get(path)).toBeUndefined()
})

function write(path: string, code: string): void {
  const file = join(folder, 'src', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${code}\n`)
}

function lint(): ReadonlyMap<string, string> {
  const complaints = new Map<string, string>()
  for (const { filename, code, help = '' } of report.parse(JSON.parse(run())).diagnostics) {
    const path = filename.replace('src/', '')
    complaints.set(path, `${complaints.get(path) ?? ''}${code} ${help}\n`)
  }
  return complaints
}

/** The linter's output; its exit code is 1 if there are complaints. */
function run(): string {
  const command = join(ROOT, 'node_modules', '.bin', 'oxlint')
  try {
    return execFileSync(command, ['--type-aware', '--deny-warnings', '-f', 'json', 'src'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
  } catch (cause) {
    return cause instanceof Error && 'stdout' in cause ? String(cause.stdout) : String(cause)
  }
}
