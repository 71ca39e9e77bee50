import { expect, test } from 'vitest'
import type { OrderDraft } from '#shared/trading/order'
import {
  atMarket,
  draftWith,
  EASY,
  fixed,
  found,
  moment,
  p,
  q,
  sessionWith,
  stops,
} from '../../../../tests/support/risk-context.ts'

const at = (time: string) => Date.parse(`2026-11-23T${time}-05:00`)
const pre = sessionWith({ phase: 'pre', until: at('09:30:00'), next: 'regular' })
const regular = sessionWith({})
const after = sessionWith({ phase: 'after', until: at('20:00:00'), next: 'closed' })

test('IOC, FOK, OPG and CLS are for plain market and limit orders', () => {
  expect(stops(draftWith({ timeInForce: 'ioc' }))).toEqual([])
  expect(
    stops(draftWith({ timeInForce: 'gtc', type: 'stop', stopPrice: p('100.5'), limitPrice: undefined })),
  ).toEqual([])
  const stop = draftWith({ timeInForce: 'fok', type: 'stop', stopPrice: p('100.5'), limitPrice: undefined })
  expect(stops(stop)).toEqual(['refuse TIME_IN_FORCE_NOT_ALLOWED'])
  expect(stops(fixed(stop, found('TIME_IN_FORCE_NOT_ALLOWED', stop)))).toEqual([])
  const oto = draftWith({ timeInForce: 'ioc', orderClass: 'oto', stopLoss: { stopPrice: p('99') } })
  expect(stops(oto)).toEqual(['refuse TIME_IN_FORCE_NOT_ALLOWED'])
})

test.each([
  ['opg', pre, '09:27:59', true],
  ['opg', pre, '09:28:00', false],
  ['opg', regular, '12:00:00', false],
  ['opg', after, '18:59:59', false],
  ['opg', after, '19:00:00', true],
  ['cls', pre, '09:29:00', true],
  ['cls', regular, '15:49:59', true],
  ['cls', regular, '15:50:00', false],
  ['cls', after, '18:59:59', false],
  ['cls', after, '19:00:00', true],
] as const)('%s in the %j session at %s is accepted: %s', (timeInForce, session, time, isTaken) => {
  const context = moment({ session, now: at(time) })
  expect(found('TIME_IN_FORCE_NOT_ALLOWED', draftWith({ timeInForce }), context) === undefined).toBe(isTaken)
})

test('the demo market, which never closes, has no auction to miss', () => {
  const { until: _, ...session } = sessionWith({})
  expect(stops(draftWith({ timeInForce: 'opg' }), moment({ session }))).toEqual([])
})

test('extended hours accept only plain limit orders for the day', () => {
  const extended = (more: Partial<OrderDraft>) => draftWith({ extendedHours: true, ...more })
  expect(stops(extended({}))).toEqual([])
  for (const draft of [
    extended({ type: 'market', limitPrice: undefined }),
    extended({ timeInForce: 'gtc' }),
    extended({ orderClass: 'oto', stopLoss: { stopPrice: p('99') } }),
  ]) {
    const problem = found('EXTENDED_HOURS_NOT_ALLOWED', draft)
    expect(problem?.level).toBe('refuse')
    expect(stops(fixed(draft, problem))).toEqual([])
  }
})

test('before the open a limit order warns, a market order needs confirmation, and one that cannot wait is refused', () => {
  const context = moment({ session: after, now: at('17:00:00') })
  expect(found('MARKET_CLOSED', draftWith(), context)?.level).toBe('tell')
  expect(found('MARKET_CLOSED', draftWith({ extendedHours: true }), context)).toBeUndefined()
  expect(found('MARKET_CLOSED', atMarket(), context)?.level).toBe('ask')
  expect(found('MARKET_CLOSED', draftWith({ timeInForce: 'ioc' }), context)?.level).toBe('refuse')
  expect(found('MARKET_CLOSED', draftWith())).toBeUndefined()
})

test('one key sends a waiting order into the current extended session', () => {
  const context = moment({ session: pre, now: at('08:00:00') })
  for (const draft of [
    draftWith(),
    draftWith({ timeInForce: 'gtc' }),
    atMarket(),
    atMarket({ side: 'sell' }),
  ]) {
    const trading = fixed(draft, found('MARKET_CLOSED', draft, context))
    expect(stops(trading, context)).toEqual([])
    expect(trading).toMatchObject({ extendedHours: true, type: 'limit', timeInForce: 'day' })
  }
})

test('a closed market says why and until when', () => {
  const session = sessionWith({
    phase: 'closed',
    day: '2026-11-27',
    closedFor: 'Thanksgiving Day',
    until: at('04:00:00'),
  })
  const problem = found('MARKET_CLOSED', draftWith(), moment({ session }))
  expect(problem?.sentence).toBe(
    'Market closed (Thanksgiving Day) until 2026-11-27, 9:30 ET. Order queues until then.',
  )
  expect(problem?.fix).toBeUndefined()
})

test('an auction order does not warn that it waits', () => {
  for (const timeInForce of ['opg', 'cls'] as const) {
    const context = moment({ session: pre, now: at('08:00:00') })
    expect(found('MARKET_CLOSED', draftWith({ timeInForce }), context)).toBeUndefined()
  }
})

test('extended hours are offered only to orders that can trade in them', () => {
  const context = moment({
    session: pre,
    now: at('08:00:00'),
    asset: { ...EASY, fractionableExtended: false },
  })
  const oto = draftWith({ orderClass: 'oto', stopLoss: { stopPrice: p('99') } })
  const stop = draftWith({ type: 'stop', limitPrice: undefined, stopPrice: p('101') })
  const dollars = atMarket({ quantity: undefined, notional: p('500') })
  for (const draft of [oto, stop, dollars, draftWith({ quantity: q('1.5') })]) {
    const problem = found('MARKET_CLOSED', draft, context)
    expect(problem?.sentence).toMatch(/queues/i)
    expect(problem?.fix).toBeUndefined()
  }
  const easy = { ...context, asset: EASY }
  expect(found('MARKET_CLOSED', draftWith({ quantity: q('1.5') }), easy)?.fix).toMatchObject({
    change: { extendedHours: true, timeInForce: 'day' },
  })
  const unknown = { ...context, asset: 'unknown' as const }
  expect(found('MARKET_CLOSED', draftWith({ quantity: q('1.5') }), unknown)?.fix).toBeUndefined()
})
