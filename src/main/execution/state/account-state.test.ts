import { expect, test } from 'vitest'
import {
  acceptedAs,
  asked,
  EventWriter,
  filledBy,
  openedAccountState,
  plain,
  PREFIX,
} from '../../../../tests/support/recorded.ts'
import { AAPL, NOW, p, q, s } from '../../../../tests/support/risk-context.ts'
import { AccountState } from './account-state.ts'
import type { OrderEvent } from './event.ts'

test('a fill changes the position, the cash and the list of fills', () => {
  const { accountState, writer } = openedAccountState()
  const [, , filledQuantity] = writer.write(
    accountState,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderPartiallyFilled', '4', '99'),
  )
  expect(filledQuantity?.fill).toMatchObject({ orderId: 'order-1', quantity: '4', price: '99' })
  expect(accountState.holdings.get(AAPL)?.quantity.toFixed()).toBe('4')
  expect(accountState.cash?.toFixed()).toBe('604')
})

test('an execution that is reported again changes nothing', () => {
  const { accountState, writer } = openedAccountState()
  const again = filledBy('OrderPartiallyFilled', '4', '99')
  writer.write(accountState, 'order:order-1', asked(), acceptedAs('exchange-1'), again, again)
  expect(accountState.holdings.get(AAPL)?.quantity.toFixed()).toBe('4')
  expect(accountState.cash?.toFixed()).toBe('604')
  expect(accountState.fills).toHaveLength(1)
})

test('an order is found by the exchange’s id, and its exits lead to their entry', () => {
  const { accountState, writer } = openedAccountState()
  const legs = [{ id: 'target', leg: 'take-profit' as const }]
  writer.write(accountState, 'order:order-1', asked(), acceptedAs('exchange-1', legs))
  expect(accountState.idOf('exchange-1')).toBe('order-1')
  expect(accountState.legOf('target')).toEqual({ parentId: 'order-1', leg: 'take-profit' })
})

test('a replaced order names its replacement even if that becomes known later', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:old',
    asked(),
    acceptedAs('exchange-1'),
    { type: 'OrderReplaceRequested', payload: { version: 1 } },
    { type: 'OrderReplaced', payload: { version: 1 } },
  )
  writer.write(accountState, 'order:new', asked({}, 'old'), acceptedAs('exchange-2'))
  expect(accountState.orders.get('old')).toMatchObject({ state: 'replaced', replacedBy: 'new' })
})

test('an order that another program replaced names its replacement too', () => {
  const { accountState, writer } = openedAccountState()
  const detected = (exchangeId: string, replaces?: string): OrderEvent => ({
    type: 'ExternalOrderDetected',
    payload: {
      version: 1,
      terms: {
        symbol: AAPL,
        side: 'buy',
        type: 'market',
        timeInForce: 'day',
        orderClass: 'simple',
        extendedHours: false,
      },
      exchangeId,
      submittedAt: NOW,
      filledBefore: q('0'),
      ...(replaces && { replaces }),
    },
  })
  writer.write(accountState, 'order:old', detected('exchange-1'), {
    type: 'OrderReplaced',
    payload: { version: 1 },
  })
  writer.write(accountState, 'order:new', detected('exchange-2', 'old'))
  expect(accountState.orders.get('old')).toMatchObject({ replacedBy: 'new' })
  const other = openedAccountState()
  other.writer.write(other.accountState, 'order:old', detected('exchange-1'))
  other.writer.write(other.accountState, 'order:new', detected('exchange-2', 'old'))
  const [last] = other.writer.write(other.accountState, 'order:old', {
    type: 'OrderReplaced',
    payload: { version: 1 },
  })
  expect(last?.order).toMatchObject({ replacedBy: 'new' })
})

test('a replaced exit is still an exit of its entry, even if the entry’s exits become known later', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(accountState, 'order:entry', asked(), acceptedAs('exchange-1'))
  writer.write(accountState, 'order:changed', asked({}, 'stop'), acceptedAs('exchange-3'))
  writer.write(accountState, 'order:entry', acceptedAs('exchange-1', [{ id: 'stop', leg: 'stop-loss' }]))
  expect(accountState.legOf('changed')).toEqual({ parentId: 'entry', leg: 'stop-loss' })
})

test('exits follow the entry’s replacement, whatever is reported of the old entry afterwards', () => {
  const { accountState, writer } = openedAccountState()
  const legs = [{ id: 'stop', leg: 'stop-loss' as const }]
  writer.write(accountState, 'order:old', asked(), acceptedAs('exchange-1', legs))
  writer.write(accountState, 'order:new', asked({}, 'old'), acceptedAs('exchange-2', legs))
  writer.write(accountState, 'order:old', {
    type: 'OrderReplaced',
    payload: { version: 1, replacedBy: 'new' },
  })
  expect(accountState.legOf('stop')).toEqual({ parentId: 'new', leg: 'stop-loss' })
})

test('an order stays open when its replacement never came to exist', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(accountState, 'order:old', asked(), acceptedAs('exchange-1'), {
    type: 'OrderReplaceRequested',
    payload: { version: 1, replacedBy: 'new' },
  })
  writer.write(accountState, 'order:new', asked({}, 'old'), {
    type: 'OrderRejected',
    payload: { version: 1, reason: 'why' },
  })
  expect(accountState.orders.get('old')?.replaceRequestedAt).toBeUndefined()
})

