import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from './build.mjs'

/** Where a run of every test leaves what its runners say of it; emptied when the next begins. */
const FOLDER = join(ROOT, 'out', 'test-reports')
export const VITEST_REPORT = join(FOLDER, 'vitest.json')
export const PLAYWRIGHT_REPORT = join(FOLDER, 'playwright.json')

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */
/** How long the tests of a file took, ms. @typedef {{ file: string, ms: number, tests: number }} FileTime */

export function clearReports() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
}

/** How many tests passed, failed or were skipped in the last run. @returns {Totals} */
export function readTotals() {
  const vitest = read(VITEST_REPORT)
  const { stats } = read(PLAYWRIGHT_REPORT) ?? {}
  return {
    passed: (vitest?.numPassedTests ?? 0) + (stats?.expected ?? 0),
    failed: (vitest?.numFailedTests ?? 0) + (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: (vitest?.numPendingTests ?? 0) + (vitest?.numTodoTests ?? 0) + (stats?.skipped ?? 0),
  }
}

/** What each file took in the last run, the longest first. @returns {readonly FileTime[]} */
export function readTimes() {
  return [...vitestTimes(), ...playwrightTimes()].sort((one, other) => other.ms - one.ms)
}

/** @returns {FileTime[]} */
const vitestTimes = () =>
  (read(VITEST_REPORT)?.testResults ?? []).map((/** @type {any} */ result) => ({
    file: relative(ROOT, result.name),
    ms: result.endTime - result.startTime,
    tests: result.assertionResults.length,
  }))

/** @returns {FileTime[]} */
const playwrightTimes = () =>
  (read(PLAYWRIGHT_REPORT)?.suites ?? []).map((/** @type {any} */ suite) => {
    const durations = durationsOf(suite)
    return {
      file: `tests/e2e/${suite.file}`,
      ms: durations.reduce((sum, ms) => sum + ms, 0),
      tests: durations.length,
    }
  })

/** What each test of a file or a `describe` took, ms. @param {any} suite @returns {number[]} */
const durationsOf = ({ specs, suites = [] }) => [
  ...specs.flatMap((/** @type {any} */ spec) =>
    spec.tests.flatMap((/** @type {any} */ test) =>
      test.results.map((/** @type {any} */ result) => result.duration),
    ),
  ),
  ...suites.flatMap(durationsOf),
]

/** A report; nothing where its runner did not come so far. @param {string} path @returns {any} */
const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)
