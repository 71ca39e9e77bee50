/**
 * `npm test`: runs every check, those that fail fastest first: format, lint, types, unit and integration
 * tests with their coverage, the real app end to end, and the package as a trader installs it. Sets up what it
 * needs. Ends with what failed, by name, and one line of totals.
 */
import { spawnSync } from 'node:child_process'
import { say } from './lib/run.mjs'
import {
  clearReports,
  failuresOf,
  INSTALLED_REPORT,
  PLAYWRIGHT_REPORT,
  readReports,
  totalsOf,
  VITEST_REPORT,
} from './lib/test-reports.mjs'
import { whyNoTimescale } from './timescale.mjs'

/** In CI the tests have a real TimescaleDB server; elsewhere only if SIGNAL_TEST_DATABASE_URL names one. */
const needsServer = process.env['CI'] && !process.env['SIGNAL_TEST_DATABASE_URL'] && !whyNoTimescale()
const withServer = needsServer ? ['node', 'scripts/timescale.mjs'] : []

/** @param {string} file @param {...string} projects */
const vitest = (file, ...projects) => [
  'npx',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
  ...projects.flatMap((project) => ['--project', project]),
]
const steps = [
  ['format', 'npx', 'prettier', '--check', '.'],
  ['lint', 'npm', 'run', '-s', 'lint'],
  ['types', 'npm', 'run', '-s', 'types'],
  [
    'unit and integration tests',
    ...withServer,
    ...vitest(VITEST_REPORT, 'unit', 'integration'),
    '--coverage',
  ],
  ['end to end', 'npm', 'run', '-s', 'test:e2e', '--', '--reporter=list,json'],
  ['the installed app', ...vitest(INSTALLED_REPORT, 'installed')],
]

clearReports()
const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT }
/** @type {string[]} */
const failedSteps = []
const started = Date.now()
for (const [name, command = '', ...args] of steps) {
  const began = Date.now()
  say(`\n── ${name}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' })
  if (status !== 0) failedSteps.push(String(name))
  say(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(0)} s`)
}
say(`\nAll checks took ${((Date.now() - started) / 1000).toFixed(0)} s.`)
const reports = readReports()
for (const name of failedSteps) console.log(`failed: ${name}`)
for (const name of failuresOf(reports)) console.log(`failed: ${name}`)
const failed = failedSteps.length
console.log(`checks: ${steps.length - failed} passed, ${failed} failed`)
const tests = totalsOf(reports)
// A failed check without tests of its own, such as lint, counts as one: the last line never hides a failure.
const failures = Math.max(tests.failed, failed)
console.log(`tests: ${tests.passed} passed, ${failures} failed, ${tests.skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1
