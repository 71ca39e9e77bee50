import { describe, expect, test } from 'vitest'
import type { MarketRow } from '#shared/market'
import type { AccountSummary } from '#shared/trading/account'
import { DEFAULT_RISK_LIMITS, type RiskLimits } from '#shared/trading/limits'
import { signedDecimal, stockSymbol, toPrice } from '#shared/units'
import { accountWith } from '../../../tests/support/risk-context.ts'
import { readForm } from './read-form.ts'
import { BLANK_FORM, type TicketForm } from './ticket-form.ts'

const row: MarketRow = {
  symbol: stockSymbol.parse('AAPL'),
  freshness: 'live',
  bid: toPrice(199.98),
  ask: toPrice(200),
}
const signed = (text: string) => signedDecimal.parse(text)
const WIDE: RiskLimits = {
  ...DEFAULT_RISK_LIMITS,
  notionalMostPercent: 400,
  notionalMostDollars: 1e8,
  concentrationMostPercent: 600,
}
const facts = {
  row,
  size: { limits: WIDE, account: accountWith({ buyingPower: signed('100000') }) },
}
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
  expect(read({ type: 'trailing_stop', trail: '25', trailUnit: 'ticks' })).toMatchObject({
    draft: { trailPrice: '0.25' },
    notes: { trail: '= $0.25' },
  })
})

test('an unreadable field says so, and the others are still read', () => {
  const { draft, errors } = read({ limitPrice: 'abc' })
  expect(errors.limitPrice?.sentence).toMatch(/isn’t a number/)
  expect(draft).toMatchObject({ quantity: '100' })
  expect(draft).not.toHaveProperty('limitPrice')
})

test('a symbol is read in any case and with its class after a dot or a slash', () => {
  expect(read({ symbol: ' brk/b ' }).draft?.symbol).toBe('BRK.B')
  expect(read({ symbol: '' })).not.toHaveProperty('draft')
  expect(read({ symbol: '123' }).errors.symbol?.sentence).toBe('“123” isn’t a valid symbol.')
})

