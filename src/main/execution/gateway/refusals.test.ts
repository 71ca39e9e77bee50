import { expect, test } from 'vitest'
import { orderChange } from '#shared/trading/order'
import { AlpacaError, type AlpacaErrorKind } from '#alpaca'
import { problemsOfError } from './refusals.ts'
import { atMarket, draftWith, fixed, p } from '../../../../tests/support/risk-context.ts'

type Details = ConstructorParameters<typeof AlpacaError>[2]

const reported = (
  kind: AlpacaErrorKind,
  message: string,
  details: Details = {},
  what: Parameters<typeof problemsOfError>[1] = draftWith(),
) => {
  const [problem] = problemsOfError(new AlpacaError(kind, message, details), what, {
    idOf: (id) => (id === 'ex-1' ? 'ours-1' : undefined),
  })
  return problem
}
const forbidden = (message: string, extra: Record<string, unknown> = {}) =>
  reported('forbidden', message, { status: 403, code: 40310000, extra })

test('too little buying power is reported with Alpaca’s figures', () => {
  const problem = forbidden('insufficient buying power', { buying_power: '120.5', cost_basis: '4810' })
  expect(problem).toMatchObject({ code: 'BUYING_POWER_EXCEEDED', level: 'refuse', field: 'quantity' })
  expect(problem?.sentence).toBe(
    'Insufficient buying power: needs $4,810.00, available $120.50. Reduce the order.',
  )
  expect(forbidden('insufficient buying power')?.sentence).toBe(
    'Insufficient buying power. Reduce the order.',
  )
})

test('shares that other orders hold are reported, and the free ones are offered', () => {
  const message = 'insufficient qty available for order (requested: 1000, available: 5)'
  const problem = forbidden(message, { available: '5', existing_qty: '1000', held_for_orders: 995 })
  expect(problem?.code).toBe('QUANTITY_HELD')
  expect(problem?.sentence).toBe(
    'Only 5 of 1,000 shares available (995 in open orders). Cancel those orders first or reduce this one.',
  )
  expect(fixed(draftWith(), problem).quantity).toBe('5')
  const none = forbidden(message, { available: '0', related_orders: ['ex-1'] })
  expect(none?.fix).toMatchObject({ kind: 'cancel-order', orderId: 'ours-1' })
})

test('a wash trade offers to cancel the order that it could trade with, if that is one of ours', () => {
  const wash = (existing_order_id: unknown) =>
    forbidden('potential wash trade detected. use complex orders', {
      existing_order_id,
      reject_reason: 'opposite side market/stop order exists',
    })
  expect(wash('ex-1')).toMatchObject({ code: 'WASH_TRADE', fix: { kind: 'cancel-order', orderId: 'ours-1' } })
  expect(wash('ex-1')?.sentence).toContain('(opposite side market/stop order exists)')
  expect(wash('ex-2')?.fix).toBeUndefined()
  expect(wash(7)?.fix).toBeUndefined()
})

test.each([
  ['forbidden', 'account is not allowed to short', 'SHORT_NOT_ALLOWED', 'side'],
  ['forbidden', 'asset "XYZ" is not fractionable', 'FRACTION_NOT_ALLOWED', 'quantity'],
  ['forbidden', 'order parameters are not changed', 'NOTHING_CHANGED', undefined],
  ['forbidden', 'trade denied due to pattern day trading protection', 'ACCOUNT_BLOCKED', undefined],
  ['unprocessable', 'client_order_id must be unique', 'DUPLICATE_ORDER', undefined],
  ['unprocessable', 'qty or notional is required', 'QUANTITY_MISSING', 'quantity'],
  ['unprocessable', 'fractional orders must be DAY orders', 'TIME_IN_FORCE_NOT_ALLOWED', 'timeInForce'],
  ['unprocessable', 'fractional orders must be simple orders', 'FRACTION_NOT_ALLOWED', 'quantity'],
  ['unprocessable', 'bracket orders must be entry orders', 'CLASS_NOT_ALLOWED', 'type'],
  [
    'unprocessable',
    'extended hours order must be DAY limit orders',
    'EXTENDED_HOURS_NOT_ALLOWED',
    'extendedHours',
  ],
  ['unprocessable', 'asset "XYZ" is not tradable', 'SYMBOL_NOT_TRADABLE', 'symbol'],
  ['unprocessable', 'could not find asset "XYZ"', 'SYMBOL_UNKNOWN', 'symbol'],
  [
    'unprocessable',
    'take_profit.limit_price must be > stop_loss.stop_price',
    'LEG_ON_WRONG_SIDE',
    'takeProfit',
  ],
  ['unprocessable', 'order is not cancelable', 'ORDER_NOT_CHANGEABLE', undefined],
  ['not_found', 'order not found', 'ORDER_NOT_FOUND', undefined],
  ['not_found', 'position does not exist', 'NO_POSITION', undefined],
  ['unprocessable', 'limit_price is odd today', 'REFUSED_BY_ALPACA', 'limitPrice'],
] as const)('%s: "%s" is %s', (kind, message, code, field) => {
  const problem = reported(kind, message)
  expect([problem?.code, problem?.field]).toEqual([code, field])
})

test('a price that is too fine can be rounded with one key', () => {
  const message = 'invalid limit_price 290.123. sub-penny increment does not fulfill minimum pricing criteria'
  const draft = draftWith({ limitPrice: p('290.123') })
  const problem = reported('unprocessable', message, { code: 42210000 }, draft)
  expect(problem).toMatchObject({ code: 'PRICE_TICK_SIZE', field: 'limitPrice' })
  expect(fixed(draft, problem).limitPrice).toBe('290.12')
  expect(
    reported('unprocessable', message, {}, orderChange.parse({ limitPrice: '290.123' }))?.fix,
  ).toBeUndefined()
})

test('an unforeseen refusal is shown in Alpaca’s own words, and never without any', () => {
  expect(reported('forbidden', 'the moon is full', { code: 40310000 })?.sentence).toBe(
    'Rejected by Alpaca: the moon is full (code 40310000).',
  )
  expect(reported('unprocessable', '', { status: 422 })?.sentence).toBe(
    'Rejected by Alpaca: unprocessable, HTTP 422.',
  )
})

test('bad keys, rate limits and a lost connection say what to do', () => {
  expect(reported('unauthorized', 'request is not authorized')?.sentence).toContain('Check Settings')
  expect(reported('rate_limited', 'rate limit exceeded')?.sentence).toContain('retry in 60 s.')
  expect(reported('rate_limited', 'rate limit exceeded', { retryAfterMs: 3_000 })).toMatchObject({
    code: 'RATE_LIMIT_EXCEEDED',
    sentence: 'Rate limited by Alpaca; retry in 3 s.',
  })
  expect(reported('network', 'connect ECONNREFUSED')?.code).toBe('NOT_CONNECTED')
  expect(reported('server_error', 'internal error', { outcome: 'not_done' })?.code).toBe('REFUSED_BY_ALPACA')
})

test('if nobody knows whether Alpaca did it, the refusal says so', () => {
  for (const kind of ['timeout', 'server_error', 'network', 'invalid_response', 'aborted'] as const) {
    expect(reported(kind, 'no answer', { outcome: 'unknown' }, atMarket())?.code).toBe('UNCONFIRMED')
  }
})
