import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Kernel } from '../kernel.ts'
import { StateReader, StateWriter } from '../kernel.ts'
import { WindowDeviation } from './window-deviation.ts'

/** The values of a kernel, each taken after it was asked. */
const valuesOf = (kernel: Kernel, values: readonly number[]) =>
  values.map((value) => {
    const deviation = kernel.peek(value)
    kernel.take(value)
    return deviation
  })

/** From the formula in whole numbers, so without rounding up to the root: exact for doubles from 2^-28. */
function exactDeviation(window: readonly number[]): number {
  const scaled = window.map((value) => BigInt(value * 2 ** 80))
  const sum = scaled.reduce((total, value) => total + value, 0n)
  const squares = scaled.reduce((total, value) => total + value * value, 0n)
  return Math.sqrt(Number(BigInt(window.length) * squares - sum * sum)) / window.length / 2 ** 80
}

const exactDeviations = (values: readonly number[], length: number) =>
  values.map((_, at) => (at < length - 1 ? NaN : exactDeviation(values.slice(at - length + 1, at + 1))))

/** A walk in ticks from `start`, also with steps of none. */
const walk = (start: number, tick: number, steps: number, seed = 1): readonly number[] => {
  let price = Math.round(start / tick)
  let random = seed
  return Array.from({ length: steps }, () => {
    random = (random * 48_271) % 2_147_483_647
    price = Math.max(1, price + (random % 5) - 2)
    return price * tick
  })
}

/** Each within 1e-15 of itself, and of `scale`. */
function expectRelative(actual: readonly number[], expected: readonly number[], scale = 0): void {
  actual.forEach((value, at) => {
    const wanted = expected[at] ?? NaN
    if (Number.isNaN(wanted)) expect(value).toBeNaN()
    else
      expect(Math.abs(value - wanted), `${value} for ${wanted} at ${at}`).toBeLessThanOrEqual(
        (wanted + scale) * 1e-15,
      )
  })
}

test('a deviation is that of the formula, for any prices', () => {
  const price = fc.integer({ min: 1, max: 7_000_000_000 }).map((number) => number / 10_000)
  fc.assert(
    fc.property(fc.array(price, { maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (prices, length) => {
      const highest = Math.max(...prices)
      expectRelative(valuesOf(new WindowDeviation(length), prices), exactDeviations(prices, length), highest)
    }),
  )
})

test.each([
  { start: 700_000, tick: 0.01 },
  { start: 100, tick: 0.01 },
  { start: 0.01, tick: 0.0001 },
])('cents of a price count: $start in steps of $tick', ({ start, tick }) => {
  const prices = walk(start, tick, 3_000)
  expectRelative(valuesOf(new WindowDeviation(20), prices), exactDeviations(prices, 20))
})

test('a fall from 700,000 to cents leaves nothing behind', () => {
  const prices = [...walk(700_000, 0.01, 100), ...walk(0.5, 0.0001, 100)]
  expectRelative(valuesOf(new WindowDeviation(20), prices).slice(-80), exactDeviations(prices, 20).slice(-80))
})

test('it is the same wherever the series began', () => {
  const prices = walk(700_000, 0.01, 200_000)
  const long = valuesOf(new WindowDeviation(50), prices).slice(-500)
  for (const before of [49, 50, 73, 1_234])
    expect(valuesOf(new WindowDeviation(50), prices.slice(-500 - before)).slice(-500)).toEqual(long)
})

const anyPrice = fc.double({ min: 0.0001, max: 700_000, noNaN: true })

/** Prices that stand still in the end. */
const settling = fc
  .tuple(fc.array(anyPrice, { maxLength: 50 }), anyPrice, fc.integer({ min: 1, max: 20 }))
  .map(([before, price, length]) => ({
    length,
    prices: [...before, ...Array.from({ length: length + 3 }, () => price)],
  }))

test('equal values deviate by exactly 0, whatever came before', () => {
  fc.assert(
    fc.property(settling, ({ prices, length }) => {
      expect(valuesOf(new WindowDeviation(length), prices).slice(-4)).toEqual([0, 0, 0, 0])
    }),
  )
})

test('one value that differs is seen, and gone with it', () => {
  const values = valuesOf(new WindowDeviation(4), [5, 5, 5, 5, 9, 5, 5, 5, 5])
  expect(values).toEqual([NaN, NaN, NaN, 0, Math.sqrt(3), Math.sqrt(3), Math.sqrt(3), Math.sqrt(3), 0])
})

test('asking changes nothing, and a state goes on as the kernel itself', () => {
  fc.assert(
    fc.property(settling, fc.nat(), ({ prices, length }, number) => {
      const cutAt = number % prices.length
      const whole = valuesOf(new WindowDeviation(length), prices)
      const before = new WindowDeviation(length)
      valuesOf(before, prices.slice(0, cutAt))
      before.peek(1)
      before.peek(NaN)
      const state = new StateWriter()
      before.save(state)
      const after = new WindowDeviation(length)
      after.load(new StateReader(state.state))
      expect(valuesOf(after, prices.slice(cutAt))).toEqual(whole.slice(cutAt))
      expect(valuesOf(before, prices.slice(cutAt))).toEqual(whole.slice(cutAt))
    }),
    { numRuns: 1_000 },
  )
})
