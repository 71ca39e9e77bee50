import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { WatchedSymbols } from './watched-symbols.ts'

const symbols = (text: string) => stockSymbol.array().parse(text.split(' ').filter(Boolean))

test('what is held and what a ticket shows is watched beside the list, each once', () => {
  const watched = new WatchedSymbols(symbols('AAPL TSLA'), () => {})
  watched.setHeld(symbols('TSLA F'))
  watched.show(symbols('GM F'))
  expect(watched.all).toEqual(symbols('AAPL TSLA F GM'))
})

test('a symbol that is sold and shown nowhere is watched no longer', () => {
  const watched = new WatchedSymbols(symbols('AAPL'), () => {})
  watched.setHeld(symbols('F'))
  watched.setHeld([])
  expect(watched.all).toEqual(symbols('AAPL'))
})

test('of the symbols that tickets showed, the last eight are kept', () => {
  const watched = new WatchedSymbols([], () => {})
  for (const symbol of symbols('A B C D E F G H I J')) watched.show([symbol])
  expect(watched.all).toEqual(symbols('J I H G F E D C'))
})

test('a change is told with what comes in; what changes nothing is not told', () => {
  const changes: unknown[] = []
  const watched = new WatchedSymbols(symbols('AAPL'), (change) => changes.push(change))
  watched.setHeld(symbols('AAPL'))
  watched.show(symbols('F'))
  watched.setList(symbols('AAPL F'))
  watched.setList([])
  watched.setHeld([])
  expect(changes).toEqual([
    { symbols: symbols('AAPL F'), added: symbols('F') },
    { symbols: symbols('F'), added: [] },
  ])
})
