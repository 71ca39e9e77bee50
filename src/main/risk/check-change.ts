import { formatShares } from '#shared/format/shares'
import { unreachable } from '#shared/result'
import { type OrderChange, type OrderDraft, type OrderState, type OrderView } from '#shared/trading/order'
import type { OrderProblem, ProblemFix } from '#shared/trading/problem'
import { replaceObstacle } from '#shared/trading/replace-rules'
import { PLACES, quantity, toSignedDecimal } from '#shared/units'
import { exact } from './amounts.ts'
import { changedOrder, valuesOf } from './changed-order.ts'
import { CHECKS, runChecks } from './check-draft.ts'
import { reservedFor } from './checks/buying-power.ts'
import { checkLegSides } from './checks/legs.ts'
import { checkWashTrade } from './checks/wash-trade.ts'
import type { RiskContext } from './context.ts'
import { groupOf } from './exits.ts'
import { refuse } from './problems.ts'

/** Why an order in these states cannot be changed now. */
const BUSY: { readonly [S in OrderState]?: string } = {
  requested: 'No reply from Alpaca yet; please wait.',
  unconfirmed: 'It is unconfirmed; checking. Please wait.',
  accepted: 'Accepted, not yet working. Wait or cancel.',
  'done-for-day': 'It is done for the day. Cancel it and send a new one.',
  'pending-cancel': 'Cancel pending.',
  'pending-replace': 'Replace pending; please wait.',
}

/**
 * Checks a change of an open order: its unfilled rest must pass the checks of a new order. `context` does
 * not include the order itself.
 */
export function checkChange(
  order: OrderView,
  change: OrderChange,
  context: RiskContext,
): readonly OrderProblem[] {
  const reason = whyNot(order, context)
  if (reason !== undefined) return [refuse('ORDER_NOT_CHANGEABLE', reason)]
  const own = ownProblems(order, change)
  if (own.length > 0) return own
  const draft = changedOrder(order, change)
  const around = withoutOrder(order, context)
  const isComplex = order.orderClass === 'bracket' || order.orderClass === 'oco'
  const checks = isComplex ? CHECKS.filter((check) => check !== checkWashTrade) : CHECKS
  return [...runChecks(checks, draft, around), ...checkLegSides(withLegs(order, draft, context), around)].map(
    (problem) => withFixOf(order, problem),
  )
}

function whyNot(order: OrderView, { openOrders }: RiskContext): string | undefined {
  const isEntryOpen = openOrders.some(({ id }) => id === order.parentId)
  const obstacle = replaceObstacle(order, isEntryOpen)
  switch (obstacle) {
    case undefined:
      return undefined
    case 'closed':
      return `Order already ${order.state === 'never-arrived' ? 'closed' : order.state}. Send a new one.`
    case 'waits-for-entry':
      return 'Can’t be changed before its entry is filled.'
    case 'busy':
      return `Can’t be changed now. ${BUSY[order.state] ?? ''}`
    case 'not-confirmed':
      return 'Can’t be changed until Alpaca confirms it.'
    case 'not-whole':
      return 'Dollar and fractional orders can’t be changed. Cancel it and send a new one.'
    default:
      return unreachable(obstacle)
  }
}

/** Problems of the change itself, found before the changed order is checked. */
function ownProblems(order: OrderView, change: OrderChange): readonly OrderProblem[] {
  const before = valuesOf(order)
  const unfit = (['limitPrice', 'stopPrice', 'trail'] as const).filter(
    (field) => change[field] !== undefined && before[field] === undefined,
  )
  if (unfit.length > 0)
    return unfit.map((field) =>
      refuse('ORDER_NOT_CHANGEABLE', `Not editable on a ${order.type.replace('_', ' ')} order.`, {
        field,
      }),
    )
  if (!isDifferent(order, change)) return [refuse('NOTHING_CHANGED', 'No changes.')]
  const { quantity: wanted } = change
  if (wanted === undefined) return []
  if (!exact(wanted).isInteger())
    return [refuse('FRACTION_NOT_ALLOWED', 'Whole shares only.', { field: 'quantity' })]
  return exact(wanted).lte(order.filledQuantity)
    ? [
        refuse(
          'QUANTITY_NOT_POSITIVE',
          exact(wanted).isZero()
            ? 'Quantity must be above 0. To end the order, cancel it.'
            : `Must exceed ${formatShares(order.filledQuantity)} (already filled). To stop here, cancel the rest.`,
          { field: 'quantity' },
        ),
      ]
    : []
}

function isDifferent(order: OrderView, change: OrderChange): boolean {
  const before = valuesOf(order)
  const amounts = ['quantity', 'limitPrice', 'stopPrice', 'trail'] as const
  return (
    amounts.some((field) => change[field] !== undefined && !exact(change[field]).eq(before[field] ?? 0)) ||
    (change.timeInForce !== undefined && change.timeInForce !== order.timeInForce)
  )
}

/** The context without the order and the exits paired with it, and with its buying power free. */
function withoutOrder(order: OrderView, context: RiskContext): RiskContext {
  const openOrders = context.openOrders.filter(
    (other) => groupOf(other) !== groupOf(order) || other.side !== order.side,
  )
  const around = { ...context, openOrders }
  const reserved = reservedFor(changedOrder(order, {}), around)
  const { account } = context
  if (account === undefined || reserved === undefined) return around
  const buyingPower = toSignedDecimal(reserved.plus(account.buyingPower).toDecimalPlaces(PLACES))
  return { ...around, account: { ...account, buyingPower } }
}

/** The changed order with the exits that wait for it, or the stop it is paired with. */
function withLegs(
  { id, orderClass, parentId }: OrderView,
  draft: OrderDraft,
  { openOrders }: RiskContext,
): OrderDraft {
  if (orderClass === 'simple' || parentId !== undefined) return draft
  const legs = openOrders.filter((other) => other.parentId === id)
  const target =
    orderClass === 'oco' ? draft.limitPrice : legs.find(({ leg }) => leg === 'take-profit')?.limitPrice
  const stop = legs.find(({ leg }) => leg === 'stop-loss')?.stopPrice
  return {
    ...draft,
    orderClass,
    ...(target && { takeProfit: { limitPrice: target } }),
    ...(stop && { stopLoss: { stopPrice: stop } }),
  }
}

const CHANGEABLE: ReadonlySet<string> = new Set(['quantity', 'limitPrice', 'stopPrice', 'timeInForce'])

/** Turns a fix for the unfilled rest into one for the whole order; drops it if a change cannot do it. */
function withFixOf({ filledQuantity }: OrderView, problem: OrderProblem): OrderProblem {
  const { fix, ...rest } = problem
  if (fix?.kind !== 'change') return problem
  const fields = Object.entries(fix.change)
  if (!fields.every(([name, value]) => CHANGEABLE.has(name) && value !== undefined)) return rest
  const { quantity: left } = fix.change
  if (left === undefined || exact(filledQuantity).isZero()) return problem
  const total = quantity.safeParse(exact(filledQuantity).plus(left).toFixed()).data
  if (total === undefined) return rest
  const whole: ProblemFix = {
    ...fix,
    label: `Use ${formatShares(total)} shares`,
    change: { ...fix.change, quantity: total },
  }
  return { ...rest, fix: whole }
}
