import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf, randomBars } from '../../tests/support/analysis/bars.ts'
import { barAt, BarSeries, cut, type SeriesBar } from './series.ts'

const bar = (minute: number, close = 10): SeriesBar => ({
  minute,
  open: 10,
  high: 11,
  low: 9,
  close,
  volume: 100,
  vwap: 10.5,
})

const seriesOf = (...minutes: readonly number[]): BarSeries => {
  const series = new BarSeries()
  for (const minute of minutes) series.push(bar(minute))
  return series
}

test('bars come out as they went in, one by one or many at once, however many there are', () => {
  fc.assert(
    fc.property(randomBars({ maxLength: 30 }), fc.nat(30), (bars, first) => {
      const all = columnsOf(bars)
      const series = new BarSeries()
      for (const one of bars.slice(0, first)) series.push(one)
      series.append(cut(all, first, bars.length))
      expect(series.columns).toEqual(all)
      expect(series.length).toBe(bars.length)
      expect(series.last).toEqual(bars.at(-1))
    }),
  )
  const many = Array.from({ length: 2_000 }, (_, minute) => bar(minute, minute))
  const series = new BarSeries()
  for (const one of many) series.push(one)
  expect(series.columns).toEqual(columnsOf(many))
  series.append(columnsOf([bar(5_000)]))
  expect(series.last).toEqual(bar(5_000))
})

test('a bar that does not begin after the last one is refused, and nothing of it is taken', () => {
  const series = seriesOf(1, 2)
  expect(() => series.push(bar(2))).toThrow('bar 2 does not begin after 2')
  expect(() => series.append(columnsOf([bar(1), bar(3)]))).toThrow('bar 1 does not begin after 2')
  expect([...series.columns.minute]).toEqual([1, 2])
})

test('only the last bar is replaced, by one of the same minute', () => {
  const series = seriesOf(1, 2)
  series.replace(bar(2, 12))
  expect([...series.columns.close]).toEqual([10, 12])
  for (const minute of [1, 3]) expect(() => series.replace(bar(minute))).toThrow('is not the last one')
  expect(() => new BarSeries().replace(bar(1))).toThrow('is not the last one')
  expect([...series.columns.close]).toEqual([10, 12])
})

test('a bar that is not there is refused', () => {
  const { columns } = seriesOf(1)
  expect(barAt(columns, 0)).toEqual(bar(1))
  for (const at of [-1, 1, NaN]) expect(() => barAt(columns, at)).toThrow(RangeError)
  expect(new BarSeries().last).toBeUndefined()
})
