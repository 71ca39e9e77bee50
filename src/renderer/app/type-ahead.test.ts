import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stockSymbol, type StockSymbol } from '#shared/units'
import { endTyping, firstMatch, typeKey, useTyped, type Finder } from './type-ahead.ts'

const SYMBOLS = stockSymbol.array().parse(['AAPL', 'AMD', 'BRK.B', 'CRM', 'SPY'])

function finder(more: Partial<Finder> = {}) {
  const shown: StockSymbol[] = []
  const rows: Finder = {
    symbols: () => SYMBOLS,
    current: () => shown.at(-1),
    show: (symbol) => void shown.push(symbol),
    describeUnknown: (text) => `${text} isn’t on this watchlist`,
    ...more,
  }
  return { rows, shown }
}

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
})
const type = (text: string, rows: Finder) => text.split('').map((key) => typeKey(press(key), rows))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  endTyping()
  vi.useRealTimers()
})

test('typed letters go to the first row that starts with them, in either case', () => {
  const { rows, shown } = finder()
  type('crm', rows)
  expect(shown.at(-1)).toBe('CRM')
  vi.advanceTimersByTime(1_500)
  type('SPY', rows)
  expect(shown.at(-1)).toBe('SPY')
  vi.advanceTimersByTime(1_500)
  type('brk.b', rows)
  expect(shown.at(-1)).toBe('BRK.B')
})

test('letters belong together as long as less than one and a half seconds pass', () => {
  const { rows, shown } = finder()
  type('a', rows)
  vi.advanceTimersByTime(1_400)
  type('m', rows)
  expect(useTyped.getState().text).toBe('AM')
  expect(shown.at(-1)).toBe('AMD')
  vi.advanceTimersByTime(1_500)
  expect(useTyped.getState().text).toBe('')
})

test('one letter now and then walks through the rows that start with it', () => {
  expect(firstMatch('A', SYMBOLS, SYMBOLS[0])).toBe('AMD')
  expect(firstMatch('A', SYMBOLS, SYMBOLS[1])).toBe('AAPL')
  expect(firstMatch('Z', SYMBOLS, undefined)).toBeUndefined()
})

test('Backspace takes a letter away, Escape ends, and both do nothing else then', () => {
  const { rows, shown } = finder()
  type('ax', rows)
  expect(useTyped.getState()).toEqual({ text: 'AX', unknown: 'AX isn’t on this watchlist' })
  expect(typeKey(press('Enter'), rows)).toBe(true)
  expect(typeKey(press('Backspace'), rows)).toBe(true)
  expect(useTyped.getState()).toEqual({ text: 'A' })
  expect(shown).toHaveLength(2)
  expect(typeKey(press('Escape'), rows)).toBe(true)
  expect(useTyped.getState().text).toBe('')
  expect(typeKey(press('Escape'), rows)).toBe(false)
  expect(typeKey(press('Backspace'), rows)).toBe(false)
})

test('text that no row starts with goes to where it can be added', () => {
  const onUnknown = vi.fn(() => true)
  const { rows } = finder({ onUnknown })
  type('co', rows)
  expect(onUnknown).toHaveBeenCalledExactlyOnceWith('CO')
  expect(useTyped.getState().text).toBe('')
})

test('keys with Ctrl or Alt, held keys and digits alone type nothing', () => {
  const { rows, shown } = finder()
  expect(typeKey(press('c', { ctrlKey: true }), rows)).toBe(false)
  expect(typeKey(press('s', { altKey: true }), rows)).toBe(false)
  expect(typeKey(press('a', { repeat: true }), rows)).toBe(false)
  expect(typeKey(press('1'), rows)).toBe(false)
  expect(shown).toEqual([])
})

test('on a keyboard of another script the letter in its place counts', () => {
  const { rows, shown } = finder()
  typeKey(press('ф', { code: 'KeyA' }), rows)
  expect(shown).toEqual(['AAPL'])
})
