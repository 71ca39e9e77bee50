import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { barsOf, pricedBars, valuesOf } from '../../../tests/support/analysis/checks.ts'
import { OBV } from './on-balance-volume.ts'

const create = () => OBV.create({}, nyse)

test('OBV is what its formula says', () => {
  fc.assert(
    fc.property(pricedBars({ maxLength: 200 }), (bars) => {
      let balance = 0n
      const expected = bars.map(({ close, volume }, at) => {
        const before = bars[at - 1]?.close ?? close
        if (close > before) balance += BigInt(volume)
        if (close < before) balance -= BigInt(volume)
        return Number(balance)
      })
      expect(valuesOf(create(), bars)[0]).toEqual(expected)
    }),
  )
})

test('OBV begins at 0, and a bar that closes where the last one did adds nothing', () => {
  const closes = [10, 10, 11, 10.99, 10.99, 12]
  expect(valuesOf(create(), barsOf(closes, closes, closes, [7, 5, 300, 20, 1, 0]))[0]).toEqual([
    0, 0, 300, 280, 280, 280,
  ])
})

test('fractions of shares add up without drift', () => {
  const closes = Array.from({ length: 20_001 }, (_, at) => at)
  const values = valuesOf(
    create(),
    barsOf(
      closes,
      closes,
      closes,
      closes.map(() => 0.1),
    ),
  )[0]
  expect(values?.at(-1)).toBe(2_000)
})
