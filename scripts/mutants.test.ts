import { expect, test } from 'vitest'
import { mutantsOf, withMutant } from './lib/mutants.mjs'

const slips = (text: string) => mutantsOf('a.ts', text).map((mutant) => withMutant(text, mutant))

test.each([
  ['a < b', 'a <= b'],
  ['a >= b', 'a > b'],
  ['a === b', 'a !== b'],
  ['a - b', 'a + b'],
  ['a && b', 'a || b'],
  ['a ?? b', 'a'],
  ['!a', 'a'],
  ['true', 'false'],
  ['7', '8'],
  ['5_000', '10000'],
  ['a.lt(b)', 'a.lte(b)'],
  ['Decimal.max(a, b)', 'Decimal.min(a, b)'],
])('%s becomes %s', (before, after) => {
  expect(slips(`x = ${before}`)).toEqual([`x = ${after}`])
})

test('a call, a case and the whole body of a function are removed', () => {
  expect(slips('function f(): void { g() }')).toEqual([
    'function f(): void { return; g() }',
    'function f(): void { ; }',
  ])
  expect(slips('function f(a: boolean): string { if (a) return "x"; return "y" }')).toEqual([
    'function f(a: boolean): string { ; return "y" }',
  ])
})

test('types, texts, comments and log messages are left alone, in any script', () => {
  expect(
    slips(`
    // … a < b, ’tis 7 && true
    type T = 7 | true
    const text = '€ a < b' as 'x'
    log.info({ text }, 'a')
    this.#parts.log.warn({}, 'b')`),
  ).toEqual([])
})

test('positions are those in the text, after characters of any width', () => {
  expect(slips(`const name = '…😀€'; x = a < b`)).toEqual([`const name = '…😀€'; x = a <= b`])
})
