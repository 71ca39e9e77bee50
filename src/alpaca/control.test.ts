import { expect, test } from 'vitest'
import { CHANNELS, entriesOf, listsOf } from './channels.ts'
import { isControl, readControl } from './control.ts'

test('the greeting and the accepted keys are told apart', () => {
  expect(readControl({ T: 'success', msg: 'connected' })).toEqual({ kind: 'connected' })
  expect(readControl({ T: 'success', msg: 'authenticated' })).toEqual({ kind: 'authenticated' })
})

test('a list that is missing from the answer, or not a list, is empty', () => {
  const answer = readControl({ T: 'subscription', trades: ['FAKEPACA'], quotes: null, bars: ['A', 7] })
  expect(answer).toEqual({ kind: 'subscription', channels: { trades: ['FAKEPACA'], bars: ['A'] } })
})

test('an error has its code, and its message if there is one', () => {
  expect(readControl({ T: 'error', code: 405, msg: 'symbol limit exceeded' })).toEqual({
    kind: 'error',
    code: 405,
    message: 'symbol limit exceeded',
  })
  expect(readControl({ T: 'error', code: 500 })).toMatchObject({ message: '' })
})

test.each([{ T: 'success', msg: 'hello' }, { T: 'error' }, { T: 'error', code: '402' }])(
  '%j is invalid',
  (raw) => {
    expect(isControl(raw)).toBe(true)
    expect(readControl(raw)).toBeUndefined()
  },
)

test('data is not a control message', () => {
  expect(isControl({ T: 'q' })).toBe(false)
})

test('channel lists survive conversion to entries and back', () => {
  const lists = Object.fromEntries(CHANNELS.map((channel) => [channel, ['AAPL', 'BRK.B', '*']]))
  expect(listsOf(entriesOf(lists))).toEqual(lists)
  expect(listsOf([])).toEqual({})
})
