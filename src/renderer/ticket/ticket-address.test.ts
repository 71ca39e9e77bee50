import { expect, test } from 'vitest'
import { ticketAddress } from './ticket-address.ts'

test('the ticket’s address may name a symbol; another address is not the ticket’s', () => {
  expect(ticketAddress('#ticket')).toEqual({})
  expect(ticketAddress('#ticket/AAPL')).toEqual({ symbol: 'AAPL' })
  expect(ticketAddress('#ticket/BRK.B')).toEqual({ symbol: 'BRK.B' })
  expect(ticketAddress('#ticket/TOOLONGNAME')).toEqual({})
  expect(ticketAddress('')).toBeUndefined()
  expect(ticketAddress('#tickets')).toBeUndefined()
  expect(ticketAddress('#ticket/<b>')).toBeUndefined()
})
