import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import {
  acceptedAs,
  asked,
  filledBy,
  openedAccountState,
  plain,
  reported,
} from '../../../../tests/support/recorded.ts'
import { ReferenceExchange } from '../../../../tests/support/trading-model/reference-exchange.ts'
import type { Account, Position } from '#alpaca'
import { differencesOf } from './compare.ts'

const idle = () => new ReferenceExchange({ now: () => 0, soon: (run) => run(), onEvent: () => {} })
const account = (cash: string): Account => ({ ...idle().account(), cash: new Decimal(cash) })

function held(symbol: string, qty: string): Position {
  const exchange = idle()
  const terms = { symbol, type: 'market', timeInForce: 'day', clientOrderId: 'bought' } as const
  const { id } = exchange.place({
    ...terms,
    side: qty.startsWith('-') ? 'sell' : 'buy',
    qty: qty.replace('-', ''),
  })
  exchange.fill(id, new Decimal(qty).abs(), new Decimal(100))
  const [position] = exchange.positions()
  if (position === undefined) throw new Error('it was filled')
  return position
}

test('an account state that matches the exchange has no differences', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderPartiallyFilled', '4', '100'),
  )
  const holdings = {
    account: account('600'),
    positions: [held('AAPL', '4')],
    open: [reported()],
    unreadable: [],
  }
  expect(differencesOf(accountState, holdings)).toEqual([])
})

test.each([
  ['whose id cannot name a stream', { clientOrderId: 'nul\0' }],
  ['with a time in force that is new to Signal', { timeInForce: 'gtx' }],
])('an open order for a stock %s is not shown, and so never agreed', (_what, terms) => {
  const { accountState } = openedAccountState()
  const holdings = { account: account('1000'), positions: [], open: [reported(terms)], unreadable: [] }
  expect(differencesOf(accountState, holdings)).toEqual([
    { what: 'unreadable', of: 'AAPL', ours: 'not read', theirs: 'an open order that Signal can’t show' },
  ])
})

test('an open order for an option or a coin is no difference', () => {
  const { accountState } = openedAccountState()
  const open = [
    reported({ symbol: 'BTC/USD' }),
    reported({ symbol: 'BTCUSD', assetClass: 'crypto' }),
    reported({ symbol: '', assetClass: 'us_option' }),
  ]
  const holdings = { account: account('1000'), positions: [], open, unreadable: [] }
  expect(differencesOf(accountState, holdings)).toEqual([])
})

test('an order that is open on one side only is a difference, named by our id', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(accountState, 'order:ours', asked(), acceptedAs('exchange-1'), plain('OrderOpen'))
  writer.write(accountState, 'order:closed', asked(), acceptedAs('exchange-2'), plain('OrderCanceled'))
  const theirs = [reported({ clientOrderId: 'closed' }), reported({ clientOrderId: 'theirs' })]
  expect(
    differencesOf(accountState, { account: account('1000'), positions: [], open: theirs, unreadable: [] }),
  ).toEqual([
    { what: 'order', of: 'ours', ours: 'open', theirs: 'not open' },
    { what: 'order', of: 'closed', ours: 'canceled', theirs: 'new' },
    { what: 'order', of: 'theirs', ours: 'not known', theirs: 'new' },
  ])
})

test('an order without an answer isn’t a difference: it is looked up separately', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(accountState, 'order:asked', asked())
  expect(
    differencesOf(accountState, { account: account('1000'), positions: [], open: [], unreadable: [] }),
  ).toEqual([])
})

test('positions differ by their shares, even if one side has none; what isn’t a stock is left out', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderFilled', '10', '100'),
  )
  const positions = [held('MSFT', '-2'), { ...held('MSFT', '1'), symbol: 'BTC/USD' }]
  expect(differencesOf(accountState, { account: account('0'), positions, open: [], unreadable: [] })).toEqual(
    [
      { what: 'position', of: 'AAPL', ours: '10', theirs: '0' },
      { what: 'position', of: 'MSFT', ours: '0', theirs: '-2' },
    ],
  )
})

test('cash may differ by five cents of rounding, and no more', () => {
  const { accountState } = openedAccountState()
  const cashOf = (cash: string) =>
    differencesOf(accountState, { account: account(cash), positions: [], open: [], unreadable: [] })
  expect(cashOf('1000.05')).toEqual([])
  expect(cashOf('1000.06')).toEqual([{ what: 'cash', of: 'USD', ours: '1000.00', theirs: '1000.06' }])
})

test('coins aren’t stocks, although their positions are named like stocks', () => {
  const { accountState } = openedAccountState()
  const holdings = { account: account('1000'), positions: [held('BTCUSD', '2')], open: [], unreadable: [] }
  expect(differencesOf(accountState, holdings)).toEqual([])
})

test('what a share cost differs, beyond the rounding of exchanges, or while only one side knows it', () => {
  const { accountState, writer } = openedAccountState()
  const bought = filledBy('OrderFilled', '10', '188')
  writer.write(accountState, 'order:order-1', asked(), acceptedAs('exchange-1'), bought)
  const differencesAt = (avgEntryPrice: string | undefined) =>
    differencesOf(accountState, {
      account: account('-880'),
      positions: [
        {
          ...held('AAPL', '10'),
          avgEntryPrice: avgEntryPrice === undefined ? undefined : new Decimal(avgEntryPrice),
        },
      ],
      open: [],
      unreadable: [],
    })
  expect(differencesAt('188.0001')).toEqual([])
  expect(differencesAt(undefined)).toEqual([])
  expect(differencesAt('186')).toEqual([{ what: 'average-price', of: 'AAPL', ours: '188', theirs: '186' }])
})
