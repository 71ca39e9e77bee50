import { expect, test } from 'vitest'
import { readTicketHash, ticketHash, ticketStart } from './ticket-start.ts'

test('an order comes out of the ticket’s address as it went in', () => {
  for (const given of [
    { symbol: 'AAPL', side: 'buy', approach: 'join' },
    { symbol: 'BRK.B', side: 'sell', approach: 'cross', template: 4 },
    { again: '61e69015-8549-4bfd-b9c3-01e75843f47d' },
    { again: 'another program’s / order #7 100%' },
    { breakEven: 'BRK.B' },
  ]) {
    const start = ticketStart.parse(given)
    expect(readTicketHash(`#${ticketHash(start)}`)).toEqual({ start })
  }
  expect(ticketHash(undefined)).toBe('ticket')
})

test('a window may ask for one of nine templates and no other', () => {
  const start = { symbol: 'AAPL', side: 'buy', approach: 'join' }
  const isRead = (template: number) => ticketStart.safeParse({ ...start, template }).success
  expect([0, 1, 9, 10, 1.5].map(isRead)).toEqual([false, true, true, false, false])
})

test('the ticket’s address may name no order or a symbol alone; another address isn’t the ticket’s', () => {
  expect(readTicketHash('#ticket')).toEqual({})
  expect(readTicketHash('#ticket/AAPL')).toEqual({
    start: { symbol: 'AAPL', side: 'buy', approach: 'join' },
  })
  expect(readTicketHash('#ticket/TOOLONGNAME')).toEqual({})
  expect(readTicketHash('#ticket/again/%')).toEqual({})
  expect(readTicketHash(`#ticket/again/${'a'.repeat(129)}`)).toEqual({})
  expect(readTicketHash('#ticket/break-even/TOOLONGNAME')).toEqual({})
  for (const other of [
    '#ticket/again/',
    '#ticket/again/<b>',
    '#ticket/break-even',
    '',
    '#tickets',
    '#ticket/<b>',
    '#ticket/AAPL/short/join',
    '#ticket/AAPL/buy/join/0',
  ])
    expect(readTicketHash(other)).toBeUndefined()
})
