import { expect, test } from 'vitest'
import type { OrderDraft } from '#shared/trading/order'
import { checkDraft } from '../index.ts'
import {
  draftWith,
  fixed,
  found,
  holding,
  moment,
  p,
  rowWith,
} from '../../../../tests/support/risk-context.ts'

const rounded = (draft: OrderDraft) => fixed(draft, found('PRICE_TICK_SIZE', draft))

test.each([
  ['100.01', undefined],
  ['100.011', '100.01'],
  ['1', undefined],
  ['1.001', '1'],
  ['0.9999', undefined],
  ['0.99991', '0.9999'],
  ['0.00001', '0.0001'],
])('a limit to buy at %s becomes %s', (limit, becomes) => {
  const draft = draftWith({ limitPrice: p(limit) })
  if (becomes === undefined) expect(found('PRICE_TICK_SIZE', draft)).toBeUndefined()
  else expect(rounded(draft).limitPrice).toBe(becomes)
})

test('the trader hears how fine a price may be', () => {
  const sentence = (limit: string) => found('PRICE_TICK_SIZE', draftWith({ limitPrice: p(limit) }))?.sentence
  expect(sentence('1.001')).toContain('2 decimals at $1 and up')
  expect(sentence('0.99991')).toContain('4 decimals below $1')
})

test('rounding never costs more: a sale rounds up', () => {
  expect(rounded(draftWith({ side: 'sell', limitPrice: p('100.011') })).limitPrice).toBe('100.02')
  expect(rounded(draftWith({ side: 'sell', limitPrice: p('0.99995') })).limitPrice).toBe('1')
  const stop = draftWith({ side: 'sell', type: 'stop', limitPrice: undefined, stopPrice: p('99.001') })
  expect(rounded(stop).stopPrice).toBe('99.01')
})

test('the exits of a long position round toward the entry', () => {
  const takeProfit = { limitPrice: p('103.009') }
  const stopLoss = { stopPrice: p('98.001'), limitPrice: p('97.991') }
  const draft = draftWith({ orderClass: 'bracket', takeProfit, stopLoss })
  const problems = checkDraft(draft, moment()).filter(({ code }) => code === 'PRICE_TICK_SIZE')
  expect(problems.map(({ field }) => field)).toEqual(['takeProfit', 'stopLoss'])
  const both = problems.reduce(fixed, draft)
  expect(both).toMatchObject({
    takeProfit: { limitPrice: '103' },
    stopLoss: { stopPrice: '98.01', limitPrice: '98' },
  })
  expect(found('PRICE_TICK_SIZE', both)).toBeUndefined()
})

test('the exits of a short position round toward the entry', () => {
  const draft = draftWith({
    orderClass: 'oco', limitPrice: undefined, takeProfit: { limitPrice: p('97.001') }, stopLoss: { stopPrice: p('102.009') },
  }) // prettier-ignore
  const short = moment({ position: holding('-10'), row: rowWith() })
  const problems = checkDraft(draft, short).filter(({ code }) => code === 'PRICE_TICK_SIZE')
  expect(problems.reduce(fixed, draft)).toMatchObject({
    takeProfit: { limitPrice: '97.01' },
    stopLoss: { stopPrice: '102' },
  })
})
