import { expect, test } from 'vitest'
import type { OrderProblem } from '#shared/trading/problem'
import { messageAt, messagesInLine } from './message-places.ts'
import { BLANK_FORM } from './ticket-form.ts'

const LONG = 'A sentence that has more words than one line of the ticket has room for.'
const problem = (sentence: string, more: Partial<OrderProblem> = { field: 'limitPrice' }): OrderProblem => ({
  code: 'PRICE_TICK_SIZE',
  level: 'refuse',
  sentence,
  ...more,
})
const told = (problems: readonly OrderProblem[], read = { errors: {}, notes: {} }) => ({
  state: { form: BLANK_FORM, step: 'edit' as const },
  read,
  problems,
})
const inLine = (known: Parameters<typeof messagesInLine>[0]) =>
  messagesInLine(known).flatMap(({ messages }) => messages.map(({ text }) => text))

test('a short message is told below its field, a long one and further ones in the message line', () => {
  const known = told([problem(LONG), problem('Short.'), problem('Another.')])
  expect(messageAt('limitPrice', known)?.text).toBe('Short.')
  expect(inLine(known)).toEqual([LONG, 'Another.'])
})

test('how an amount was read is told below its field, or in the message line if it is long', () => {
  const read = (quantity: string) => told([], { errors: {}, notes: { quantity } })
  expect(messageAt('quantity', read('Read as 1,000'))?.text).toBe('Read as 1,000')
  expect(inLine(read('Read as 1,000'))).toEqual([])
  expect(messageAt('quantity', read(LONG))).toBeUndefined()
  expect(inLine(read(LONG))).toEqual([LONG])
})

test('what has no field in sight is told in the message line, the most serious first', () => {
  const known = told([
    problem('Wide spread.', { level: 'ask' }),
    problem('Not that long.', { field: 'timeInForce' }),
    problem('Stop too high.', { field: 'stopLoss' }),
  ])
  expect(inLine(known)).toEqual(['Not that long.', 'Stop too high.', 'Confirm: Wide spread.'])
})
