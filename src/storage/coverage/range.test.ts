import fc from 'fast-check'
import { expect, test } from 'vitest'
import { union, without, type TimeRange } from './range.ts'

const range = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, length]): TimeRange => ({ from, until: from + length }))
const ranges = fc.array(range, { maxLength: 8 })

const holds = (list: readonly TimeRange[], at: number) =>
  list.some(({ from, until }) => from <= at && at < until)
const moments = Array.from({ length: 90 }, (_, at) => at)

test('a union contains what any of its ranges contains, in order, with a gap between any two', () => {
  fc.assert(
    fc.property(ranges, (list) => {
      const merged = union(list)
      for (const at of moments) expect(holds(merged, at)).toBe(holds(list, at))
      for (const [index, { from }] of merged.entries()) {
        if (index > 0) expect(from).toBeGreaterThan(merged[index - 1]?.until ?? Infinity)
      }
    }),
  )
})

test('what is missing is what was requested and is not there yet, to the minute', () => {
  fc.assert(
    fc.property(ranges, ranges, (asked, present) => {
      const missing = without(asked, present)
      for (const at of moments) expect(holds(missing, at)).toBe(holds(asked, at) && !holds(present, at))
      expect(union(missing)).toEqual(missing)
    }),
  )
})
