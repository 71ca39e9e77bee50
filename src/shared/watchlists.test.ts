import { expect, test } from 'vitest'
import { stockSymbol } from './units.ts'
import { watchlists, withWatchlistChange, type WatchlistSettings } from './watchlists.ts'

const symbols = (text: string) => stockSymbol.array().parse(text.split(' ').filter(Boolean))
const TECH = { name: 'Tech', symbols: symbols('AAPL NVDA') }
const FUNDS = { name: 'Funds', symbols: symbols('SPY') }
const NOW: WatchlistSettings = { symbols: TECH.symbols, watchlists: [TECH, FUNDS], watchlist: 'Tech' }

test('new symbols change the shown list and no other', () => {
  expect(withWatchlistChange(NOW, { symbols: symbols('AMD') })).toEqual({
    ok: true,
    value: {
      symbols: symbols('AMD'),
      watchlists: [{ name: 'Tech', symbols: symbols('AMD') }, FUNDS],
      watchlist: 'Tech',
    },
  })
})

test('another list is shown with its own symbols, whatever the case of the name', () => {
  expect(withWatchlistChange(NOW, { watchlist: 'funds' })).toEqual({
    ok: true,
    value: { symbols: symbols('SPY'), watchlists: [TECH, FUNDS], watchlist: 'Funds' },
  })
})

test('a list that does not exist cannot be shown', () => {
  expect(withWatchlistChange(NOW, { watchlist: 'Energy' })).toEqual({
    ok: false,
    error: 'There is no watchlist “Energy”.',
  })
})

test('the first list is shown once the shown one is deleted', () => {
  expect(withWatchlistChange(NOW, { watchlists: [FUNDS] })).toMatchObject({
    value: { symbols: symbols('SPY'), watchlist: 'Funds' },
  })
})

test('a list may be empty; there is always one, and no two have the same name', () => {
  expect(watchlists.safeParse([{ name: 'New', symbols: [] }]).success).toBe(true)
  expect(watchlists.safeParse([]).error?.issues).toMatchObject([{ message: 'needs at least one list' }])
  expect(watchlists.safeParse([TECH, { ...FUNDS, name: ' tech ' }]).error?.issues).toMatchObject([
    { message: 'names two lists alike' },
  ])
})
