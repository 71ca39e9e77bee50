import { Decimal } from 'decimal.js'
import { isDeepStrictEqual } from 'node:util'
import { exchangeDayOf } from '../../../src/shared/exchange-calendar.ts'
import { SHOWN_CLOSED, type TradingSnapshot } from '../../../src/shared/trading/account.ts'
import type { AuditEvent } from '../../../src/shared/trading/audit.ts'
import { isClosed, isTurnedAway } from '../../../src/shared/trading/order.ts'
import type { Order, Position } from '#alpaca'
import {
  AccountState,
  onDay,
  readSnapshot,
  toSnapshot,
  type OrderRecord,
} from '../../../src/main/execution/state/index.ts'
import { orderView } from '../../../src/main/execution/views/order-view.ts'
import type { ReferenceFill } from './reference-exchange.ts'
import type { TradingWorld } from './world.ts'

const PREFIX = 'paper:'
const UNSETTLED: ReadonlySet<string> = new Set([
  'requested',
  'unconfirmed',
  'pending-cancel',
  'pending-replace',
])
/** An order that the opening does not know was over by then, long before. */
const KNOWN_FOR_MS = 600_000
/** Tolerance for rounding: averages are kept to nine places. */
const CENT = new Decimal('0.01')
const TENTH_OF_A_CENT = new Decimal('0.001')

const describe = (holding: object | undefined): string => JSON.stringify(holding)

/** What the windows currently show. */
export function snapshotOf(world: TradingWorld): TradingSnapshot {
  const answer = world.trading.handlers.snapshot()
  if (answer instanceof Promise || !answer.ok) throw new Error('a snapshot is answered immediately')
  return answer.value
}

/** Whether nothing is in progress now, as far as the trader can tell. */
export function isQuiet(world: TradingWorld): boolean {
  const { orders, reconciliation, trading } = snapshotOf(world)
  return (
    reconciliation.state === 'agreed' &&
    trading.state === 'active' &&
    orders.every(({ state }) => !UNSETTLED.has(state))
  )
}

/**
 * Everything that is not as it must be once the world is quiet; empty if all is well. `over`: orders closed
 * before there was an engine, which it need not know.
 */
export function disagreements(world: TradingWorld, over: ReadonlySet<string>): readonly string[] {
  const accountState = fold(world)
  return [
    ...world.faults,
    ...doubled(world),
    ...openEnds(world),
    ...world.exchange.orders
      .filter(({ id, clientOrderId }) => accountState.orders.has(clientOrderId) || !over.has(id))
      .flatMap((order) => ofOrder(accountState, order)),
    ...ofHoldings(accountState, world),
    ...ofProfit(accountState, world),
    ...ofFills(accountState, world),
    ...ofViews(accountState, world),
    ...ofSnapshot(world),
    ...world.log.events
      .filter(({ type }) => type === 'PositionAdjusted' || type === 'CashAdjusted')
      .map(({ type, payload }) => `${type}: a fill was not understood ${JSON.stringify(payload)}`),
  ]
}

/** A fresh fold of the whole log, or of its beginning. */
function fold(
  { log }: TradingWorld,
  untilId = Infinity,
  from?: { accountState: AccountState; lastId: number },
): AccountState {
  const accountState = from?.accountState ?? new AccountState(PREFIX)
  for (const event of log.events)
    if (event.id <= untilId && event.id > (from?.lastId ?? 0)) accountState.apply(event)
  return accountState
}

const doubled = ({ sent, exchange }: TradingWorld): readonly string[] => [
  ...[...sent].filter(([, times]) => times > 1).map(([id, times]) => `order ${id} was sent ${times} times`),
  ...[...exchange.arrivals]
    .filter(([, times]) => times > 1)
    .map(([id, times]) => `order ${id} arrived ${times} times`),
]

function openEnds(world: TradingWorld): readonly string[] {
  const { orders, reconciliation } = snapshotOf(world)
  const known = new Set(world.exchange.orders.map(({ clientOrderId }) => clientOrderId))
  return [
    ...orders
      .filter(({ state }) => UNSETTLED.has(state))
      .map(({ id, state }) => `order ${id} is ${state} still`),
    ...orders
      .filter((order) => !known.has(order.id) && !isTurnedAway(order))
      .map(({ id, state }) => `order ${id} is ${state}, and the exchange does not know it`),
    ...(reconciliation.state === 'agreed' ? [] : [`the comparison ${reconciliation.state}`]),
  ]
}

const STATES: Readonly<Partial<Record<string, OrderRecord['state']>>> = {
  pending_new: 'accepted',
  accepted: 'accepted',
  held: 'held',
  new: 'open',
  partially_filled: 'partially-filled',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'expired',
  rejected: 'rejected',
  replaced: 'replaced',
}

function ofOrder(accountState: AccountState, their: Order): readonly string[] {
  const our = accountState.orders.get(their.clientOrderId)
  if (our === undefined) return [`order ${their.clientOrderId} is not in the account state`]
  const average = their.filledAvgPrice?.toDecimalPlaces(9).toFixed()
  const same = {
    exchangeId: our.exchangeId === their.id,
    filledQuantity: their.filledQty.eq(our.filledQuantity),
    average: our.averagePrice === average,
    state: STATES[their.status] === our.state,
    replacedBy: their.replacedBy === undefined || our.replacedBy === nameOf(accountState, their.replacedBy),
  }
  return Object.entries(same)
    .filter(([, isSame]) => !isSame)
    .map(
      ([what]) =>
        `order ${our.id}: ${what} differs, ours ${JSON.stringify(our)}, theirs ${JSON.stringify(their)}`,
    )
}

