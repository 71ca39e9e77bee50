import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  orderChange,
  orderClass,
  orderDraft,
  orderSide,
  orderType,
  timeInForce,
  type OrderDraft,
} from '#shared/trading/order'
import type { ProblemCode } from '#shared/trading/problem'
import { checkChange, checkDraft, isReducing, whatIf, type RiskContext } from './index.ts'
import {
  AAPL,
  accountWith,
  EASY,
  fixed,
  heldBack,
  holding,
  moment,
  NOW,
  p,
  q,
  rowWith,
  s,
  sessionWith,
  working,
} from '../../../tests/support/risk-context.ts'

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''))
const decimal = (whole: number) =>
  fc
    .tuple(digits(1, whole), digits(0, 9))
    .map(([integer, fraction]) => (fraction === '' ? integer : `${integer}.${fraction}`))

/** Near the market, absurd, and everything between. */
const prices = fc.oneof(
  fc.integer({ min: 9_000, max: 11_000 }).map((cents) => p(String(cents / 100))),
  fc
    .integer({ min: 9_000, max: 11_000 })
    .map((cents) => p(`${cents / 100}`.concat(cents % 100 === 0 ? '.005' : '5'))),
  decimal(3).map(p),
  decimal(40).map(p),
  fc.constantFrom(...['0', '0.000000001', '0.9999', '1', '1000000000', '0.00001'].map(p)),
)
const quantities = fc.oneof(
  fc.integer({ min: 0, max: 12_000 }).map((shares) => q(String(shares))),
  decimal(3).map(q),
  decimal(12).map(q),
  fc.constantFrom(...['999999999999.999999999', '0.000000001', '1000000000'].map(q)),
)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const drafts: fc.Arbitrary<OrderDraft> = fc.record({
  symbol: fc.constant(AAPL),
  side: fc.constantFrom(...orderSide.options),
  type: fc.constantFrom(...orderType.options),
  timeInForce: fc.constantFrom(...timeInForce.options),
  orderClass: fc.oneof(fc.constant('simple' as const), fc.constantFrom(...orderClass.options)),
  quantity: maybe(quantities),
  notional: fc.oneof(fc.constant(undefined), maybe(prices)),
  limitPrice: maybe(prices),
  stopPrice: maybe(prices),
  trailPrice: maybe(prices),
  trailPercent: maybe(prices),
  extendedHours: fc.boolean(),
  takeProfit: maybe(fc.record({ limitPrice: prices })),
  stopLoss: maybe(fc.record({ stopPrice: prices, limitPrice: maybe(prices) })),
})

const rows = fc.oneof(
  fc.constant(rowWith()),
  fc
    .record({ bid: prices, ask: prices, price: prices })
    .chain((quote) =>
      fc
        .tuple(fc.nat(100_000), fc.constantFrom('live', 'ageing', 'stale', 'quiet', 'closed', 'disconnected'))
        .map(([age, freshness]) => rowWith({ ...quote, freshness }, age)),
    ),
  fc.constant(rowWith({ halt: { code: 'T1', reason: '', at: 0 } })),
)
const openOrders = fc.array(
  fc
    .record({
      quantity: quantities,
      side: fc.constantFrom(...orderSide.options),
      state: fc.constantFrom('open', 'unconfirmed', 'pending-cancel', 'held'),
    })
    .map((more) => working('w', { ...more, limitPrice: p('100') })),
  { maxLength: 3 },
)
const amounts = fc.oneof(fc.integer({ min: -1_000, max: 300_000 }).map(String), decimal(12)).map(s)

