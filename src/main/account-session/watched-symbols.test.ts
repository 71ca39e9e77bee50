import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { WatchedSymbols } from './watched-symbols.ts'

const symbols = (text: string) => stockSymbol.array().parse(text.split(' ').filter(Boolean))

test('symbols held or shown in a ticket are watched besides the list, each once', () => {
  const watched = new WatchedSymbols(symbols('AAPL TSLA'), () => {})
  watched.setHeld(symbols('TSLA F'))
  watched.show(symbols('GM F'))
  expect(watched.all).toEqual(symbols('AAPL TSLA F GM'))
})

test('a symbol that is sold and shown nowhere is no longer watched', () => {
  const watched = new WatchedSymbols(symbols('AAPL'), () => {})
  watched.setHeld(symbols('F'))
  watched.setHeld([])
  expect(watched.all).toEqual(symbols('AAPL'))
})

test('the last eight symbols that tickets showed are kept', () => {
  const watched = new WatchedSymbols([], () => {})
  for (const symbol of symbols('A B C D E F G H I J')) watched.show([symbol])
  expect(watched.all).toEqual(symbols('J I H G F E D C'))
})

test('a change is reported with the added symbols; an update that changes nothing is not reported', () => {
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