const nameOf = (accountState: AccountState, exchangeId: string): string | undefined =>
  accountState.idOf(exchangeId)

function ofHoldings(accountState: AccountState, { exchange }: TradingWorld): readonly string[] {
  const theirs = new Map<string, Position>(
    exchange.positions().map((position) => [position.symbol, position]),
  )
  const symbols = new Set<string>([...accountState.holdings.keys(), ...theirs.keys()])
  const wrong = [...symbols].flatMap((symbol) => {
    const our = [...accountState.holdings.values()].find((holding) => holding.symbol === symbol)
    const their = theirs.get(symbol)
    const isSame =
      (our?.quantity ?? new Decimal(0)).eq(their?.qty ?? 0) &&
      (our?.averagePrice ?? new Decimal(0))
        .minus(their?.avgEntryPrice ?? 0)
        .abs()
        .lt(TENTH_OF_A_CENT)
    return isSame ? [] : [`${symbol}: ours ${describe(our)}, theirs ${describe(their)}`]
  })
  const cash = accountState.cash ?? new Decimal(0)
  return cash.minus(exchange.cash).abs().lt(CENT)
    ? wrong
    : [...wrong, `cash: ours ${cash.toFixed()}, theirs ${exchange.cash.toFixed()}`]
}

/** Checks the profit realized today: the executions since the account state began, in the order of their execution. */
function ofProfit(accountState: AccountState, { exchange, log, clock }: TradingWorld): readonly string[] {
  const opened = log.events.filter(({ type }) => type === 'AccountOpened').at(-1)
  const today = exchangeDayOf(clock.now())
  return [...accountState.holdings.values()].flatMap((holding) => {
    const theirs = exchange.executions
      .filter(({ symbol, at }) => symbol === holding.symbol && exchangeDayOf(at) === today)
      .filter((execution) => !isBefore(execution, opened))
      .reduce((sum, { realized }) => sum.plus(realized), new Decimal(0))
    const ours = onDay(holding, today).realized
    return ours.minus(theirs).abs().lt(CENT)
      ? []
      : [`${holding.symbol}: realized ${ours.toFixed()}, theirs ${theirs.toFixed()}`]
  })
}

/** Whether the positions that the account state began with include an execution. */
function isBefore({ clientOrderId, cumQty, at }: ReferenceFill, opened: AuditEvent | undefined): boolean {
  const { filledBefore = [] } = (opened?.payload ?? {}) as {
    readonly filledBefore?: readonly { readonly id: string; readonly quantity: string }[]
  }
  const known = filledBefore.find(({ id }) => id === clientOrderId)
  return known === undefined
    ? at < (opened?.at ?? 0) - KNOWN_FOR_MS
    : (cumQty ?? new Decimal(0)).lte(known.quantity)
}

/** Checks that each order's fills add up to what was filled since the account state began. */
function ofFills({ fills, orders }: AccountState, { log }: TradingWorld): readonly string[] {
  const before = new Map(
    log.events
      .filter(({ type }) => type === 'ExternalOrderDetected')
      .map(({ stream, payload }) => [stream.replace(`${PREFIX}order:`, ''), String(payload['filledBefore'])]),
  )
  return [...orders.values()].flatMap(({ id, filledQuantity }) => {
    const sum = fills
      .filter(({ orderId }) => orderId === id)
      .reduce((total, { quantity }) => total.plus(quantity), new Decimal(before.get(id) ?? 0))
    return sum.eq(filledQuantity) ? [] : [`order ${id}: fills of ${sum.toFixed()}, filled ${filledQuantity}`]
  })
}

/** Checks that the live account state shows the same as the fresh fold, apart from many old orders. */
function ofViews(accountState: AccountState, world: TradingWorld): readonly string[] {
  const { orders, fills } = snapshotOf(world)
  const all = [...accountState.orders.values()].reverse().map((order) => orderView(order, accountState))
  const isMany = orders.filter(isClosed).length === SHOWN_CLOSED
  const ids = new Set(orders.map(({ id }) => id))
  const fresh = isMany ? all.filter((order) => ids.has(order.id) || !isClosed(order)) : all
  const freshFills = [...accountState.fills].reverse().filter(({ orderId }) => !isMany || ids.has(orderId))
  return [
    ...differing('live and folded orders', orders, fresh),
    ...differing('live and folded fills', fills, freshFills),
  ]
}

/** Checks that the saved snapshot is the fold up to its event, and that the fold continues from it. */
function ofSnapshot(world: TradingWorld): readonly string[] {
  const text = world.log.kept('account-state:paper')
  const kept = text === undefined ? undefined : readSnapshot(text)
  if (text === undefined || kept === undefined) return ['no snapshot was kept']
  const { lastId } = kept
  const written = (accountState: AccountState): unknown =>
    JSON.parse(toSnapshot({ lastId, state: accountState.toState() }))
  const onward = fold(world, Infinity, { accountState: new AccountState(PREFIX, kept.state), lastId })
  return [
    ...differing('the snapshot and the fold', JSON.parse(text), written(fold(world, lastId))),
    ...differing('the fold from the snapshot and the whole one', written(onward), written(fold(world))),
  ]
}

/** Where two values first differ. */
function differing(what: string, one: unknown, other: unknown): readonly string[] {
  if (isDeepStrictEqual(one, other)) return []
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null) {
    const [all, others] = [new Map(Object.entries(one)), new Map(Object.entries(other))]
    for (const name of new Set([...all.keys(), ...others.keys()])) {
      const found = differing(`${what}.${name}`, all.get(name), others.get(name))
      if (found.length > 0) return found
    }
  }
  return [`${what}: ${JSON.stringify(one)} differs from ${JSON.stringify(other)}`]
}
