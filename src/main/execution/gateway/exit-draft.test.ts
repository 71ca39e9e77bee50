import { expect, test } from 'vitest'
import { AAPL, p, q, rowWith, sessionWith } from '../../../../tests/support/risk-context.ts'
import { exitDraft } from './exit-draft.ts'

const regular = sessionWith({})
const after = sessionWith({ phase: 'after' })

test('in the regular session a position is closed at the market', () => {
  expect(exitDraft(AAPL, true, q('10'), regular, rowWith())).toMatchObject({
    side: 'sell',
    type: 'market',
    quantity: '10',
    timeInForce: 'day',
    extendedHours: false,
  })
  expect(exitDraft(AAPL, false, q('10'), regular, rowWith())).toMatchObject({ side: 'buy', type: 'market' })
})

test('outside the regular session an exit goes through the quote by at most two percent, on the tick', () => {
  const row = rowWith({ bid: p('10.03'), ask: p('10.07') })
  expect(exitDraft(AAPL, true, q('10'), after, row)).toMatchObject({
    type: 'limit',
    side: 'sell',
    limitPrice: '9.82',
    extendedHours: true,
  })
  expect(exitDraft(AAPL, false, q('10'), after, row)).toMatchObject({ side: 'buy', limitPrice: '10.28' })
})

test('while everything is closed, or no price is known, an exit is a market order', () => {
  expect(exitDraft(AAPL, true, q('10'), sessionWith({ phase: 'closed' }), rowWith())).toMatchObject({
    type: 'market',
  })
  expect(exitDraft(AAPL, true, q('10'), after, undefined)).toMatchObject({ type: 'market' })
})

test('without a quote the last known price is what an exit goes through', () => {
  const { bid: _bid, ask: _ask, ...row } = rowWith({ price: p('10') })
  expect(exitDraft(AAPL, true, q('10'), after, row)).toMatchObject({ type: 'limit', limitPrice: '9.8' })
  expect(exitDraft(AAPL, false, q('10'), after, row)).toMatchObject({ type: 'limit', limitPrice: '10.2' })
})

test.each(['wide', 'one-sided', 'crossed'] as const)(
  'a quote that is %s is not what an exit goes through, but the last price',
  (quoteProblem) => {
    const row = rowWith({ bid: p('75'), ask: p('225'), price: p('150'), basis: 'trade', quoteProblem })
    expect(exitDraft(AAPL, true, q('10'), after, row)).toMatchObject({ limitPrice: '147' })
    expect(exitDraft(AAPL, false, q('10'), after, row)).toMatchObject({ limitPrice: '153' })
  },
)
