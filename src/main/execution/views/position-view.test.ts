import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedAccountState } from '../../../../tests/support/recorded.ts'
import { AAPL, p, q, rowWith, s } from '../../../../tests/support/risk-context.ts'
import { heldSince } from '../state/holding.ts'
import type { Holding } from '../state/index.ts'
import { availableOf, leftOf, positionView } from './position-view.ts'

const [YESTERDAY, TODAY] = ['2026-11-20', '2026-11-23']

function bought() {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:entry',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderFilled', '10', '99'),
  )
  const held = accountState.holdings.get(AAPL)
  if (held === undefined) throw new Error('it was bought')
  return { accountState, writer, held }
}

const view = (holding: Holding, row = rowWith({ price: p('100') })) => positionView(holding, row, TODAY, [])

test('a position opened today gained since it was bought', () => {
  expect(view(bought().held)).toMatchObject({
    quantity: '10',
    averagePrice: '99',
    marketValue: '1000',
    totalPnl: '10',
    totalPnlPercent: '1.01',
    dayPnl: '10',
  })
})

test('an older position counts its day profit since the last close, and its total profit since it was bought', () => {
  const held = heldSince(AAPL, s('10'), p('80'), YESTERDAY)
  expect(view(held, rowWith({ price: p('100'), previousClose: p('97') }))).toMatchObject({
    totalPnl: '200',
    dayPnl: '30',
  })
  expect(view(held).dayPnl).toBeUndefined()
})

test('a short position gains while the price falls', () => {
  expect(view(heldSince(AAPL, s('-10'), p('110'), TODAY))).toMatchObject({
    quantity: '-10',
    marketValue: '-1000',
    totalPnl: '100',
    totalPnlPercent: '9.09',
  })
})

test('without a price a position shows no value', () => {
  expect(Object.keys(positionView(bought().held, undefined, TODAY, [])).sort()).toEqual([
    'averagePrice',
    'exits',
    'quantity',
    'symbol',
  ])
})

test('open exits hold their shares; the two exits of one entry hold them once', () => {
  const { accountState, writer, held } = bought()
  expect(availableOf(held, accountState).toFixed()).toBe('10')
  const legs = [
    { id: 'target', leg: 'take-profit' as const },
    { id: 'stop', leg: 'stop-loss' as const },
  ]
  const six = asked({ side: 'sell', quantity: q('6') })
  writer.write(
    accountState,
    'order:bracket',
    asked({ orderClass: 'bracket' }),
    acceptedAs('exchange-2', legs),
  )
  writer.write(accountState, 'order:target', six, acceptedAs('exchange-3'))
  writer.write(accountState, 'order:stop', six, acceptedAs('exchange-4'))
  expect(availableOf(held, accountState).toFixed()).toBe('4')
  const five = asked({ side: 'sell', quantity: q('5') })
  writer.write(accountState, 'order:other', five, acceptedAs('exchange-5'))
  expect(availableOf(held, accountState).toFixed()).toBe('0')
})

test('what is left of an order is what is not filled; for an order in dollars that is unknown', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:a',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderPartiallyFilled', '4', '100'),
  )
  writer.write(accountState, 'order:b', asked({ quantity: undefined, notional: p('50') }))
  const left = (id: string) => leftOf(accountState.orders.get(id) ?? failed())
  expect([left('a'), left('b')].map((shares: Decimal) => shares.toFixed())).toEqual(['6', '0'])
})

function failed(): never {
  throw new Error('there is no such order')
}
