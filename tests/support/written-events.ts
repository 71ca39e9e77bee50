import { readEvent, type TradingEventType } from '../../src/main/execution/state/event.ts'

type Payload = { readonly [name: string]: unknown }

const execution = {
  executionId: 'x-1',
  quantity: '60',
  price: '228.4',
  filledQuantity: '100',
  averagePrice: '228.38',
  filledAt: 0,
}
const amendment = {
  report: 'trade_bust x-3',
  previousId: 'x-1',
  execution: { executionId: 'x-3', quantity: '60', price: '228.4' },
  filledQuantity: '40',
  averagePrice: '228.35',
  filledBefore: '100',
  averageBefore: '228.38',
  amendedAt: 0,
}
const terms = { symbol: 'AAPL', side: 'buy', type: 'limit', orderClass: 'simple', timeInForce: 'day' }
const reason = 'Alpaca says no.'

/** A payload of every type of event that trading records, without its version; a new type must be added here. */
const PAYLOADS: { readonly [T in TradingEventType]: Payload } = {
  OrderRequested: {
    by: { kind: 'trader' },
    draft: { ...terms, quantity: '1000', limitPrice: '228.4', extendedHours: false },
    accepted: [],
  },
  OrderDenied: {
    by: { kind: 'trader' },
    draft: { ...terms, quantity: '1000', limitPrice: '228.4', extendedHours: false },
    accepted: [],
    problems: [{ code: 'NOTIONAL_EXCEEDS_LIMIT', sentence: '$228,400 exceeds your $100,000 order limit.' }],
  },
  ExternalOrderDetected: {
    terms: { ...terms, quantity: '10', limitPrice: '48', extendedHours: false },
    exchangeId: 'e-1',
    submittedAt: 0,
    filledBefore: '0',
  },
  OrderAccepted: { exchangeId: 'e-1', legs: [] },
  OrderOpen: {},
  OrderHeld: {},
  OrderPartiallyFilled: execution,
  OrderFilled: execution,
  OrderFillsRestated: {
    executions: [
      { executionId: 'x-1', quantity: '40', price: '228.35', filledAt: 0, nanos: 0 },
      { executionId: 'x-2', quantity: '60', price: '228.4', filledAt: 1, nanos: 0 },
    ],
  },
  OrderTradeBusted: amendment,
  OrderTradeCorrected: { ...amendment, filledQuantity: '100', averagePrice: '228.2' },
  OrderUpdated: { terms: { quantity: '7', limitPrice: '48' }, before: { quantity: '10', limitPrice: '50' } },
  OrderCancelRequested: { by: 'external' },
  OrderCancelRejected: { reason },
  OrderCanceled: { reason },
  OrderDoneForDay: { doneAt: 0 },
  OrderExpired: { expiredAt: 0 },
  OrderReplaceRequested: {
    replacedBy: 'o-2',
    change: { limitPrice: '229' },
    before: { limitPrice: '228.4' },
  },
  OrderReplaceRejected: { reason },
  OrderReplaceDenied: {
    by: { kind: 'trader' },
    change: { quantity: '50', limitPrice: '228.4' },
    before: { quantity: '100', limitPrice: '230' },
    accepted: [],
    problems: [{ code: 'PRICE_OUTSIDE_BAND', sentence: '11.7% above market (limit 5%).' }],
  },
  OrderReplaced: { replacedBy: 'o-2' },
  OrderRejected: { reason },
  OrderNeverArrived: { reason },
  OrderUnconfirmed: { reason },
  AccountOpened: { accountId: 'a-1', endsWith: '0001', cash: '100000', positions: [], filledBefore: [] },
  Reconciled: { cause: 'minute', differences: [] },
  PositionAdjusted: { symbol: 'AAPL', before: '10', quantity: '40' },
  PositionCloseDenied: {
    by: { kind: 'trader' },
    symbol: 'AAPL',
    problems: [{ code: 'NO_POSITION', sentence: 'No AAPL position.' }],
  },
  AccountStateSaved: { lastId: 7, sha256: '00' },
  LogDoubted: { finding: 'broken', sentence: 'Event 3 was changed.' },
  CashAdjusted: { before: '10', cash: '7.5' },
  KillSwitchEngaged: {},
  KillSwitchReleased: {},
  RiskLimitChanged: { limit: 'mostShares', before: 10_000, after: 5_000 },
  DailyLossReached: { day: '2025-11-24', lossPercent: '3.02' },
  LimitsConfirmed: { reasons: ['The database was replaced.'] },
  LiveArmed: { until: 0, despite: ['no-sandbox'] },
  LiveArmingFailed: { attempt: 2 },
  LiveDisarmed: { reason },
}

/** An event as trading writes it; fails for a payload that its reader refuses, and leaves out what is not in its schema. */
export function written(type: TradingEventType, payload: Payload = PAYLOADS[type]) {
  const event = readEvent({ type, payload: { version: 1, ...payload } })
  if (event === undefined) throw new Error(`Trading writes no ${type} like ${JSON.stringify(payload)}`)
  return event
}

/** One event of every type. */
export const writtenEvents = () =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the object above
  (Object.keys(PAYLOADS) as TradingEventType[]).map((type) => written(type))
