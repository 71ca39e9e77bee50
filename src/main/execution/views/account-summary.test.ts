import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedAccountState } from '../../../../tests/support/recorded.ts'
import { NOW, p, q } from '../../../../tests/support/risk-context.ts'
import { ReferenceExchange } from '../../../../tests/support/trading-model/reference-exchange.ts'
import { accountSummary, reportedAccount } from './account-summary.ts'
import type { Account } from '#alpaca'

const TODAY = '2026-11-23'
const idle = new ReferenceExchange({ now: () => 0, soon: () => {}, onEvent: () => {} }).account()
const account = (more: Partial<Account> = {}): Account => ({
  ...idle,
  cash: new Decimal(9_000),
  equity: new Decimal(10_000),
  lastEquity: new Decimal(9_900),
  initialMargin: new Decimal(2_500),
  ...more,
})

/** Ten AAPL are held when Alpaca reports the account, at $100.00 by our price then. */
function held(reported: Account = account(), priceNow = '100') {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderFilled', '10', '100'),
  )
  const known = reportedAccount(reported, NOW, accountState.holdings.values(), () => p('100'))
  return { accountState, writer, view: () => accountSummary(known, accountState, TODAY, () => p(priceNow)) }
}

test('the account is shown as Alpaca reported it', () => {
  expect(held().view()).toMatchObject({
    endsWith: '1234',
    equity: '10000',
    cash: '9000',
    lastEquity: '9900',
    dayPnl: '100',
    dayPnlPercent: '1.01',
    marginUsedPercent: '25',
    mayTrade: true,
    asOf: NOW,
  })
})

test('without the margin that is in use, its share is not known rather than zero', () => {
  expect(held(account({ initialMargin: undefined })).view().marginUsedPercent).toBeUndefined()
})

test('price changes move the account’s value, and the day’s profit with it', () => {
  expect(held(account(), '98').view()).toMatchObject({ equity: '9980', dayPnl: '80' })
})

test('what Alpaca values at the last trade is shown at our price, as the positions are', () => {
  const reported = account({ longMarketValue: new Decimal(995), shortMarketValue: new Decimal(0) })
  expect(held(reported).view().equity).toBe('10005')
})

test('if Alpaca holds something else than our account state, its figure stands, because no price explains the difference', () => {
  const reported = account({ longMarketValue: new Decimal(5_000), shortMarketValue: new Decimal(0) })
  expect(held(reported).view().equity).toBe('10000')
})

test('today’s realized profit follows from the fills', () => {
  const { accountState, writer, view } = held()
  const sale = asked({ side: 'sell', quantity: q('4') })
  writer.write(
    accountState,
    'order:order-2',
    sale,
    acceptedAs('exchange-2'),
    filledBy('OrderFilled', '4', '105'),
  )
  expect(view().realizedPnl).toBe('20')
})

test('an account that Alpaca blocked may not trade', () => {
  for (const block of [
    { status: 'ONBOARDING' },
    { tradingBlocked: true },
    { accountBlocked: true },
    { tradeSuspendedByUser: true },
  ])
    expect(held(account(block)).view().mayTrade).toBe(false)
})

test('an account of which Alpaca does not say what it was worth before has won and lost nothing today', () => {
  expect(held(account({ lastEquity: undefined })).view()).toMatchObject({ lastEquity: '10000', dayPnl: '0' })
})
