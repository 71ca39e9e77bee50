import { expect, test } from 'vitest'
import type { OrderView } from '#shared/trading/order'
import { stockSymbol, toQuantity } from '#shared/units'
import { BLANK_FORM } from './ticket-form.ts'
import { blankTicket, nextTicket, type TicketEvent, type TicketState } from './ticket-state.ts'

const form = { ...BLANK_FORM, symbol: 'AAPL', quantity: '100', limitPrice: '229.85' }
const after = (...events: readonly TicketEvent[]): TicketState =>
  events.reduce(nextTicket, blankTicket('first'))

const staged: TicketEvent = { kind: 'staged', form }
const sending: TicketEvent = { kind: 'sending' }
const refused: TicketEvent = {
  kind: 'refused',
  problems: [{ code: 'QUOTE_STALE', level: 'refuse', sentence: 'The quote is 9 s old.' }],
  nextIntent: 'second',
}
const fault: TicketEvent = { kind: 'fault', text: 'No answer.' }
const order: OrderView = {
  id: 'first',
  symbol: stockSymbol.parse('AAPL'),
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  extendedHours: false,
  state: 'accepted',
  filledQuantity: toQuantity(0),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
}
const sent: TicketEvent = { kind: 'sent', order, form: { ...form, quantity: '' }, nextIntent: 'second' }

test('an order keeps its intent id while it is changed, reviewed and sent', () => {
  const edited: TicketEvent = { kind: 'edited', form: { ...form, quantity: '200' }, field: 'quantity' }
  const state = after(staged, edited, { kind: 'reviewed', settled: form }, { kind: 'back' }, sending)
  expect(state.intent).toBe('first')
  expect(state.isSending).toBe(true)
})

test('while an order is being sent, no key press changes it or starts another', () => {
  const before = after(staged, sending)
  const presses: readonly TicketEvent[] = [
    { kind: 'staged', form: { ...form, side: 'sell' } },
    { kind: 'edited', form: { ...form, quantity: '9' } },
    { kind: 'reviewed', settled: form },
    { kind: 'back' },
    { kind: 'attempted' },
    { kind: 'accepted', code: 'SPREAD_TOO_WIDE', yes: true },
    sending,
  ]
  for (const press of presses) expect(nextTicket(before, press)).toBe(before)
})

test('an answered order frees its intent id, whether sent or refused', () => {
  expect(after(staged, sending, sent).intent).toBe('second')
  expect(after(staged, sending, refused).intent).toBe('second')
})

test('an order without an answer keeps its intent id however it is changed, so that it cannot become two', () => {
  const state = after(
    staged,
    sending,
    fault,
    { kind: 'edited', form: { ...form, quantity: '200' } },
    staged,
    sending,
  )
  expect(state.intent).toBe('first')
})

test('the warning that an order may have been sent stays while it is changed; a refusal does not', () => {
  const edited: TicketEvent = { kind: 'edited', form }
  expect(after(staged, sending, fault, edited).setback).toEqual({ kind: 'fault', text: 'No answer.' })
  expect(after(staged, sending, refused).setback?.kind).toBe('refused')
  expect(after(staged, sending, refused, edited).setback).toBeUndefined()
})

test('going back from the review restores what was typed', () => {
  const typed = { ...form, quantity: '5000', quantityUnit: 'dollars' as const }
  const state = after({ kind: 'staged', form: typed }, { kind: 'reviewed', settled: form })
  expect(state).toMatchObject({ step: 'review', form })
  expect(nextTicket(state, { kind: 'back' })).toMatchObject({ step: 'edit', form: typed })
})

test('a confirmation applies only to the order it was given for', () => {
  const yes: TicketEvent = { kind: 'accepted', code: 'SPREAD_TOO_WIDE', yes: true }
  expect([...after(staged, yes).accepted]).toEqual(['SPREAD_TOO_WIDE'])
  expect([...after(staged, yes, { ...yes, yes: false }).accepted]).toEqual([])
  expect([...after(staged, yes, { kind: 'edited', form }).accepted]).toEqual([])
})

test('another account starts with an empty ticket and a new intent id', () => {
  expect(after(staged, sending, fault, { kind: 'reset', nextIntent: 'second' })).toEqual(
    blankTicket('second'),
  )
  expect(after(staged, sending, { kind: 'reset', nextIntent: 'second' })).toEqual(blankTicket('second'))
})

test('the last three orders stay visible, each once', () => {
  const send = (id: string): TicketEvent => ({ ...sent, order: { ...order, id } })
  const state = after(send('1'), send('2'), send('3'), send('4'), send('3'))
  expect(state.sent).toEqual(['3', '4', '2'])
})

test('a fill sets the ticket only while the trader has begun nothing else', () => {
  const closing: TicketEvent = { kind: 'filled', form: { ...form, quantity: '', side: 'sell' } }
  expect(after(staged, sending, sent, closing).form.side).toBe('sell')
  const begun: TicketEvent = { kind: 'edited', form: { ...form, quantity: '50' }, field: 'quantity' }
  expect(after(staged, sending, sent, begun, closing).form).toMatchObject({ side: 'buy', quantity: '50' })
  expect(after(staged, closing).form.side).toBe('buy')
})
