/**
 * Asks of the tests whether they would notice: slips of the pen are drawn by a seed over the rooms that money depends on, each is
 * written into a copy of the tree, and the tests that reach the file run, the quick ones first, until one fails.
 *
 * `npm run mutate -- --seed 1 --count 200 [--rooms risk,market] [--among src/] [--without TEXT] [--only 17,33]`
 * `npm run mutate -- src/main/risk/what-if.ts` breaks every line of a file that it can, instead of a draw; only those that survive are compiled.
 *
 * `--among` keeps to tests whose paths begin so, `--without` leaves out those whose names hold that text; `--only` runs the mutants with these numbers of the draw again.
 */
import { execFile, fork } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { mutantsOf, withMutant } from './lib/mutants.mjs'
import { sourceFiles, testsByReach } from './lib/reached-by.mjs'

/** The folders that money depends on. */
const ROOMS = [
  { name: 'risk', folder: 'src/main/risk' },
  { name: 'execution', folder: 'src/main/execution' },
  { name: 'market', folder: 'src/main/market' },
  { name: 'storage', folder: 'src/storage' },
]
/** Longer than any file's tests take on a busy machine. */
const UNIT_LIMIT_MS = 120_000
const INTEGRATION_LIMIT_MS = 600_000

/** What the tester answers. */
const report = z.object({ killer: z.string().optional(), took: z.record(z.string(), z.number()) })
/** Takes minutes, which is no answer for each of hundreds of mutants. */
const TOO_SLOW = 'tests/integration/trading-model.test.ts'

/** @typedef {import('./lib/mutants.mjs').Mutant & { number: number, room: string }} Drawn */

const { values: options, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '200' },
    rooms: { type: 'string', default: ROOMS.map(({ name }) => name).join() },
    only: { type: 'string' },
    among: { type: 'string', default: 'src/,tests/' },
    without: { type: 'string', default: '' },
  },
})

const ROOT = resolve(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'signal-mutate-'))
process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143))
for (const name of ['src', 'tests', 'scripts', 'bench', 'resources', 'package.json', 'vitest.config.ts'])
  cpSync(join(ROOT, name), join(copy, name), { recursive: true })
for (const name of ['tsconfig.base.json', 'tsconfig.node.json']) cpSync(join(ROOT, name), join(copy, name))
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))

/** @type {Map<string, string>} */
const originals = new Map()
/** The file as it was when the copy was made, whatever becomes of it meanwhile. @param {string} file */
function originalOf(file) {
  const text = originals.get(file) ?? readFileSync(join(copy, file), 'utf8')
  originals.set(file, text)
  return text
}

/** Numbers from 0 to 1, the same for the same seed. @param {number} seed */
function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * The folder's mutants in an order drawn by the seed, at most one per line.
 * @param {(typeof ROOMS)[number]} room
 */
function drawn({ name, folder }) {
  const random = randomOf(Number(options.seed))
  const files = named.includes(folder)
    ? [folder]
    : sourceFiles(copy, [folder]).filter((file) => !file.endsWith('.test.ts'))
  const mutants = files
    .flatMap((file) => mutantsOf(file, originalOf(file)))
    .map((mutant) => ({ mutant, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ mutant }) => mutant)
  const lines = new Map(mutants.map((mutant) => [`${mutant.file}:${mutant.line}`, mutant]))
  return [...lines.values()].map((mutant) => ({ ...mutant, room: name }))
}

/** @param {readonly Drawn[]} mutants */
const write = (mutants) => {
  for (const mutant of mutants)
    writeFileSync(join(copy, mutant.file), withMutant(originalOf(mutant.file), mutant))
}
/** @param {readonly Drawn[]} mutants */
const restore = (mutants) => {
  for (const { file } of mutants) writeFileSync(join(copy, file), originalOf(file))
}

/**
 * The mutants that compile. Mutants of different files are tried together: an error in a mutant's file is its
 * own.
 * @param {readonly Drawn[]} mutants @returns {Promise<readonly Drawn[]>}
 */
async function compiling(mutants) {
  if (mutants.length === 0) return []
  const together = [...new Map(mutants.map((mutant) => [mutant.file, mutant])).values()]
  const others = mutants.filter((mutant) => !together.includes(mutant))
  return [...(await compilingTogether(together)), ...(await compiling(others))]
}

/** The files of the copy that do not compile. @returns {Promise<ReadonlySet<string>>} */
async function faultyFiles() {
  const errors = await new Promise((done) => {
    const tsc = ['tsc', '-p', 'tsconfig.node.json', '--pretty', 'false']
    execFile('npx', tsc, { cwd: copy, maxBuffer: 1 << 28 }, (_failure, stdout) => done(stdout))
  })
  return new Set([...errors.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file]) => file))
}

