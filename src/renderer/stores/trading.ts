import { create } from 'zustand'
import type { TradingChange, TradingSnapshot, TradingState } from '#shared/trading/account'
import type { Fault } from '../ui/faults.ts'
import { ask, signal } from './signal.ts'

/** Fills kept in memory; older ones are in the event log. */
const MOST_FILLS = 2_000

/** The account as main last reported it; absent until then. Written by {@link followTrading} alone. */
export const useTrading = create<{ readonly trading?: TradingSnapshot }>(() => ({}))

/**
 * The snapshot after a change: orders are matched by id, newest first; new fills go in front, unless the
 * change holds all of them.
 */
export function afterChange(before: TradingSnapshot, change: TradingChange): TradingSnapshot {
  const { isAnew, orders, fills, ...replaced } = change
  return {
    ...before,
    ...replaced,
    ...(orders && { orders: isAnew ? orders : withOrders(before.orders, orders) }),
    ...(fills && { fills: isAnew ? fills : withFills(before.fills, fills) }),
  }
}

function withOrders(before: TradingSnapshot['orders'], changed: TradingSnapshot['orders']) {
  const byId = new Map(before.map((order) => [order.id, order]))
  const fresh = changed.filter(({ id }) => !byId.has(id))
  for (const order of changed) if (byId.has(order.id)) byId.set(order.id, order)
  return [...fresh, ...byId.values()]
}

function withFills(before: TradingSnapshot['fills'], fresh: TradingSnapshot['fills']) {
  const known = new Set(before.map(({ executionId }) => executionId))
  return [...fresh.filter(({ executionId }) => !known.has(executionId)), ...before].slice(0, MOST_FILLS)
}

/** Whether the trader's kill switch blocks new orders. */
export const isKillSwitchOn = (trading: TradingState | undefined): boolean =>
  trading?.reasons.some(({ reason }) => reason === 'kill-switch') ?? false

/** Asks for everything known now. Answers the fault, or undefined on success. */
export async function refreshTrading(): Promise<Fault | undefined> {
  const answer = await ask(signal().trading.snapshot())
  if (!answer.ok) return answer.error
  useTrading.setState({ trading: answer.value })
  return undefined
}

/** Clears the old account before another market is shown. */
export const clearTrading = (): void => useTrading.setState({}, true)

/** Follows changes reported by main. Returns its stop. */
export const followTrading = (): (() => void) =>
  signal().trading.changed((change) =>
    useTrading.setState(({ trading }) => (trading ? { trading: afterChange(trading, change) } : {})),
  )
