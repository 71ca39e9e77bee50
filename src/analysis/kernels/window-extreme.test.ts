import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StateReader, StateWriter } from '../kernel.ts'
import { WindowExtreme } from './window-extreme.ts'

const KINDS = [
  { kind: 'highest', extremeOf: (window: readonly number[]) => Math.max(...window) },
  { kind: 'lowest', extremeOf: (window: readonly number[]) => Math.min(...window) },
] as const

/** Few different prices, so that equal ones are common. */
const prices = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 80 })
const lengths = fc.integer({ min: 1, max: 12 })

/** Value and age at each price, each taken after it was asked. */
const run = (extreme: WindowExtreme, values: readonly number[]) =>
  values.map((value) => {
    const answer = { extreme: extreme.peek(value), age: extreme.peekAge(value) }
    extreme.take(value)
    return answer
  })

test.each(KINDS)(
  'the $kind of a window is that of all its values, and its age that of the newest such',
  (given) => {
    fc.assert(
      fc.property(prices, lengths, (values, length) => {
        const expected = values.map((_, at) => {
          if (at < length - 1) return { extreme: NaN, age: NaN }
          const window = values.slice(at - length + 1, at + 1)
          const extreme = given.extremeOf(window)
          return { extreme, age: window.toReversed().indexOf(extreme) }
        })
        expect(run(new WindowExtreme(given.kind, length), values)).toEqual(expected)
      }),
    )
  },
)

test.each(KINDS)(
  'the $kind: asking changes nothing, and a state goes on as the kernel itself',
  ({ kind }) => {
    fc.assert(
      fc.property(prices, lengths, fc.nat(), (values, length, number) => {
        const cutAt = number % (values.length + 1)
        const before = new WindowExtreme(kind, length)
        run(before, values.slice(0, cutAt))
        before.peek(100)
        before.peekAge(0)
        const state = new StateWriter()
        before.save(state)
        const after = new WindowExtreme(kind, length)
        after.load(new StateReader(state.state))
        const whole = run(new WindowExtreme(kind, length), values).slice(cutAt)
        expect(run(after, values.slice(cutAt))).toEqual(whole)
        expect(run(before, values.slice(cutAt))).toEqual(whole)
      }),
    )
  },
)

test('a long rise and a long fall, which keep the fewest and the most candidates', () => {
  const rise = Array.from({ length: 3_000 }, (_, at) => at)
  expect(run(new WindowExtreme('highest', 1_000), rise).at(-1)).toEqual({ extreme: 2_999, age: 0 })
  expect(run(new WindowExtreme('lowest', 1_000), rise).at(-1)).toEqual({ extreme: 2_000, age: 999 })
})
