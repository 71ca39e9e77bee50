import { create } from 'zustand'
import type { TradingChange, TradingSnapshot } from '#shared/trading/account'
import type { Fault } from '../ui/faults.ts'
import { ask, signal } from './signal.ts'

/** Fills that are kept; older ones are in the event log. */
const MOST_FILLS = 2_000

/** The account as main last told it; nothing until then. Written by {@link followTrading} alone. */
export const useTrading = create<{ readonly trading?: TradingSnapshot }>(() => ({}))

/** What a change makes of what was known: orders by id, newest first; fills are put in front, unless all are told. */
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

/** Asks for all that is known now. Answers the fault, or nothing when it went well. */
export async function refreshTrading(): Promise<Fault | undefined> {
  const answer = await ask(signal().trading.snapshot())
  if (!answer.ok) return answer.error
  useTrading.setState({ trading: answer.value })
  return undefined
}

/** Drops the account of the market that was shown until now, before another one is shown. */
export const clearTrading = (): void => useTrading.setState({}, true)

/** Keeps the store on what main tells. Returns its stop. */
export const followTrading = (): (() => void) =>
  signal().trading.changed((change) =>
    useTrading.setState(({ trading }) => (trading ? { trading: afterChange(trading, change) } : {})),
  )
