import { expect, test } from 'vitest'
import { orderState, PENDING_STATES } from '#shared/trading/order'
import {
  acceptedAs,
  asked,
  filledBy,
  openedAccountState,
  plain,
  PREFIX,
} from '../../../../tests/support/recorded.ts'
import { AccountState } from './account-state.ts'
import { hashOfSnapshot, readSnapshot, toSnapshot } from './snapshot.ts'

function traded() {
  const { accountState, writer } = openedAccountState()
  const legs = [{ id: 'target', leg: 'take-profit' as const }]
  writer.write(
    accountState,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1', legs),
    filledBy('OrderFilled', '10', '99.5'),
  )
  writer.write(accountState, 'order:order-2', asked(), acceptedAs('exchange-2'), {
    type: 'OrderCancelRequested',
    payload: { version: 1, by: 'signal' },
  })
  writer.write(accountState, 'account', {
    type: 'Reconciled',
    payload: { version: 1, cause: 'start', differences: [] },
  })
  return { accountState, writer }
}

const written = (accountState: AccountState) => toSnapshot({ lastId: 9, state: accountState.toState() })

test('a saved account state reads back the same and continues the same', () => {
  const { accountState, writer } = traded()
  const read = readSnapshot(written(accountState))
  expect(read).toMatchObject({ lastId: 9, sha256: hashOfSnapshot(written(accountState)) })
  const other = new AccountState(PREFIX, read?.state)
  expect(JSON.parse(written(other))).toEqual(JSON.parse(written(accountState)))
  const { comparedAt, cash, account } = other
  expect({ comparedAt, account, cash: cash?.toFixed() }).toEqual({
    comparedAt: accountState.comparedAt,
    account: accountState.account,
    cash: '5',
  })
  writer.write(accountState, 'order:order-2', plain('OrderCanceled'))
  expect(other.orders.get('order-2')).toMatchObject({ state: 'accepted' })
  expect(other.idOf('exchange-2')).toBe('order-2')
  expect(other.legOf('target')).toEqual({ parentId: 'order-1', leg: 'take-profit' })
})

test('an order in any state can be saved and read back', () => {
  const text = written(traded().accountState)
  for (const state of orderState.exclude(PENDING_STATES).options) {
    const read = readSnapshot(text.replace('"state":"accepted"', `"state":"${state}"`))
    expect(read?.state.orders.map((order) => order.state)).toContain(state)
  }
})

test('an account state that has not begun can be saved too', () => {
  const read = readSnapshot(written(new AccountState(PREFIX)))
  expect(read?.state.account).toBeUndefined()
  expect(read?.state.orders).toEqual([])
})

test('text that isn’t a snapshot, or has another format, is not read', () => {
  const { accountState } = traded()
  expect(readSnapshot('{')).toBeUndefined()
  expect(readSnapshot('{}')).toBeUndefined()
  expect(readSnapshot(written(accountState).replace(/"format":\d+/, '"format":0'))).toBeUndefined()
})