/** @param {readonly Drawn[]} mutants @returns {Promise<readonly Drawn[]>} */
async function compilingTogether(mutants) {
  write(mutants)
  const faulty = await faultyFiles()
  restore(mutants)
  const rest = mutants.filter(({ file }) => !faulty.has(file))
  // Every error is in a mutant's file, so the other mutants have none.
  if (faulty.size === mutants.length - rest.length) return rest
  if (rest.length < mutants.length) return compilingTogether(rest)
  if (mutants.length === 1) return []
  const half = Math.ceil(mutants.length / 2)
  return [
    ...(await compilingTogether(mutants.slice(0, half))),
    ...(await compilingTogether(mutants.slice(half))),
  ]
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let tester
async function startedTester() {
  if (tester?.connected) return tester
  // A group of its own, so that what a mutant started is ended with it.
  const child = fork(join(copy, 'scripts/lib/mutant-tester.mjs'), [options.without], {
    cwd: copy,
    detached: true,
    stdio: 'inherit',
  })
  tester = child
  await new Promise((done) => child.once('message', done))
  return child
}
function endTester() {
  if (tester?.pid !== undefined && tester.exitCode === null && tester.signalCode === null)
    process.kill(-tester.pid, 'SIGKILL')
  tester = undefined
}
process.once('exit', endTester)

/** How long the tests of a file took last, ms. @type {Map<string, number>} */
const tookMs = new Map()

/**
 * The test that failed; 'timeout' if a test did not end; undefined if all passed.
 * @param {string} changed @param {readonly string[]} tests @param {number} limitMs @returns {Promise<string | undefined>}
 */
async function killerAmong(changed, tests, limitMs) {
  if (tests.length === 0) return undefined
  const child = await startedTester()
  return new Promise((done) => {
    const timer = setTimeout(() => {
      child.removeAllListeners()
      endTester()
      done('timeout')
    }, limitMs)
    child.once('message', (answer) => {
      clearTimeout(timer)
      const { killer, took } = report.parse(answer)
      for (const [path, ms] of Object.entries(took)) tookMs.set(relative(copy, path), ms)
      done(killer)
    })
    const quickFirst = [...tests].sort((a, b) => (tookMs.get(a) ?? 0) - (tookMs.get(b) ?? 0))
    child.send({ changed: join(copy, changed), tests: quickFirst.map((test) => join(copy, test)) })
  })
}

const rooms =
  named.length > 0
    ? named.map((file) => ({ name: file, folder: file }))
    : ROOMS.filter(({ name }) => options.rooms.split(',').includes(name))
const each = named.length > 0 ? Infinity : Math.ceil(Number(options.count) / rooms.length)
/** About every third does not compile. */
const candidates = rooms
  .flatMap((room) => drawn(room).slice(0, Math.ceil(each * 2)))
  .map((mutant, index) => ({ ...mutant, number: index + 1 }))
const only = options.only?.split(',').map(Number)
if (!only && (await faultyFiles()).size > 0)
  throw new Error('The tree itself does not compile: npm run types')
const compiled = new Set(only || named.length > 0 ? candidates : await compiling(candidates))
const chosen = only
  ? candidates.filter((mutant) => only.includes(mutant.number))
  : rooms.flatMap(({ name }) =>
      candidates.filter((mutant) => mutant.room === name && compiled.has(mutant)).slice(0, each),
    )

const testsOf = testsByReach(copy)
const among = options.among.split(',')
const counts = { killed: 0, timeout: 0, survived: 0 }
/** @type {Map<string, typeof counts>} */
const byRoom = new Map()
for (const mutant of chosen) {
  const began = performance.now()
  const tests = testsOf(mutant.file).filter(
    (test) => test !== TOO_SLOW && among.some((start) => test.startsWith(start)),
  )
  const unit = tests.filter((test) => test.startsWith('src/'))
  const integration = tests.filter((test) => !unit.includes(test))
  write([mutant])
  const killer =
    (await killerAmong(mutant.file, unit, UNIT_LIMIT_MS)) ??
    (await killerAmong(mutant.file, integration, INTEGRATION_LIMIT_MS))
  restore([mutant])
  if (killer === undefined && named.length > 0 && (await compiling([mutant])).length === 0) continue
  const outcome = killer === undefined ? 'survived' : killer === 'timeout' ? 'timeout' : 'killed'
  const room = byRoom.get(mutant.room) ?? { ...counts }
  byRoom.set(mutant.room, room)
  room[outcome]++
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  const text = originalOf(mutant.file)
  /** @param {string} of */
  const lineOf = (of) => of.split('\n')[mutant.line - 1]?.trim()
  console.log(
    `#${mutant.number} ${outcome} ${mutant.file}:${mutant.line} ${mutant.what} (${seconds} s)` +
      (outcome === 'killed'
        ? ` by ${killer}`
        : `\n    - ${lineOf(text)}\n    + ${lineOf(withMutant(text, mutant))}`),
  )
}
endTester()
console.table(Object.fromEntries(byRoom))
