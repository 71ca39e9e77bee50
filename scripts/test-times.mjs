/** Writes docs/test-times.md: how long each test file took in the last `npm test`. */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './lib/build.mjs'
import { output } from './lib/run.mjs'
import { readReports, timesOf, totalsOf } from './lib/test-reports.mjs'

/** Files that took less share one line, s. */
const WORTH_A_LINE_S = 1

const seconds = (/** @type {number} */ ms) => (ms / 1_000).toFixed(1)
const sum = (/** @type {readonly import('./lib/test-reports.mjs').FileTime[]} */ times) =>
  times.reduce((total, { ms }) => total + ms, 0)

const reports = readReports()
const times = timesOf(reports)
if (times.length === 0) throw new Error('There are no reports of a run: "npm test" writes them.')
const short = times.filter(({ ms }) => ms < WORTH_A_LINE_S * 1_000)
const { passed, failed, skipped } = totalsOf(reports)
const KINDS = {
  'installed app': 'tests/installed/',
  'end to end': 'tests/e2e/',
  integration: 'tests/integration/',
  unit: '',
}
const kindOf = (/** @type {string} */ file) =>
  Object.entries(KINDS).find(([, folder]) => file.startsWith(folder))?.[0]

const lines = [
  '# What the tests take',
  '',
  'Made by `node scripts/test-times.mjs` from the reports of the last `npm test`: seconds in the tests of each file, on',
  `${cpus().length} cores (${cpus()[0]?.model.trim()}), where files run side by side. ${passed} tests passed, ${failed} failed, ${skipped} were skipped.`,
  '',
  '| tests | files | seconds |',
  '| --- | --- | --- |',
  ...Object.keys(KINDS).map((kind) => {
    const own = times.filter(({ file }) => kindOf(file) === kind)
    return `| ${kind} | ${own.length} | ${seconds(sum(own))} |`
  }),
  '',
  '| file | tests | seconds |',
  '| --- | --- | --- |',
  ...times
    .filter((time) => !short.includes(time))
    .map(({ file, tests, ms }) => `| ${file} | ${tests} | ${seconds(ms)} |`),
  `| ${short.length} files below ${WORTH_A_LINE_S} s | ${short.reduce((all, { tests }) => all + tests, 0)} | ${seconds(sum(short))} |`,
  '',
]
const page = join(ROOT, 'docs', 'test-times.md')
writeFileSync(page, lines.join('\n'))
output('npx', ['prettier', '--write', page])