test('another account starts with nothing from the previous one except the limits', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderFilled', '10', '100'),
  )
  writer.write(accountState, 'risk', {
    type: 'RiskLimitChanged',
    payload: { version: 1, limit: 'mostShares', before: 10_000, after: 500 },
  })
  const position = { symbol: AAPL, quantity: s('-3'), averagePrice: p('50') }
  const payload = {
    version: 1 as const,
    accountId: 'other',
    endsWith: '0001',
    cash: s('5'),
    positions: [position],
    filledBefore: [],
  }
  writer.write(accountState, 'account', { type: 'AccountOpened', payload })
  expect(accountState.orders.size).toBe(0)
  expect(accountState.fills).toEqual([])
  expect(accountState.idOf('exchange-1')).toBeUndefined()
  expect(accountState.holdings.get(AAPL)?.quantity.toFixed()).toBe('-3')
  expect(accountState.risk.limits.mostShares).toBe(500)
})

test('a difference that no fill explains is taken over from the exchange', () => {
  const { accountState, writer } = openedAccountState()
  const position = { symbol: AAPL, before: s('0'), quantity: s('20'), averagePrice: p('5') }
  writer.write(
    accountState,
    'account',
    { type: 'PositionAdjusted', payload: { version: 1, ...position } },
    { type: 'CashAdjusted', payload: { version: 1, before: s('1000'), cash: s('900.5') } },
  )
  expect(accountState.holdings.get(AAPL)?.quantity.toFixed()).toBe('20')
  expect(accountState.cash?.toFixed()).toBe('900.5')
})

test('what was bought and spent today outlives a position that is taken over', () => {
  const { accountState, writer } = openedAccountState()
  const bought = filledBy('OrderPartiallyFilled', '4', '99')
  writer.write(accountState, 'order:order-1', asked(), acceptedAs('exchange-1'), bought)
  const position = { symbol: AAPL, before: s('4'), quantity: s('3'), averagePrice: p('99') }
  writer.write(accountState, 'account', { type: 'PositionAdjusted', payload: { version: 1, ...position } })
  expect(accountState.holdings.get(AAPL)?.spent.toFixed()).toBe('396')
})

test('a comparison is remembered, however many other events come after it', () => {
  const { accountState, writer } = openedAccountState()
  expect(accountState.comparedAt).toBeUndefined()
  writer.write(accountState, 'account', {
    type: 'Reconciled',
    payload: { version: 1, cause: 'start', differences: [] },
  })
  const { comparedAt } = accountState
  expect(comparedAt).toBeGreaterThan(NOW)
  writer.write(accountState, 'order:order-1', asked(), plain('OrderCanceled'))
  expect(accountState.comparedAt).toBe(comparedAt)
})

test('the kill switch stays on from the first time it is pressed until it is released', () => {
  const [accountState, writer] = [new AccountState(PREFIX), new EventWriter()]
  const [halt, release] = [
    { type: 'KillSwitchEngaged', payload: { version: 1 } },
    { type: 'KillSwitchReleased', payload: { version: 1 } },
  ] as const
  writer.write(accountState, 'risk', halt)
  const since = accountState.risk.haltedSince
  writer.write(accountState, 'risk', halt)
  expect(accountState.risk.haltedSince).toBe(since)
  writer.write(accountState, 'risk', release)
  expect(accountState.risk.haltedSince).toBeUndefined()
})

test('an event from a newer Signal is skipped, and the next one of its stream still fits', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(accountState, 'order:order-1', asked())
  const strange = { type: 'OrderTeleported', payload: { version: 7 } }
  const place = { id: 99, stream: `${PREFIX}order:order-1`, version: 2, at: NOW }
  expect(accountState.apply({ ...place, ...strange })).toBeUndefined()
  expect(accountState.unread).toBe(1)
  expect(accountState.versionOf('order:order-1')).toBe(2)
})

test('of many closed orders the last thousand stay in memory, and so do all open ones', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(accountState, 'order:open', asked(), acceptedAs('exchange-open'))
  for (let nth = 0; nth < 2_100; nth++)
    writer.write(accountState, `order:${nth}`, asked(), acceptedAs(`exchange-${nth}`), plain('OrderCanceled'))
  expect(accountState.orders.has('open')).toBe(true)
  expect(accountState.orders.has('2099')).toBe(true)
  expect(accountState.orders.has('0')).toBe(false)
  expect(accountState.idOf('exchange-0')).toBeUndefined()
  expect(accountState.orders.size).toBeLessThan(2_000)
})

test('an order counts as older than the account only where no two clocks could disagree about it', () => {
  const { accountState } = openedAccountState()
  const openedAt = accountState.account?.openedAt ?? Number.NaN
  expect(accountState.areYoungerThan(openedAt - 5 * 60_000)).toBe(false)
  expect(accountState.areYoungerThan(openedAt - 5 * 60_000 - 1)).toBe(true)
})

test.each([9e12, -5, 0.5])(
  'a limit over its bounds (%d shares) is not folded: it stays as it was',
  (after) => {
    const { accountState, writer } = openedAccountState()
    const changed = (value: number) => ({
      type: 'RiskLimitChanged' as const,
      payload: { version: 1 as const, limit: 'mostShares' as const, before: 10_000, after: value },
    })
    writer.write(accountState, 'risk', changed(50), changed(after))
    expect(accountState.risk.limits.mostShares).toBe(50)
  },
)
