import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsAt, longWalk, randomBars } from '../../../tests/support/analysis/bars.ts'
import { middles } from '../../../tests/support/analysis/references.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import type { SeriesBar } from '../series.ts'
import { ICHIMOKU } from './ichimoku.ts'

function expectFormula(bars: readonly SeriesBar[], conversion: number, base: number, span: number): void {
  const chosen = { conversionLength: conversion, baseLength: base, spanLength: span }
  const [short, middle] = [middles(bars, conversion), middles(bars, base)]
  expect(runDescriptor(ICHIMOKU, chosen, bars)).toEqual([
    short,
    middle,
    short.map((value, at) => (value + (middle[at] ?? NaN)) / 2),
    middles(bars, span),
    bars.map(({ close }) => close),
  ])
}

test('the lines at a bar are those of the formula, not displaced', () => {
  const length = fc.integer({ min: 1, max: 12 })
  fc.assert(fc.property(randomBars(), length, length, length, expectFormula))
  expectFormula(longWalk(3_000), 9, 26, 52)
})

test('the middle is that of the range, not of the closes', () => {
  const bars = barsAt([
    [10, 8, 8],
    [16, 10, 10],
  ])
  const chosen = { conversionLength: 1, baseLength: 2, spanLength: 2 }
  expect(runDescriptor(ICHIMOKU, chosen, bars)).toEqual([
    [9, 13],
    [NaN, 12],
    [NaN, 12.5],
    [NaN, 12],
    [8, 10],
  ])
})

test('spans are drawn ahead, the lagging line behind, the bar itself counted', () => {
  const shifts = (displacement: number) =>
    ICHIMOKU.outputs.map(({ id, shift }) => [id, shift?.(ICHIMOKU.parameters.parse({ displacement })) ?? 0])
  expect(shifts(26)).toEqual([
    ['conversion', 0],
    ['base', 0],
    ['spanA', 25],
    ['spanB', 25],
    ['lagging', -25],
  ])
  expect(shifts(1).map(([, shift]) => Math.abs(Number(shift)))).toEqual([0, 0, 0, 0, 0])
})
