import { expect } from 'vitest'
import type { TradingSnapshot } from '../../src/shared/trading/account.ts'
import { readCase } from '../support/field-case.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { isAgreed, test } from '../support/field-test.ts'

const { body: POSITIONS } = readCase<{ readonly body: readonly Record<string, unknown>[] }>(
  'unreadable-position',
)
const [held] = POSITIONS
const { order: WORKING } = readCase<{ readonly order: Record<string, unknown> }>('done-for-day')
const opening = { mode: 'paper', symbols: ['KLMN'] } as const

/** Compares once more, and answers what is shown then. */
async function comparedAgain(session: TradingSession): Promise<TradingSnapshot> {
  await session.trading.reconcile(undefined)
  return session.snapshot()
}

test('figures of the account that Alpaca leaves out are unknown: they are no loss, and what was shown stays', async ({
  open,
  exchangeThat,
}) => {
  const exchange = await exchangeThat({ positions: [{ ...held }] })
  const session = open({ market: exchange, ...opening })
  await session.when(isAgreed)
  for (const figure of ['equity', 'cash', 'last_equity', 'buying_power']) {
    for (const value of [null, 'n/a']) {
      exchange.answers = { ...exchange.answers, account: { [figure]: value } }
      const { account, trading, reconciliation } = await comparedAgain(session)
      expect(account).toMatchObject({ equity: '100000', dayPnl: '0', cash: '81000', buyingPower: '200000' })
      expect(trading.reasons).toEqual([])
      expect(reconciliation.differences).toEqual([
        { what: 'unreadable', of: 'account', ours: 'not read', theirs: `${figure}: is not a number` },
      ])
    }
  }
  expect(session.events.items.map(({ type }) => type)).not.toContain('DailyLossReached')
})

test('an account whose cash is not known does not begin with none', async ({ open, exchangeThat, clock }) => {
  const exchange = await exchangeThat({ positions: [{ ...held }], account: { cash: null } })
  const session = open({ market: exchange, ...opening })
  const { reconciliation } = await session.when(
    ({ reconciliation: { state } }) => state === 'failed' || state === 'agreed',
  )
  expect(reconciliation).toMatchObject({ state: 'failed', hasBegun: false })
  expect(reconciliation.problem).toContain('cash: is not a number')
  exchange.answers = { ...exchange.answers, account: {} }
  clock.skip(5_000)
  await session.when(isAgreed)
  expect(session.events.items.find(({ type }) => type === 'AccountOpened')?.payload).toMatchObject({
    cash: '81000',
  })
})

test('a figure of a position that Signal does not use costs nothing if it cannot be read', async ({
  open,
  exchangeThat,
}) => {
  const odd = { market_value: 'NaN', current_price: 'n/a', change_today: 'Infinity', avg_entry_price: '?' }
  const session = open({ market: await exchangeThat({ positions: [{ ...held, ...odd }] }), ...opening })
  const { positions } = await session.when(isAgreed)
  expect(positions).toMatchObject([{ symbol: 'KLMN', quantity: '100' }])
  expect(positions[0]?.averagePrice).toBeUndefined()
})

test('a position that cannot be read is not said to be gone, and is never taken for none', async ({
  open,
  exchangeThat,
  clock,
}) => {
  const exchange = await exchangeThat({ positions: [{ ...held }] })
  const session = open({ market: exchange, ...opening })
  await session.when(isAgreed)
  for (const odd of [{ qty: 'many' }, { qty: null, symbol: null }]) {
    exchange.answers = { ...exchange.answers, positions: [{ ...held, ...odd }] }
    for (let minutes = 0; minutes < 2; minutes++) {
      clock.skip(31_000)
      const { reconciliation, positions } = await comparedAgain(session)
      expect(reconciliation.differences.map(({ what }) => what)).toEqual(['unreadable'])
      expect(positions).toMatchObject([{ symbol: 'KLMN', quantity: '100' }])
    }
  }
})

test('an order of long ago that cannot be read is no difference, and holds nothing up', async ({
  open,
  exchangeThat,
}) => {
  const over = { ...WORKING, status: 'canceled' }
  const exchange = await exchangeThat({
    positions: [{ ...held }],
    orders: ({ status }) => (status === 'all' ? [over] : []),
  })
  const session = open({ market: exchange, ...opening })
  await session.when(isAgreed)
  exchange.answers = {
    ...exchange.answers,
    orders: ({ status }) => (status === 'all' ? [{ ...over, filled_qty: 'many' }] : []),
  }
  expect((await comparedAgain(session)).reconciliation.state).toBe('agreed')
})

test('an unknown order that cannot be read does not keep a dividend from being taken over', async ({
  open,
  exchangeThat,
  clock,
}) => {
  const exchange = await exchangeThat({ positions: [{ ...held }] })
  const session = open({ market: exchange, ...opening })
  await session.when(isAgreed)
  exchange.answers = {
    ...exchange.answers,
    account: { cash: '81500' },
    orders: () => [{ ...WORKING, filled_qty: 'many' }],
  }
  for (let times = 0; times < 3; times++) {
    await comparedAgain(session)
    clock.skip(31_000)
  }
  const { reconciliation } = session.snapshot()
  expect(reconciliation.differences).toMatchObject([{ what: 'unreadable', of: 'KLMN' }])
  expect(session.events.items.map(({ type }) => type)).toContain('CashAdjusted')
})

test('an open order that cannot be read is named; it is not said to be over, and the rest is compared', async ({
  open,
  exchangeThat,
}) => {
  const open_ = { ...WORKING, status: 'new' }
  const exchange = await exchangeThat(
    { positions: [{ ...held }], orders: () => [open_], order: () => open_ },
    ['o'],
  )
  const session = open({ market: exchange, ...opening })
  await session.when(isAgreed)
  const odd = { ...open_, filled_qty: 'many' }
  for (const orders of [() => [odd], () => []]) {
    exchange.answers = { ...exchange.answers, orders, order: () => odd }
    const { reconciliation } = await comparedAgain(session)
    expect(reconciliation.state).toBe('differs')
    expect(reconciliation.differences).toMatchObject([
      { what: 'unreadable', theirs: expect.stringContaining('filled_qty') as string },
    ])
  }
})

test('a position that differs is not taken over while an order in that symbol cannot be read: it would count twice', async ({
  open,
  exchangeThat,
  clock,
}) => {
  const exchange = await exchangeThat({ positions: [{ ...held }] })
  const session = open({ market: exchange, ...opening })
  await session.when(isAgreed)
  const filled = { ...WORKING, status: 'filled', filled_qty: '10', filled_avg_price: '100' }
  exchange.answers = {
    ...exchange.answers,
    positions: [{ ...held, qty: '110' }],
    orders: () => [{ ...filled, filled_qty: 'many' }],
  }
  for (let times = 0; times < 3; times++) {
    await comparedAgain(session)
    clock.skip(31_000)
  }
  expect(session.snapshot().positions).toMatchObject([{ symbol: 'KLMN', quantity: '100' }])
  exchange.answers = { ...exchange.answers, orders: () => [filled] }
  expect((await comparedAgain(session)).positions).toMatchObject([{ symbol: 'KLMN', quantity: '110' }])
})
