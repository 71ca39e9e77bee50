import { expect, test } from 'vitest'
import { describeFlatten, type Left } from './describe-flatten.ts'

const NOTHING_LEFT: Left = {
  positions: { rows: [], unreadable: [] },
  unanswered: [],
  open: [],
  isRecordRead: true,
}

test('a flatten says how much it canceled and closed', () => {
  const sentence = (canceled: number, closed: number) =>
    describeFlatten({ canceled, closed, refused: [] }, NOTHING_LEFT).sentence
  expect(sentence(0, 0)).toBe('There was nothing to cancel or to close. The exchange says you are flat.')
  expect(sentence(1, 1)).toBe('Canceled 1 order and closed 1 position. The exchange says you are flat.')
  expect(sentence(2, 3)).toBe('Canceled 2 orders and closed 3 positions. The exchange says you are flat.')
  expect(sentence(0, 1)).toBe('Canceled 0 orders and closed 1 position. The exchange says you are flat.')
})

test('an account is not called flat while anything may still change it, and what that is is named', () => {
  const done = { canceled: 1, closed: 0, refused: [] }
  const none = { rows: [], unreadable: [] }
  const describe = (left: Partial<Left>) => describeFlatten(done, { ...NOTHING_LEFT, ...left })
  expect(describe({ positions: none, unanswered: ['Sell 10 AAPL'] })).toEqual({
    isFlat: false,
    sentence:
      'Canceled 1 order, and the exchange holds no position, but you are not flat yet. ' +
      'It is not known yet whether the exchange has Sell 10 AAPL. Signal cancels or closes it as soon as it shows.',
  })
  expect(describe({ open: ['Buy 5 MSFT'] })).toMatchObject({
    isFlat: false,
    sentence: expect.stringContaining('The exchange has not canceled Buy 5 MSFT yet.') as string,
  })
  const unreadable = [{ of: 'ODDX', problem: 'qty: is not a decimal number' }]
  expect(describe({ positions: { rows: [], unreadable } })).toMatchObject({
    isFlat: false,
    sentence: expect.stringContaining('Alpaca’s row for ODDX cannot be read') as string,
  })
  expect(describe({ positions: none, isRecordRead: false })).toMatchObject({
    isFlat: false,
    sentence: expect.stringContaining('Signal cannot read its record') as string,
  })
  expect(describe({ positions: none }).isFlat).toBe(true)
})
