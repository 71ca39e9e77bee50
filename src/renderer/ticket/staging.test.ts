import { expect, test } from 'vitest'
import type { MarketRow } from '#shared/market'
import type { PositionView } from '#shared/trading/account'
import { signedDecimal, stockSymbol, toPrice, toQuantity } from '#shared/units'
import { readForm } from './read-form.ts'
import { afterFilling, afterSending, emptied, settledForm, staged, withChange, withSide } from './staging.ts'
import { BLANK_FORM, type TicketForm } from './ticket-form.ts'

const aapl = stockSymbol.parse('AAPL')
const row: MarketRow = {
  symbol: aapl,
  freshness: 'live',
  bid: toPrice(200),
  ask: toPrice(200.04),
}
const held = (quantity: string): PositionView => ({
  symbol: aapl,
  quantity: signedDecimal.parse(quantity),
  averagePrice: toPrice(190),
  exits: [],
})
const stage = (more: Partial<Parameters<typeof staged>[2]>) =>
  staged(aapl, BLANK_FORM, { side: 'buy', approach: 'join', row, preset: '100', ...more })

test('an order starts as a day limit order at its own side of the quote, with the first preset', () => {
  expect(stage({})).toMatchObject({
    type: 'limit',
    timeInForce: 'day',
    limitPrice: '200.00',
    quantity: '100',
  })
  expect(stage({ side: 'sell' })).toMatchObject({ limitPrice: '200.04' })
  expect(stage({ approach: 'cross' })).toMatchObject({ limitPrice: '200.09' })
  expect(stage({ row: undefined })).toMatchObject({ limitPrice: '', quantity: '100' })
})

test('an order that closes starts with the whole position, one that adds to it with the preset', () => {
  expect(stage({ side: 'sell', position: held('250') }).quantity).toBe('250')
  expect(stage({ side: 'buy', position: held('-30') }).quantity).toBe('30')
  expect(stage({ side: 'buy', position: held('250') }).quantity).toBe('100')
})

test('after sending, the ticket is set to close the position and contains nothing that could be sent again', () => {
  const form = {
    ...BLANK_FORM,
    symbol: 'AAPL',
    quantity: '100',
    limitPrice: '200',
    type: 'stop_limit',
    stopPrice: '201',
  } as const
  expect(afterSending(form, held('100'), 'close')).toMatchObject({
    symbol: 'AAPL',
    side: 'sell',
    quantity: '',
    limitPrice: '',
    type: 'limit',
  })
  expect(afterSending(form, undefined, 'close')).toMatchObject({ side: 'buy', quantity: '' })
  expect(afterSending(form, held('100'), 'keep')).toMatchObject({ side: 'buy', quantity: '' })
})

test('after a fill, the ticket is set to close, keeps its side or is cleared, as the trader chose', () => {
  const form = { ...BLANK_FORM, symbol: 'AAPL' }
  expect(afterFilling(form, held('100'), 'close')).toEqual({ ...form, side: 'sell' })
  expect(afterFilling(form, undefined, 'close')).toBe(form)
  expect(afterFilling(form, held('100'), 'keep')).toBe(form)
  expect(afterFilling(form, held('100'), 'clear')).toEqual(BLANK_FORM)
})

test('a new order starts with the first preset, in shares or in dollars', () => {
  expect(stage({ side: 'buy', preset: '$5000' })).toMatchObject({
    quantity: '5000',
    quantityUnit: 'dollars',
  })
})

test('a limit at one side of the quote follows to the other side, a price of your own stays', () => {
  const form = { ...BLANK_FORM, limitPrice: '200.00' }
  expect(withSide(form, 'sell', row).limitPrice).toBe('200.04')
  expect(withSide({ ...form, limitPrice: '199.5' }, 'sell', row).limitPrice).toBe('199.5')
})

test('prices are not carried over to another symbol, percentages are', () => {
  const form: TicketForm = {
    ...BLANK_FORM,
    limitPrice: '200',
    stopPrice: '190',
    stopLimit: '180',
    target: { text: '210.00', unit: 'price' },
    stop: { text: '1', unit: 'percent' },
  }
  expect(emptied(form)).toMatchObject({
    limitPrice: '',
    stopPrice: '',
    stopLimit: '',
    target: { text: '' },
    stop: { text: '1' },
  })
})

test('the reviewed order is in shares and prices, and stays the same when the quote moves', () => {
  const form: TicketForm = {
    ...BLANK_FORM,
    symbol: 'aapl',
    type: 'market',
    orderClass: 'bracket',
    quantity: '10001',
    quantityUnit: 'dollars',
    target: { text: '2', unit: 'r' },
    stop: { text: '1', unit: 'percent' },
  }
  const read = readForm(form, { row })
  const settled = settledForm(form, read)
  expect(settled).toMatchObject({
    symbol: 'AAPL',
    quantity: '49',
    quantityUnit: 'shares',
    stop: { unit: 'price' },
  })
  const moved = { ...row, bid: toPrice(100), ask: toPrice(100.04) }
  expect(readForm(settled, { row: moved }).draft).toEqual(read.draft)
})

test('a fix changes the fields it names, and empties those it removes', () => {
  const form: TicketForm = { ...BLANK_FORM, quantity: '10', quantityUnit: 'power', limitPrice: '200.00' }
  expect(withChange(form, { quantity: toQuantity(7) })).toMatchObject({
    quantity: '7',
    quantityUnit: 'shares',
    limitPrice: '200.00',
  })
  expect(withChange(form, { limitPrice: undefined, type: 'market' })).toMatchObject({
    limitPrice: '',
    type: 'market',
  })
  expect(withChange(form, { takeProfit: { limitPrice: toPrice(210) }, stopLoss: undefined })).toMatchObject({
    target: { text: '210.00', unit: 'price' },
    stop: { text: '', unit: 'price' },
  })
  expect(withChange(form, { trailPrice: toPrice(1.5) })).toMatchObject({ trail: '1.5', trailUnit: 'dollars' })
  expect(withChange(form, { notional: toPrice(500) })).toMatchObject({
    quantity: '500',
    quantityUnit: 'fraction',
  })
})
