import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseSync, Visitor } from 'vite'

/**
 * Matches `check(...)`, `test.each(...)(...)`, `test.skipIf(...)(...)` and the like; hooks and groups are not
 * tests.
 */
const IS_TEST = /^(test|it|check)(\.(each|for|skipIf|runIf|fails|concurrent|sequential)\b|\(|$)/
/** A helper that expects has it in its name. */
const EXPECTS = /\b(expect\w*|fc\.assert)\(|\bexpect\s*\.poll\(/

/** Where a file has tests that expect nothing, so that only a timeout could fail them. */
function withoutExpectation(text: string, name: string): readonly string[] {
  const found: string[] = []
  new Visitor({
    CallExpression({ callee, arguments: given, start }) {
      const body = given.find(
        ({ type }) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression',
      )
      if (body === undefined || !IS_TEST.test(text.slice(callee.start, callee.end))) return
      if (!EXPECTS.test(text.slice(body.start, body.end)))
        found.push(`${name}:${text.slice(0, start).split('\n').length}`)
    },
  }).visit(parseSync(name, text).program)
  return found
}

test('a test that expects nothing is found, with any runner function', () => {
  const text = `
    test('waits', async ({ session }) => { await session.ready() })
    test.each([1, 2])('%i', () => { run() })
    check('on each database', async () => { await place.open() })
    test.skipIf(away)('is here', () => { it.exists() })
    test('expects', () => { expect(1).toBe(1) })
    test('asks axe', () => expectAccessible(page))
    beforeEach(() => { begin() })
    describe('a group', () => { const check = test.skip })`
  expect(withoutExpectation(text, 'a.test.ts')).toEqual([2, 3, 4, 5].map((line) => `a.test.ts:${line}`))
})

test('every test expects something', () => {
  const root = resolve(import.meta.dirname, '..')
  const files = ['src', 'scripts', 'tests']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => /\.(test|e2e)\.ts$/.test(name))
  expect(files.length).toBeGreaterThan(200)
  expect(files.flatMap((name) => withoutExpectation(readFileSync(join(root, name), 'utf8'), name))).toEqual(
    [],
  )
})
