import { expect, test } from 'vitest'
import { readCorporateActions } from './corporate-actions.ts'

const split = {
  id: 's',
  symbol: 'KLMN',
  cusip: '0',
  new_rate: 4,
  old_rate: 1,
  process_date: '2026-11-24',
  ex_date: '2026-11-24',
}

const page = (lists: object, next_page_token: unknown = null) =>
  readCorporateActions({ corporate_actions: lists, next_page_token })

test('splits, symbol changes and dividends are read, with their rows as they came', () => {
  const change = { id: 'n', old_symbol: 'FB', new_symbol: 'META', process_date: '2022-06-09' }
  const dividend = { id: 'd', symbol: 'QRS', rate: 0.21, ex_date: '2026-11-02', process_date: '2026-11-12' }
  const reverse = { ...split, id: 'r', new_rate: '1', old_rate: '10' }
  const { actions, rejected } = page({
    forward_splits: [split],
    reverse_splits: [reverse],
    name_changes: [change],
    cash_dividends: [dividend],
    spin_offs: [{ id: 'unknown kinds are left out' }],
  })
  expect(rejected).toEqual([])
  expect(actions).toEqual([
    {
      type: 'forward_split',
      id: 's',
      symbol: 'KLMN',
      exDate: '2026-11-24',
      processDate: '2026-11-24',
      oldRate: 1,
      newRate: 4,
      terms: split,
    },
    expect.objectContaining({ type: 'reverse_split', oldRate: 10, newRate: 1, terms: reverse }),
    expect.objectContaining({ type: 'name_change', symbol: 'FB', newSymbol: 'META', exDate: '2022-06-09' }),
    expect.objectContaining({ type: 'cash_dividend', rate: 0.21, processDate: '2026-11-12' }),
  ])
})

test.each([
  ['a rate of zero', { new_rate: 0 }, 'forward_split s: new_rate is not above 0 and at most 1e9'],
  ['a rate below zero', { old_rate: -1 }, 'forward_split s: old_rate is not above 0 and at most 1e9'],
  ['no ex-date', { ex_date: undefined }, /^forward_split s: ex_date /],
  ['a date that is none', { ex_date: '24.11.2026' }, 'forward_split s: ex_date is not a day'],
  ['no symbol', { symbol: '' }, /^forward_split s: symbol /],
])('a row with %s is left out and named, and the rest is read', (_what, wrong, reason) => {
  const { actions, rejected } = page({
    forward_splits: [
      { ...split, ...wrong },
      { ...split, id: 't' },
    ],
  })
  expect(actions.map(({ id }) => id)).toEqual(['t'])
  expect(rejected).toEqual([expect.stringMatching(reason)])
})

test('a row that is not an object is left out', () => {
  expect(page({ forward_splits: [null, 7, split] })).toMatchObject({
    actions: [{ id: 's' }],
    rejected: ['forward_split: is no object', 'forward_split: is no object'],
  })
})

test.each([[undefined], [[]], [{ corporate_actions: [] }], [{ corporate_actions: { forward_splits: {} } }]])(
  'an answer that lists nothing is an error: %j',
  (json) => {
    expect(() => readCorporateActions(json)).toThrow()
  },
)
