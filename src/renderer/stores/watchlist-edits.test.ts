import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { withWatchlistChange, type WatchlistSettings } from '#shared/watchlists'
import {
  addList,
  addSymbols,
  deleteList,
  freeName,
  moveSymbol,
  neighborList,
  removeSymbol,
  renameList,
  type WatchlistEdit,
} from './watchlist-edits.ts'

const symbols = (text: string) => stockSymbol.array().parse(text.split(' ').filter(Boolean))
const [COIN = expect.fail('no symbol')] = symbols('COIN')
const TECH = { name: 'Tech', symbols: symbols('AAPL NVDA AMD') }
const FUNDS = { name: 'Funds', symbols: symbols('SPY') }
const START: WatchlistSettings = { symbols: TECH.symbols, watchlists: [TECH, FUNDS], watchlist: 'Tech' }

/** The lists after a step; a step that finds nothing to change is a failure. */
function after(now: WatchlistSettings, step: WatchlistEdit['apply']): WatchlistSettings {
  const change = step(now)
  if (change === undefined) throw new Error('nothing to change')
  const next = withWatchlistChange(now, change)
  if (!next.ok) throw new Error(next.error)
  return next.value
}

const techIn = ({ watchlists }: WatchlistSettings) =>
  watchlists.find(({ name }) => name === 'Tech')?.symbols.join(' ')

test('a removed symbol comes back to its place, also after another was added meanwhile', () => {
  const [, nvda = COIN] = TECH.symbols
  const removed = removeSymbol('Tech', nvda, 1)
  const then = after(after(START, removed.apply), addSymbols('Tech', symbols('COIN')).apply)
  expect(techIn(then)).toBe('AAPL AMD COIN')
  expect(techIn(after(then, removed.undo))).toBe('AAPL NVDA AMD COIN')
})

test('undoing an addition removes what was added and keeps what was moved meanwhile', () => {
  const added = addSymbols('Tech', symbols('COIN HOOD'))
  const then = after(after(START, added.apply), moveSymbol('Tech', COIN, 3, 0).apply)
  expect(techIn(then)).toBe('COIN AAPL NVDA AMD HOOD')
  expect(techIn(after(then, added.undo))).toBe('AAPL NVDA AMD')
})

test('an edit counts for its own list, whichever is shown when it is undone', () => {
  const added = addSymbols('Tech', [COIN])
  const elsewhere = after(after(START, added.apply), () => ({ watchlist: 'Funds' }))
  expect(after(elsewhere, added.undo)).toEqual({
    symbols: FUNDS.symbols,
    watchlists: [TECH, FUNDS],
    watchlist: 'Funds',
  })
})

test('a moved symbol goes up and down, and back', () => {
  const [aapl = COIN] = TECH.symbols
  const moved = moveSymbol('Tech', aapl, 0, 2)
  const then = after(START, moved.apply)
  expect(techIn(then)).toBe('NVDA AMD AAPL')
  expect(techIn(after(then, moved.undo))).toBe('AAPL NVDA AMD')
})

test('a deleted list leaves its neighbor shown, and comes back to its place with its symbols', () => {
  const deleted = deleteList(TECH, 0)
  const then = after(START, deleted.apply)
  expect(then).toMatchObject({ watchlist: 'Funds', symbols: FUNDS.symbols, watchlists: [FUNDS] })
  expect(after(then, deleted.undo)).toEqual(START)
})

test('the last list cannot be deleted', () => {
  const then = after(START, deleteList(TECH, 0).apply)
  expect(deleteList(FUNDS, 0).apply(then)).toBeUndefined()
})

test('a new list is shown, and its undo shows the one before', () => {
  const added = addList({ name: 'Energy', symbols: [] }, 2, 'Tech')
  const then = after(START, added.apply)
  expect(then).toMatchObject({ watchlist: 'Energy', symbols: [] })
  expect(after(then, added.undo)).toEqual(START)
})

test('a renamed list stays shown; a name that is taken is not given', () => {
  const renamed = renameList('Tech', 'Chips')
  const then = after(START, renamed.apply)
  expect(then.watchlist).toBe('Chips')
  expect(after(then, renamed.undo)).toEqual(START)
  expect(renameList('Tech', 'funds').apply(START)).toBeUndefined()
  expect(after(START, renameList('Tech', 'TECH').apply).watchlist).toBe('TECH')
})

test('an edit of a list that is gone changes nothing', () => {
  const added = addSymbols('Tech', [COIN])
  const gone = after(after(START, added.apply), deleteList(TECH, 0).apply)
  expect(added.undo(gone)).toBeUndefined()
})

test('a copy gets a name that is free', () => {
  expect(freeName(START.watchlists, 'Energy')).toBe('Energy')
  expect(freeName(START.watchlists, 'tech')).toBe('tech 2')
  expect(freeName([...START.watchlists, { name: 'Tech 2', symbols: [] }], 'Tech')).toBe('Tech 3')
})

test('the next list after the last is the first', () => {
  expect(neighborList(START, 1)).toBe('Funds')
  expect(neighborList({ ...START, watchlist: 'Funds' }, 1)).toBe('Tech')
  expect(neighborList(START, -1)).toBe('Funds')
})
