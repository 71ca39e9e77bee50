import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedAccountState } from '../../../../tests/support/recorded.ts'
import { ReferenceExchange } from '../../../../tests/support/trading-model/reference-exchange.ts'
import { adjustments } from './account-entries.ts'

const account = new ReferenceExchange({ now: () => 0, soon: () => {}, onEvent: () => {} }).account()

test('a position that the exchange no longer has is taken over as none, with what the books said before', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(
    accountState,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderFilled', '10', '100'),
  )
  const difference = { what: 'position', of: 'AAPL', ours: '10', theirs: '0' } as const
  expect(adjustments(accountState, [difference], { account, positions: [] })).toMatchObject([
    {
      stream: 'account',
      events: [
        {
          type: 'PositionAdjusted',
          payload: { symbol: 'AAPL', before: '10', quantity: '0', averagePrice: '0' },
        },
      ],
    },
  ])
})
