import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { matchingActions, matchingSymbols } from './palette-matches.ts'
import type { Action } from './screen.ts'

const action = (label: string, isDangerous = false): Action => ({
  id: label,
  label,
  run: () => undefined,
  ...(isDangerous && { confirm: { describe: () => '', run: () => undefined } }),
})
const ACTIONS = [
  action('Flatten all: cancel orders, close positions', true),
  action('Cancel all orders', true),
  action('Choose columns'),
  action('Filter symbols'),
]
const found = (text: string) => matchingActions(text, ACTIONS).map(({ label }) => label)

test('a command is found by the beginnings of its words, in any order', () => {
  expect(found('col')).toEqual(['Choose columns'])
  expect(found('col cho')).toEqual(['Choose columns'])
  expect(found('CANCEL ALL')).toEqual(
    ['Cancel all orders', 'Flatten all: cancel orders, close positions'].reverse(),
  )
})

test('letters from the middle or from several words find nothing', () => {
  for (const text of ['fltn', 'cao', 'atten', 'olumns', 'crm', 'spy']) expect(found(text)).toEqual([])
})

test('what sends or cancels comes after everything else', () => {
  expect(found('c')).toEqual([
    'Choose columns',
    'Flatten all: cancel orders, close positions',
    'Cancel all orders',
  ])
  expect(found('')).toEqual([
    'Choose columns',
    'Filter symbols',
    'Flatten all: cancel orders, close positions',
    'Cancel all orders',
  ])
})

test('symbols are found by their first letters, and none before anything is typed', () => {
  const symbols = stockSymbol.array().parse(['AAPL', 'AMD', 'CRM'])
  expect(matchingSymbols('a', symbols)).toEqual(['AAPL', 'AMD'])
  expect(matchingSymbols(' CRM ', symbols)).toEqual(['CRM'])
  expect(matchingSymbols('', symbols)).toEqual([])
  expect(matchingSymbols('rm', symbols)).toEqual([])
})
