import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { failuresOf, timesOf, totalsOf } from './lib/test-reports.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const VITEST = {
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { name: resolve(ROOT, 'src/one.test.ts'), startTime: 1_000, endTime: 1_250, assertionResults: [{}, {}] },
  ],
}
const timed = (duration: number) => ({ tests: [{ results: [{ duration }] }] })
const PLAYWRIGHT = {
  stats: { expected: 5, unexpected: 2, flaky: 0, skipped: 3 },
  suites: [
    {
      file: 'two.e2e.ts',
      specs: [timed(100)],
      suites: [{ specs: [timed(200)], suites: [{ specs: [timed(300)] }] }],
    },
  ],
}

test('passed, failed and skipped tests of both runners are counted, a todo as skipped', () => {
  expect(totalsOf({ vitest: VITEST, playwright: PLAYWRIGHT })).toEqual({ passed: 12, failed: 3, skipped: 6 })
})

test('tests of the installed app are counted and listed too', () => {
  const installed = {
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 1,
    testResults: [
      {
        name: resolve(ROOT, 'tests/installed/start.test.ts'),
        startTime: 0,
        endTime: 900,
        assertionResults: [{}],
      },
    ],
  }
  expect(totalsOf({ vitest: VITEST, installed })).toEqual({ passed: 8, failed: 2, skipped: 4 })
  expect(timesOf({ vitest: VITEST, installed })).toEqual([
    { file: 'tests/installed/start.test.ts', ms: 900, tests: 1 },
    { file: 'src/one.test.ts', ms: 250, tests: 2 },
  ])
})

test('a runner that wrote no report counts nothing', () => {
  expect(totalsOf({})).toEqual({ passed: 0, failed: 0, skipped: 0 })
  expect(timesOf({})).toEqual([])
})

test('each file is listed with the total time of its tests, however deeply nested, longest first', () => {
  expect(timesOf({ vitest: VITEST, playwright: PLAYWRIGHT })).toEqual([
    { file: 'tests/e2e/two.e2e.ts', ms: 600, tests: 3 },
    { file: 'src/one.test.ts', ms: 250, tests: 2 },
  ])
})

test('each failed test is named with its file, and so is a file that could not be loaded', () => {
  const file = (name: string, results: readonly object[], message = '') => ({
    name: resolve(ROOT, name),
    status: 'failed',
    message,
    assertionResults: results,
  })
  const vitest = {
    testResults: [
      file('src/one.test.ts', [
        { status: 'passed', fullName: 'one holds' },
        { status: 'failed', fullName: 'a group two does not' },
      ]),
      file('src/two.test.ts', [], 'Cannot find three'),
    ],
  }
  const spec = (title: string, ok: boolean) => ({ title, ok, tests: [] })
  const playwright = {
    suites: [
      {
        file: 'four.e2e.ts',
        specs: [spec('it opens', true)],
        suites: [{ specs: [spec('it closes', false)] }],
      },
    ],
  }
  expect(failuresOf({ vitest, playwright })).toEqual([
    'src/one.test.ts: a group two does not',
    'src/two.test.ts: Cannot find three',
    'tests/e2e/four.e2e.ts: it closes',
  ])
  expect(failuresOf({})).toEqual([])
})
