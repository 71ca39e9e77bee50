import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from './build.mjs'

/** Where a run of all tests keeps its runners' reports; emptied when the next run begins. */
const FOLDER = join(ROOT, 'out', 'test-reports')
export const VITEST_REPORT = join(FOLDER, 'vitest.json')
export const INSTALLED_REPORT = join(FOLDER, 'installed.json')
export const PLAYWRIGHT_REPORT = join(FOLDER, 'playwright.json')

/**
 * The runners' reports; absent if there is none yet. `installed` is vitest's of the installed app.
 * @typedef {{ vitest?: any, installed?: any, playwright?: any }} Reports
 */
/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */
/** How long a file's tests took, ms. @typedef {{ file: string, ms: number, tests: number }} FileTime */

export function clearReports() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
}

/** The reports of the last run. @returns {Reports} */
export const readReports = () => ({
  vitest: read(VITEST_REPORT),
  installed: read(INSTALLED_REPORT),
  playwright: read(PLAYWRIGHT_REPORT),
})

/** @param {string} path */
const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)

/** How many tests passed, failed or were skipped. @param {Reports} reports @returns {Totals} */
export function totalsOf({ vitest, installed, playwright }) {
  const { stats } = playwright ?? {}
  const sum = (/** @type {string} */ count) => (vitest?.[count] ?? 0) + (installed?.[count] ?? 0)
  return {
    passed: sum('numPassedTests') + (stats?.expected ?? 0),
    failed: sum('numFailedTests') + (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: sum('numPendingTests') + sum('numTodoTests') + (stats?.skipped ?? 0),
  }
}

/** How long each file took, longest first. @param {Reports} reports @returns {readonly FileTime[]} */
export function timesOf({ vitest, installed, playwright }) {
  const results = [...(vitest?.testResults ?? []), ...(installed?.testResults ?? [])]
  const ofVitest = results.map((/** @type {any} */ result) => ({
    file: relative(ROOT, result.name).replaceAll('\\', '/'),
    ms: result.endTime - result.startTime,
    tests: result.assertionResults.length,
  }))
  const ofPlaywright = (playwright?.suites ?? []).map((/** @type {any} */ suite) => {
    const durations = durationsOf(suite)
    const ms = durations.reduce((sum, duration) => sum + duration, 0)
    return { file: `tests/e2e/${suite.file}`, ms, tests: durations.length }
  })
  return [...ofVitest, ...ofPlaywright].sort((one, other) => other.ms - one.ms)
}

/**
 * The tests that failed, each as its file and its title, and files that could not be loaded.
 * @param {Reports} reports @returns {readonly string[]}
 */
export function failuresOf({ vitest, installed, playwright }) {
  const ofVitest = [...(vitest?.testResults ?? []), ...(installed?.testResults ?? [])].flatMap(
    (/** @type {any} */ { name, status, message, assertionResults }) => {
      const file = relative(ROOT, name).replaceAll('\\', '/')
      const failed = assertionResults.filter((/** @type {any} */ result) => result.status === 'failed')
      if (status === 'failed' && failed.length === 0) return [`${file}: ${message}`]
      return failed.map((/** @type {any} */ result) => `${file}: ${result.fullName}`)
    },
  )
  const ofPlaywright = (playwright?.suites ?? []).flatMap((/** @type {any} */ suite) =>
    failedSpecs(suite).map((title) => `tests/e2e/${suite.file}: ${title}`),
  )
  return [...ofVitest, ...ofPlaywright]
}

/** Titles of a file's or a `describe`'s tests that failed. @param {any} suite @returns {string[]} */
const failedSpecs = ({ specs, suites = [] }) => [
  ...specs.filter((/** @type {any} */ spec) => !spec.ok).map((/** @type {any} */ { title }) => title),
  ...suites.flatMap(failedSpecs),
]

/** How long each test of a file or a `describe` took, ms. @param {any} suite @returns {number[]} */
const durationsOf = ({ specs, suites = [] }) => [
  ...specs.flatMap((/** @type {any} */ spec) =>
    spec.tests.flatMap((/** @type {any} */ test) =>
      test.results.map((/** @type {any} */ result) => result.duration),
    ),
  ),
  ...suites.flatMap(durationsOf),
]
