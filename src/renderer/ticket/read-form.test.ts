import { describe, expect, test } from 'vitest'
import type { MarketRow } from '#shared/market'
import { stockSymbol, toPrice } from '#shared/units'
import { readForm } from './read-form.ts'
import { BLANK_FORM, type TicketForm } from './ticket-form.ts'

const row: MarketRow = {
  symbol: stockSymbol.parse('AAPL'),
  freshness: 'live',
  bid: toPrice(199.98),
  ask: toPrice(200),
}
const facts = { row, buyingPower: '100000' }
const form: TicketForm = { ...BLANK_FORM, symbol: 'aapl', quantity: '100', limitPrice: '200' }
const read = (more: Partial<TicketForm>) => readForm({ ...form, ...more }, facts)

test('a plain limit order reads as it is typed', () => {
  expect(read({}).draft).toEqual({
    symbol: 'AAPL',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    orderClass: 'simple',
    extendedHours: false,
    quantity: '100',
    limitPrice: '200',
  })
})

test('prices that the order type does not use are left out, whatever is in their fields', () => {
  const draft = read({ type: 'market', stopPrice: 'nonsense', trail: '5' }).draft
  expect(draft).not.toHaveProperty('limitPrice')
  expect(read({ type: 'market', stopPrice: 'nonsense' }).errors).toEqual({})
  expect(read({ type: 'stop_limit', stopPrice: '201' }).draft).toMatchObject({
    stopPrice: '201',
    limitPrice: '200',
  })
  expect(read({ type: 'trailing_stop', trail: '1.5' }).draft).toMatchObject({ trailPercent: '1.5' })
  expect(read({ type: 'trailing_stop', trail: '1.5', trailUnit: 'dollars' }).draft).toMatchObject({
    trailPrice: '1.5',
  })
})

test('an unreadable field says so, and the others are still read', () => {
  const { draft, errors } = read({ limitPrice: 'abc' })
  expect(errors.limitPrice?.sentence).toMatch(/not a number/)
  expect(draft).toMatchObject({ quantity: '100' })
  expect(draft).not.toHaveProperty('limitPrice')
})

test('a symbol is read in any case and with its class after a dot or a slash', () => {
  expect(read({ symbol: ' brk/b ' }).draft?.symbol).toBe('BRK.B')
  expect(read({ symbol: '' })).not.toHaveProperty('draft')
  expect(read({ symbol: '123' }).errors.symbol?.sentence).toMatch(/no stock symbol/)
})

describe('a quantity in other units becomes whole shares, and says how', () => {
  test('dollars, at the price of the order', () => {
    const { draft, notes } = read({ quantityUnit: 'dollars', quantity: '$5100' })
    expect(draft?.quantity).toBe('25')
    expect(notes.quantity).toBe('25 shares at $200.00.')
  })
  test('percent of buying power', () => {
    expect(read({ quantityUnit: 'power', quantity: '10' }).draft?.quantity).toBe('50')
    expect(read({ quantityUnit: 'power', quantity: '101' }).errors.quantity?.sentence).toMatch(/100% at most/)
    expect(
      readForm({ ...form, quantityUnit: 'power', quantity: '10' }, { row }).errors.quantity?.sentence,
    ).toMatch(/buying power is not known yet/)
  })
  test('dollars at risk, down to the stop', () => {
    const exits = { orderClass: 'bracket', stop: { text: '198', unit: 'price' } } as const
    const { draft, notes } = read({ ...exits, quantityUnit: 'risk', quantity: '101' })
    expect(draft?.quantity).toBe('50')
    expect(notes.quantity).toBe('50 shares at $2.00 of risk a share.')
    expect(read({ quantityUnit: 'risk', quantity: '100' }).errors.quantity?.sentence).toMatch(/add a stop/)
    expect(
      read({ ...exits, stop: { text: '200', unit: 'price' }, quantityUnit: 'risk', quantity: '9' }).errors
        .quantity?.sentence,
    ).toMatch(/nothing is at risk/)
  })
  test('an amount too small for one share is rejected, not rounded to zero', () => {
    const { draft, errors } = read({ quantityUnit: 'dollars', quantity: '150' })
    expect(draft).not.toHaveProperty('quantity')
    expect(errors.quantity?.sentence).toBe('One share costs $200.00.')
  })
  test('dollars with fractions are sent as dollars', () => {
    const { draft } = read({ quantityUnit: 'fraction', quantity: '150', type: 'market' })
    expect(draft).toMatchObject({ notional: '150' })
    expect(draft).not.toHaveProperty('quantity')
  })
})

describe('exits', () => {
  const bracket = (target: TicketForm['target'], stop: TicketForm['stop'], more: Partial<TicketForm> = {}) =>
    read({ orderClass: 'bracket', target, stop, ...more })

  test('in percent and R become prices on a tick, toward the entry, and say so', () => {
    const { draft, notes } = bracket({ text: '2', unit: 'r' }, { text: '1.2345', unit: 'percent' })
    expect(draft?.stopLoss).toEqual({ stopPrice: '197.54' })
    expect(draft?.takeProfit).toEqual({ limitPrice: '204.92' })
    expect(notes.stop).toBe('At 197.54, rounded from 197.531.')
    expect(notes.target).toBe('At 204.92.')
  })
  test('of a sale are the other way around', () => {
    const { draft } = bracket({ text: '2', unit: 'r' }, { text: '1', unit: 'percent' }, { side: 'sell' })
    expect(draft?.stopLoss).toEqual({ stopPrice: '202' })
    expect(draft?.takeProfit).toEqual({ limitPrice: '196' })
  })
  test('of a long position are sold: the target above, the stop below', () => {
    const { draft } = read({
      orderClass: 'oco',
      side: 'sell',
      target: { text: '3', unit: 'percent' },
      stop: { text: '1', unit: 'percent' },
    })
    expect(draft?.takeProfit).toEqual({ limitPrice: '205.97' })
    expect(draft?.stopLoss).toEqual({ stopPrice: '197.99' })
    expect(draft).not.toHaveProperty('limitPrice')
  })
  test('in R need a stop, and percent needs a price to calculate from', () => {
    expect(bracket({ text: '2', unit: 'r' }, { text: '', unit: 'price' }).errors.target?.sentence).toMatch(
      /give the stop/,
    )
    expect(
      bracket({ text: '2', unit: 'percent' }, { text: '1', unit: 'percent' }, { limitPrice: '' }).errors.stop
        ?.sentence,
    ).toMatch(/no entry price yet/)
    expect(bracket({ text: '1', unit: 'r' }, { text: '100', unit: 'percent' }).errors.stop?.sentence).toMatch(
      /less than 100%/,
    )
  })
  test('never come to a price of nothing', () => {
    const far = { text: '99.99', unit: 'percent' } as const
    const { draft } = bracket({ text: '2', unit: 'percent' }, far, { limitPrice: '0.5' })
    expect(draft?.stopLoss).toEqual({ stopPrice: '0.0001' })
  })
  test('of an OTO are the one that was chosen', () => {
    const more = {
      orderClass: 'oto',
      target: { text: '210', unit: 'price' },
      stop: { text: '190', unit: 'price' },
    } as const
    expect(read({ ...more, otoExit: 'target' }).draft).not.toHaveProperty('stopLoss')
    expect(read({ ...more, otoExit: 'stop' }).draft).not.toHaveProperty('takeProfit')
  })
})