describe('a quantity in other units becomes whole shares, and says how', () => {
  test('dollars, at the price of the order', () => {
    const { draft, notes } = read({ quantityUnit: 'dollars', quantity: '$5100' })
    expect(draft?.quantity).toBe('25')
    expect(notes.quantity).toBe('25 sh at $200.00')
  })
  test('percent of buying power', () => {
    expect(read({ quantityUnit: 'power', quantity: '10' }).draft?.quantity).toBe('50')
    expect(read({ quantityUnit: 'power', quantity: '101' }).errors.quantity?.sentence).toMatch(
      'At most 100% of buying power.',
    )
    expect(
      readForm({ ...form, quantityUnit: 'power', quantity: '10' }, { row }).errors.quantity?.sentence,
    ).toBe('Buying power unknown.')
  })
  test('dollars at risk, down to the stop', () => {
    const exits = { orderClass: 'bracket', stop: { text: '198', unit: 'price' } } as const
    const { draft, notes } = read({ ...exits, quantityUnit: 'risk', quantity: '101' })
    expect(draft?.quantity).toBe('50')
    expect(notes.quantity).toBe('50 sh, $2.00 risk/share')
    expect(read({ quantityUnit: 'risk', quantity: '100' }).errors.quantity?.sentence).toBe(
      'Add a stop to size by risk.',
    )
    expect(
      read({ ...exits, stop: { text: '200', unit: 'price' }, quantityUnit: 'risk', quantity: '9' }).errors
        .quantity?.sentence,
    ).toBe('Stop equals entry.')
  })
  test('dollars at risk are capped by what the limits and the account let through, and the note says by what', () => {
    const exits = { orderClass: 'bracket', stop: { text: '199.55', unit: 'price' } } as const
    const risk = (limits: Partial<RiskLimits>, more: Partial<AccountSummary> = {}) =>
      readForm(
        { ...form, ...exits, quantityUnit: 'risk', quantity: '1000' },
        { row, size: { limits: { ...WIDE, ...limits }, account: accountWith(more) } },
      )
    expect(risk({ notionalMostDollars: 25_000 })).toMatchObject({
      draft: { quantity: '125' },
      notes: { quantity: '125 sh (capped by your $25,000 order limit; $1,000 risk would be 2,222 sh)' },
    })
    const note = (...given: Parameters<typeof risk>) => risk(...given).notes.quantity
    const rest = '; $1,000 risk would be 2,222 sh)'
    expect(note({ mostShares: 300 })).toBe(`300 sh (capped by your 300-share limit${rest}`)
    expect(note({}, { buyingPower: signed('100000') })).toBe(
      `500 sh (capped by your $100,000 buying power${rest}`,
    )
    expect(note({ concentrationMostPercent: 20, concentrationAskPercent: 20 })).toBe(
      `100 sh (capped by your $20,000 position limit${rest}`,
    )
    expect(note({}, { equity: signed('1000000'), buyingPower: signed('900000') })).toBe(
      '2,222 sh, $0.45 risk/share',
    )
    expect(risk({ notionalMostDollars: 150 }).errors.quantity?.sentence).toBe(
      'Your $150 order limit leaves no room for a share.',
    )
  })
  test('an amount too small for one share is rejected, not rounded to zero', () => {
    const { draft, errors } = read({ quantityUnit: 'dollars', quantity: '150' })
    expect(draft).not.toHaveProperty('quantity')
    expect(errors.quantity?.sentence).toBe('Less than the price of one share.')
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
    expect(notes.stop).toBe('= 197.54 (rounded)')
    expect(notes.target).toBe('= 204.92')
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
    expect(bracket({ text: '2', unit: 'r' }, { text: '', unit: 'price' }).errors.target?.sentence).toBe(
      'Set a stop price first to use R.',
    )
    expect(
      bracket({ text: '2', unit: 'percent' }, { text: '1', unit: 'percent' }, { limitPrice: '' }).errors.stop
        ?.sentence,
    ).toBe('No entry price yet. Enter a price.')
    expect(bracket({ text: '1', unit: 'r' }, { text: '100', unit: 'percent' }).errors.stop?.sentence).toBe(
      'Must be under 100%.',
    )
  })
  test('in dollars and ticks lie that far from the entry, also across $1.00', () => {
    expect(bracket({ text: '0.40', unit: 'dollars' }, { text: '20', unit: 'ticks' }).draft).toMatchObject({
      takeProfit: { limitPrice: '200.4' },
      stopLoss: { stopPrice: '199.8' },
    })
    const low = bracket({ text: '10', unit: 'ticks' }, { text: '10', unit: 'ticks' }, { limitPrice: '1.05' })
    expect(low.draft).toMatchObject({ takeProfit: { limitPrice: '1.15' }, stopLoss: { stopPrice: '0.9995' } })
    expect(bracket({ text: '1', unit: 'r' }, { text: '300', unit: 'dollars' }).errors.stop?.sentence).toBe(
      'Must be closer than the price itself.',
    )
    expect(bracket({ text: '1', unit: 'r' }, { text: '99999999', unit: 'ticks' }).errors.stop?.sentence).toBe(
      'Must be closer than the price itself.',
    )
  })
  test('in ATR follow the usual range of a minute, and need one', () => {
    const exits = {
      orderClass: 'bracket',
      stop: { text: '1.5', unit: 'atr' },
      target: { text: '2', unit: 'r' },
    } as const
    expect(readForm({ ...form, ...exits }, { ...facts, atr: '0.4' }).draft).toMatchObject({
      stopLoss: { stopPrice: '199.4' },
      takeProfit: { limitPrice: '201.2' },
    })
    expect(read(exits).errors.stop?.sentence).toBe('No ATR yet: it takes 15 1-min bars. Use another unit.')
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
