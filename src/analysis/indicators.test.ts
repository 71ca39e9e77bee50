import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { INDICATORS } from './indicators.ts'
import { runIndicator } from './indicator.ts'
import { columnsOf, randomBars, usualParameters } from '../../tests/support/analysis/bars.ts'
import { randomMinutes, wholeDays } from '../../tests/support/analysis/session-bars.ts'

/** Every indicator, once with its usual parameters and once with small ones. */
const CASES = INDICATORS.flatMap((descriptor) =>
  usualParameters(descriptor).map((parameters) => ({
    name: `${descriptor.shortName} ${JSON.stringify(parameters)}`,
    descriptor,
    create: () => descriptor.create(parameters, nyse),
    barsNeeded: descriptor.barsNeeded(parameters),
    /** Those that go by sessions get minutes of several days. */
    someBars: () => (descriptor.barsNeeded(parameters) === undefined ? randomMinutes() : randomBars()),
  })),
)
const COUNTED = CASES.flatMap(({ barsNeeded, ...rest }) =>
  barsNeeded === undefined ? [] : [{ ...rest, barsNeeded }],
)
const BY_SESSION = CASES.filter(({ barsNeeded }) => barsNeeded === undefined)

const equalBits = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  expect(Array.from(one)).toEqual(Array.from(other)) // toEqual tells NaN from 0 and 0 from -0

test.each(CASES)(
  '$name: a bar replaced many times is as if pushed once in its last form',
  ({ create, someBars }) => {
    fc.assert(
      fc.property(someBars(), fc.array(fc.nat(), { maxLength: 5 }), (bars, extra) => {
        const [once, often] = [create(), create()]
        bars.forEach((bar, at) => {
          once.push(bar)
          often.push(bars[(at + 1) % bars.length] ?? bar)
          for (const number of extra) often.replace(bars[number % bars.length] ?? bar)
          often.replace(bar)
          equalBits(often.values, once.values)
        })
      }),
    )
  },
)

test.each(CASES)('$name: a restart at any bar changes nothing', ({ create, someBars }) => {
  fc.assert(
    fc.property(someBars(), fc.nat(), (bars, number) => {
      const [whole, before] = [create(), create()]
      const cutAt = number % (bars.length + 1)
      for (const bar of bars) whole.push(bar)
      for (const bar of bars.slice(0, cutAt)) before.push(bar)
      const after = create()
      after.restore(before.state())
      equalBits(after.values, before.values)
      for (const bar of bars.slice(cutAt)) after.push(bar)
      equalBits(after.values, whole.values)
    }),
  )
})

test.each(CASES)('$name: a batch is what a series of pushes is', ({ create, someBars }) => {
  fc.assert(
    fc.property(someBars(), (bars) => {
      const columns = runIndicator(create(), columnsOf(bars))
      const indicator = create()
      bars.forEach((bar, at) => {
        indicator.push(bar)
        equalBits(
          columns.map((column) => column[at] ?? NaN),
          indicator.values,
        )
      })
    }),
  )
})

test.each(BY_SESSION)('$name: it has all its values on the 25th day at the latest', ({ create }) => {
  const bars = wholeDays('2025-11-26', 25, 5)
  const indicator = create()
  for (const bar of bars) indicator.push(bar)
  expect([...indicator.values].some(Number.isNaN)).toBe(false)
})

test.each(COUNTED)(
  '$name: it has all its values from the bar it promises, and not all one before',
  ({ create, barsNeeded }) => {
    const bars =
      fc.sample(randomBars({ minLength: barsNeeded, maxLength: barsNeeded }), { numRuns: 1, seed: 7 })[0] ??
      []
    const indicator = create()
    for (const bar of bars.slice(0, -1)) indicator.push(bar)
    expect([...indicator.values].some(Number.isNaN)).toBe(true)
    const last = bars.at(-1)
    if (last) indicator.push(last)
    expect([...indicator.values].some(Number.isNaN)).toBe(false)
  },
)

test.each(CASES)('$name: a state of another shape is refused', ({ create }) => {
  const state = create().state()
  expect(() => create().restore(state.slice(1))).toThrow(RangeError)
  expect(() => create().restore(new Float64Array([...state, 1]))).toThrow(RangeError)
})

test('no two indicators share an id, and none has two outputs of one id', () => {
  const ids = INDICATORS.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  for (const { outputs } of INDICATORS) {
    const names = outputs.map(({ id }) => id)
    expect(names).toEqual([...new Set(names)])
  }
})
