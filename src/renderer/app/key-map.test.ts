import { expect, test } from 'vitest'
import { isTyped, keysOf, type KeyPress } from './key-map.ts'

const press = (more: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

test('with a modifier, keys are named by their position, whatever the layout prints', () => {
  expect(keysOf(press({ key: 'k', code: 'KeyK', ctrlKey: true }))).toBe('Ctrl+K')
  expect(keysOf(press({ key: 'ç', code: 'KeyC', altKey: true }))).toBe('Alt+C')
  expect(keysOf(press({ key: '&', code: 'Digit1', ctrlKey: true }))).toBe('Ctrl+1')
})

test('signs are named by what they print, without the Shift they need', () => {
  expect(keysOf(press({ key: '/', code: 'Slash' }))).toBe('/')
  expect(keysOf(press({ key: '/', code: 'Digit7', shiftKey: true }))).toBe('/')
  expect(keysOf(press({ key: '?', code: 'Slash', shiftKey: true }))).toBe('?')
  expect(keysOf(press({ key: ',', code: 'Comma', ctrlKey: true }))).toBe('Ctrl+,')
})

test('the Command key of a Mac counts as Ctrl', () => {
  expect(keysOf(press({ key: 'k', code: 'KeyK', metaKey: true }))).toBe('Ctrl+K')
})

test('plain keys belong to the field being filled in, modified keys and function keys do not', () => {
  expect(isTyped(press({ key: '/' }))).toBe(true)
  expect(isTyped(press({ key: 'k', ctrlKey: true }))).toBe(false)
  expect(isTyped(press({ key: 'F1' }))).toBe(false)
})
