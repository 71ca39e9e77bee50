import { expect, test, vi } from 'vitest'
import { EVERYWHERE } from '../app/actions.ts'
import { commandOf, TICKET_KEYS } from './keys.ts'

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
})

const press = (more: Partial<Parameters<typeof commandOf>[0]>) =>
  commandOf({
    key: '',
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    repeat: false,
    ...more,
  })

test('each key of the ticket means one thing, and none has a global meaning', () => {
  const own = TICKET_KEYS.map(({ keys }) => keys)
  expect(new Set(own).size).toBe(own.length)
  expect(own.filter((keys) => EVERYWHERE.some((action) => action.keys === keys))).toEqual([])
})

test('arrows step, with Shift by ten, and repeat while held', () => {
  expect(press({ key: 'ArrowUp' })).toEqual({ kind: 'step', steps: 1 })
  expect(press({ key: 'ArrowDown', shiftKey: true })).toEqual({ kind: 'step', steps: -10 })
  expect(press({ key: 'ArrowUp', repeat: true })).toEqual({ kind: 'step', steps: 1 })
})

test('percent keys are recognized by position, whatever the layout prints there', () => {
  expect(press({ key: 'л', code: 'KeyJ', ctrlKey: true })).toEqual({ kind: 'percent', percent: -1 })
  expect(press({ key: 'L', code: 'KeyL', ctrlKey: true, shiftKey: true })).toEqual({
    kind: 'percent',
    percent: 10,
  })
  expect(press({ key: 'ü', code: 'BracketLeft' })).toEqual({ kind: 'preset', by: -1 })
})

test('a key that sends counts once, however long it is held', () => {
  expect(press({ key: 'Enter', code: 'Enter', ctrlKey: true })).toEqual({ kind: 'go-on' })
  expect(press({ key: 'Enter', code: 'Enter', ctrlKey: true, repeat: true })).toBeUndefined()
})

test('letters and plain Enter are not ticket keys', () => {
  expect(press({ key: 'b', code: 'KeyB' })).toBeUndefined()
  expect(press({ key: 'Enter', code: 'Enter' })).toBeUndefined()
})
