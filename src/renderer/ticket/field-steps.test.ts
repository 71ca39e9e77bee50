import { expect, test } from 'vitest'
import type { MarketRow } from '#shared/market'
import { stockSymbol, toPrice } from '#shared/units'
import { movedText, presetBeside, steppedText } from './field-steps.ts'
import { BLANK_FORM, type TicketForm } from './ticket-form.ts'

const row: MarketRow = {
  symbol: stockSymbol.parse('AAPL'),
  freshness: 'live',
  price: toPrice(229.865),
  bid: toPrice(229.85),
  ask: toPrice(229.88),
}
const form: TicketForm = { ...BLANK_FORM, quantity: '100', limitPrice: '229.85' }
const step = (more: Partial<TicketForm>, field: Parameters<typeof steppedText>[1], steps: number, at = row) =>
  steppedText({ ...form, ...more }, field, steps, at)

test('a price steps by its tick, whether typed or pasted', () => {
  expect(step({}, 'limitPrice', 1)).toBe('229.86')
  expect(step({ limitPrice: '$1,229.85' }, 'limitPrice', -10)).toBe('1229.75')
  expect(step({ limitPrice: '0.5' }, 'limitPrice', 1)).toBe('0.5001')
})

test('an empty price starts where the order would join, a stop at the current price', () => {
  expect(step({ limitPrice: '' }, 'limitPrice', 1)).toBe('229.85')
  expect(step({ limitPrice: '', side: 'sell' }, 'limitPrice', 1)).toBe('229.88')
  expect(step({ stopPrice: '' }, 'stopPrice', -1)).toBe('229.87')
  const cheap = { ...row, price: toPrice(0.00004) }
  expect(step({ stopPrice: '' }, 'stopPrice', -1, cheap)).toBe('0.0001')
  expect(steppedText({ ...form, limitPrice: '' }, 'limitPrice', 1, undefined)).toBe('')
})

test('shares step by lots, and one by one from an odd lot or below the last lot', () => {
  expect(step({}, 'quantity', 1)).toBe('200')
  expect(step({}, 'quantity', 10)).toBe('1100')
  expect(step({ quantity: '150' }, 'quantity', 1)).toBe('151')
  expect(step({}, 'quantity', -1)).toBe('99')
  expect(step({ quantity: '1' }, 'quantity', -1)).toBe('1')
  expect(step({ quantity: '' }, 'quantity', 1)).toBe('100')
})

test('more expensive shares have smaller lots', () => {
  expect(step({ quantity: '40' }, 'quantity', 1, { ...row, price: toPrice(600) })).toBe('80')
  expect(step({ quantity: '10' }, 'quantity', 1, { ...row, price: toPrice(5_000) })).toBe('20')
  expect(step({ quantity: '1' }, 'quantity', 1, { ...row, price: toPrice(600_000) })).toBe('2')
})

test('other units step by sensible amounts', () => {
  expect(step({ quantityUnit: 'power', quantity: '5' }, 'quantity', 1)).toBe('6')
  expect(step({ quantityUnit: 'risk', quantity: '100' }, 'quantity', -1)).toBe('90')
  expect(step({ quantityUnit: 'dollars', quantity: '1000' }, 'quantity', 1)).toBe('1100')
  expect(step({ target: { text: '2', unit: 'r' } }, 'target', 1)).toBe('2.5')
  expect(step({ stop: { text: '1', unit: 'percent' } }, 'stop', 1)).toBe('1.1')
  expect(step({ stop: { text: '220', unit: 'price' } }, 'stop', 1)).toBe('220.01')
  expect(step({ trail: '1' }, 'trail', 1)).toBe('1.1')
})

test('a percentage moves a price to a tick and shares to whole numbers', () => {
  expect(movedText(form, 'limitPrice', 1)).toBe('232.14')
  expect(movedText(form, 'limitPrice', -10)).toBe('206.87')
  expect(movedText({ ...form, quantity: '110' }, 'quantity', 1)).toBe('112')
  expect(movedText({ ...form, quantity: '1' }, 'quantity', -10)).toBe('1')
})

test('text that is not an amount is left for the trader to fix', () => {
  expect(step({ limitPrice: 'abc' }, 'limitPrice', 1)).toBe('abc')
  expect(movedText({ ...form, limitPrice: 'abc' }, 'limitPrice', 1)).toBe('abc')
})

test('presets step from one to the next and stop at the ends', () => {
  const presets = ['100', '200', '500']
  expect(presetBeside(presets, '100', 1)).toBe('200')
  expect(presetBeside(presets, '500', 1)).toBe('500')
  expect(presetBeside(presets, '150', 1)).toBe('100')
  expect(presetBeside(presets, '', -1)).toBe('500')
})