const contexts: fc.Arbitrary<RiskContext> = fc
  .record({
    row: maybe(rows),
    position: maybe(
      fc.tuple(fc.boolean(), quantities).map(([short, shares]) => holding(short ? `-${shares}` : shares)),
    ),
    account: maybe(
      fc.record({ equity: amounts, buyingPower: amounts, lastEquity: amounts }).map(accountWith),
    ),
    openOrders,
    asset: fc.constantFrom(EASY, 'unknown' as const, undefined, {
      ...EASY,
      fractionable: false,
      shortable: false,
    }),
    mode: fc.constantFrom('paper' as const, 'live' as const),
    session: fc
      .constantFrom('pre' as const, 'regular' as const, 'after' as const, 'closed' as const)
      .map((phase) => sessionWith({ phase })),
    trading: fc.constantFrom(
      heldBack('active'),
      heldBack('reducing', 'feed-mute', 'reconciling', 'daily-loss', 'disconnected', 'not-armed'),
    ),
    recent: fc.array(
      fc.record({
        symbol: fc.constant(AAPL),
        side: fc.constantFrom(...orderSide.options),
        amount: quantities,
        at: fc.nat(70_000).map((ago) => NOW - ago),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ row, position, account, ...more }) => {
    const { row: _row, account: _account, ...rest } = moment(more)
    return { ...rest, ...(row && { row }), ...(position && { position }), ...(account && { account }) }
  })

const RUNS = { numRuns: 800 }

test('every draft gets readable problems, valid fixes and a finite preview', () => {
  fc.assert(
    fc.property(drafts, contexts, (draft, context) => {
      for (const { sentence, fix } of checkDraft(draft, context)) {
        expect(`${sentence} ${fix?.label}`).not.toMatch(/NaN|Infinity|undefined [^.]|\[object/)
        if (fix?.kind === 'change')
          expect(orderDraft.safeParse({ ...draft, ...fix.change }).success).toBe(true)
      }
      for (const value of Object.values(whatIf(draft, context)))
        expect(Number.isFinite(Number(value))).toBe(true)
    }),
    RUNS,
  )
})

test('applying a fix removes its problem', () => {
  fc.assert(
    fc.property(drafts, contexts, (draft, context) => {
      for (const problem of checkDraft(draft, context)) {
        if (problem.fix?.kind !== 'change') continue
        const left = checkDraft(fixed(draft, problem), context)
        expect(left.filter(({ code, field }) => code === problem.code && field === problem.field)).toEqual([])
      }
    }),
    RUNS,
  )
})

/** Problems that may block an entry but never an exit. */
const ONLY_ENTRIES: ReadonlySet<ProblemCode> = new Set([
  'QUOTE_STALE', 'QUOTE_MISSING', 'PRICE_OUTSIDE_BAND', 'SPREAD_TOO_WIDE', 'NOTIONAL_EXCEEDS_LIMIT', 'QUANTITY_EXCEEDS_LIMIT',
  'POSITION_CONCENTRATION', 'DAILY_LOSS_LIMIT', 'RATE_LIMIT_EXCEEDED', 'BUYING_POWER_EXCEEDED', 'TRADING_HALTED', 'FEED_MUTE',
  'RECONCILING', 'LIVE_NOT_ARMED', 'NOT_CONNECTED', 'UNCONFIRMED', 'SHORT_NOT_ALLOWED', 'CROSSES_ZERO', 'QUANTITY_HELD',
  'REDUCE_ONLY_WOULD_INCREASE_POSITION',
]) // prettier-ignore

/** Drafts on the closing side of a position large enough for most of them. */
const exits = fc.tuple(drafts, contexts, fc.boolean()).map(([draft, context, isShort]) => ({
  draft: { ...draft, side: isShort ? ('buy' as const) : ('sell' as const) },
  context: { ...context, position: holding(isShort ? '-999999999999' : '999999999999') },
}))

test('no exit is refused by a check meant for entries', () => {
  fc.assert(
    fc.property(exits, ({ draft, context }) => {
      fc.pre(isReducing(draft, context))
      const refused = checkDraft(draft, context).filter(
        ({ level, code }) => level === 'refuse' && ONLY_ENTRIES.has(code),
      )
      expect(refused).toEqual([])
    }),
    RUNS,
  )
})

const changes = fc.record({
  quantity: maybe(quantities),
  limitPrice: maybe(prices),
  stopPrice: maybe(prices),
  trail: maybe(prices),
  timeInForce: maybe(fc.constantFrom(...timeInForce.options)),
})

const orders = fc
  .record({
    side: fc.constantFrom(...orderSide.options),
    type: fc.constantFrom(...orderType.options),
    orderClass: fc.constantFrom(...orderClass.options),
    quantity: quantities,
    filledQuantity: fc.constantFrom(q('0'), q('1'), q('999999999999')),
    limitPrice: prices,
    stopPrice: prices,
    trailPercent: prices,
  })
  .map((more) => working('o', more))

test('every change gets readable problems, and their fixes are valid changes', () => {
  fc.assert(
    fc.property(orders, changes, contexts, (order, change, context) => {
      for (const { sentence, fix } of checkChange(order, change, context)) {
        expect(`${sentence} ${fix?.label}`).not.toMatch(/NaN|Infinity|undefined [^.]|\[object/)
        if (fix?.kind === 'change') expect(orderChange.safeParse(fix.change).success).toBe(true)
      }
    }),
    RUNS,
  )
})
