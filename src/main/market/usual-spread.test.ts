import { expect, test } from 'vitest'
import { UsualSpread } from './usual-spread.ts'

const [PRE, REGULAR] = [0, 1]

function after(spreads: readonly number[], phase = REGULAR): UsualSpread {
  const usual = new UsualSpread()
  for (const spread of spreads) usual.observe(phase, spread)
  return usual
}

const times = (count: number, spread: number): readonly number[] => Array<number>(count).fill(spread)

test('a quote of 1% is narrow enough before anything is known, and for a symbol that is always narrower', () => {
  expect(new UsualSpread().widest(REGULAR)).toBe(0.01)
  expect(after(times(1_000, 0.0002)).widest(REGULAR)).toBe(0.01)
})

test('a symbol whose spread is usually 0.8% may be quoted at up to 4%', () => {
  expect(after(times(1_000, 0.008)).widest(REGULAR)).toBeCloseTo(0.04, 3)
})

test('a few wide quotes among narrow ones change nothing', () => {
  const spreads = times(1_000, 0).map((_, index) => (index % 4 === 0 ? 0.03 : 0.0002))
  expect(after(spreads).widest(REGULAR)).toBeLessThan(0.0102)
})

test('however long quotes such as 75 x 150 stand, none over 5% ever sets the price', () => {
  expect(after(times(100_000, 0.66)).widest(REGULAR)).toBe(0.01)
  expect(after(times(100_000, 0.049)).widest(REGULAR)).toBe(0.05)
})

test('what is usual before the open says nothing about the session', () => {
  const usual = after(times(1_000, 0.03), PRE)
  expect([usual.widest(PRE), usual.widest(REGULAR)]).toEqual([0.05, 0.01])
})
