import { expect, test } from 'vitest'
import { chanceOfSilence } from './silence.ts'

test('silence is certain if nothing is expected, and less likely the more is expected', () => {
  expect(chanceOfSilence(0, 3)).toBe(1)
  expect(chanceOfSilence(5, 3)).toBeGreaterThan(chanceOfSilence(10, 3))
})

test('silence is likelier in unsteady traffic, and tends to exp(-expected) in steady traffic', () => {
  expect(chanceOfSilence(5, 2)).toBeGreaterThan(chanceOfSilence(5, 6))
  expect(chanceOfSilence(5, 1e6)).toBeCloseTo(Math.exp(-5), 5)
})
