import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { openedAccountState } from '../../../../tests/support/recorded.ts'
import { AAPL, p, q } from '../../../../tests/support/risk-context.ts'
import type { EventOf } from '../state/index.ts'
import { releaseOf } from './release-shares.ts'

const trailing: EventOf<'ExternalOrderDetected'> = {
  type: 'ExternalOrderDetected',
  payload: {
    version: 1,
    terms: {
      symbol: AAPL,
      side: 'sell',
      type: 'trailing_stop',
      timeInForce: 'day',
      orderClass: 'simple',
      extendedHours: false,
      quantity: q('10'),
      trailPrice: p('5'),
      stopPrice: p('95'),
    },
    exchangeId: 'exchange-1',
    submittedAt: 0,
    filledBefore: q('0'),
  },
}

test('a trailing stop is sent anew with its distance alone: Alpaca reports where its stop was, and takes no such price', () => {
  const { accountState, writer } = openedAccountState()
  writer.write(accountState, 'order:trailing', trailing)
  const again = releaseOf(accountState, AAPL, 'sell', new Decimal(4))?.again
  expect(again).toMatchObject([{ type: 'trailing_stop', quantity: '6', trailPrice: '5' }])
  expect(again?.[0]?.stopPrice).toBeUndefined()
})
