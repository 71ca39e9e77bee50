import { expect, test } from 'vitest'
import { sentBar } from '../../../tests/support/bar-source.ts'
import { sortPage } from './page.ts'

const FROM = Date.parse('2024-11-25T15:00:00Z')
const range = { from: FROM, until: FROM + 3_600_000 }
const minute = (nth: number, close?: number) => sentBar(FROM + nth * 60_000, close)
const sort = (...bars: ReturnType<typeof minute>[]) =>
  sortPage(
    { bars: new Map([['SPY', bars]]), rejected: [], nextPageToken: undefined, requestCount: 1 },
    'SPY',
    range,
  )

test('of two bars of one minute the last is stored, and the other is refused and counted', () => {
  const { bars, refused } = sort(minute(0), minute(1, 100), minute(1, 101), minute(2), minute(0, 99))
  expect(bars.map(({ at, close }) => [(at - FROM) / 60_000, close / 10_000])).toEqual([
    [1, 101],
    [2, 100],
    [0, 99],
  ])
  expect(refused.map(({ reason }) => reason)).toEqual(['the same minute twice', 'the same minute twice'])
})

test('bars in any order are all stored', () => {
  expect(sort(minute(2), minute(0), minute(1))).toMatchObject({ bars: { length: 3 }, refused: [] })
})
