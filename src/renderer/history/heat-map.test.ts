import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { dayAfterKey, dayAt, layOut } from './heat-map.ts'

const between = (from: string, until: string) => nyse.tradingDaysBetween(from, until)

test('a week is a column with Monday on top, and a holiday leaves a blank square', () => {
  // Monday 2024-11-25 to Monday 2024-12-02; Thursday was Thanksgiving.
  const days = between('2024-11-25', '2024-12-03')
  const { places, cell } = layOut(days, 400)
  const top = places[0]?.y ?? 0
  expect(days.map(({ day }) => day.slice(8))).toEqual(['25', '26', '27', '29', '02'])
  expect(places.map(({ x, y }) => [x / cell, (y - top) / cell])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [0, 4],
    [1, 0],
  ])
})

test('five years fit in one band if there is room, and wrap into several if not', () => {
  const days = between('2021-11-24', '2026-11-25')
  const wide = layOut(days, 1_148)
  expect(wide.cell).toBe(4)
  expect(wide.width).toBeLessThanOrEqual(1_148)
  expect(wide.height).toBe(34)
  for (const width of [1_400, 560, 340, 200]) {
    const map = layOut(days, width)
    expect(map.width).toBeLessThanOrEqual(width)
    expect(Math.max(...map.places.map(({ x }) => x)) + map.cell).toBeLessThanOrEqual(width)
    expect(new Set(map.places.map(({ x, y }) => `${x} ${y}`)).size).toBe(days.length)
  }
  expect(layOut(days, 340).height).toBeGreaterThan(wide.height)
})

test('a month is drawn large, and no days give no map', () => {
  expect(layOut(between('2026-10-24', '2026-11-25'), 1_148).cell).toBe(14)
  expect(layOut([], 1_148).places).toEqual([])
  expect(layOut(between('2026-10-24', '2026-11-25'), 0).cell).toBe(4)
})

test('month names never touch, and January shows the year', () => {
  const named = layOut(between('2024-06-03', '2025-06-03'), 1_148).labels
  expect(named.map(({ text }) => text)).toContain('2025')
  expect(named.map(({ text }) => text)).toContain('Nov')
  for (const width of [1_148, 340]) {
    const { labels } = layOut(between('2021-11-24', '2026-11-25'), width)
    expect(labels.length).toBeGreaterThan(4)
    labels.forEach((label, index) => {
      const before = labels[index - 1]
      if (before?.y === label.y) expect(label.x - before.x).toBeGreaterThanOrEqual(32)
    })
  }
})

test('the day under the pointer is found, and outside the days there is none', () => {
  const days = between('2024-11-25', '2024-12-03')
  const map = layOut(days, 400)
  map.places.forEach(({ x, y }, index) => expect(dayAt(map, x + 1, y + 1)).toBe(index))
  expect(dayAt(map, 1, 1)).toBeUndefined()
  expect(dayAt(map, map.cell * 3, map.height - 1)).toBeUndefined()
})

test('keys move by a day or a week, and stop at the ends', () => {
  expect(dayAfterKey('ArrowDown', 3, 10)).toBe(4)
  expect(dayAfterKey('ArrowRight', 3, 10)).toBe(8)
  expect(dayAfterKey('ArrowRight', 8, 10)).toBe(9)
  expect(dayAfterKey('ArrowUp', 0, 10)).toBe(0)
  expect(dayAfterKey('PageUp', 3, 10)).toBe(0)
  expect(dayAfterKey('End', 3, 10)).toBe(9)
  expect(dayAfterKey('Tab', 3, 10)).toBeUndefined()
})
