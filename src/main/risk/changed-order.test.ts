import { expect, test } from 'vitest'
import { p, q, working } from '../../../tests/support/risk-context.ts'
import { changedOrder } from './changed-order.ts'

test('what a change does not name stays as it is, and what is filled is left out', () => {
  const stop = working('a', {
    type: 'stop_limit',
    stopPrice: p('90'),
    limitPrice: p('89'),
    filledQuantity: q('40'),
  })
  expect(changedOrder(stop, {})).toMatchObject({ quantity: '60', stopPrice: '90', limitPrice: '89' })
  expect(changedOrder(stop, { limitPrice: p('88') })).toMatchObject({ stopPrice: '90', limitPrice: '88' })
  expect(changedOrder(stop, { quantity: q('50'), stopPrice: p('91') })).toMatchObject({
    quantity: '10',
    stopPrice: '91',
    limitPrice: '89',
  })
})

test('a trailing stop keeps its distance, in dollars or in percent, and no stop price', () => {
  const trailing = working('a', { type: 'trailing_stop', stopPrice: p('95'), trailPercent: p('5') })
  expect(changedOrder(trailing, {})).toMatchObject({ trailPercent: '5' })
  expect(changedOrder(trailing, { trail: p('6') })).toMatchObject({ trailPercent: '6' })
  expect(changedOrder(trailing, {})).not.toHaveProperty('stopPrice')
  expect(changedOrder(trailing, { trail: p('6') })).not.toHaveProperty('trailPrice')
})
