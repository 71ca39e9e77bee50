import {
  isForAuction,
  isImmediate,
  isOpen,
  limitOf,
  signOf,
  type SimOrder,
  wanted,
} from '../matching/index.ts'
import { endEntries, fillEntries } from './fills.ts'
import type { Matcher, MatcherDeps } from './matcher.ts'

/** How often to check whether an open order starts, ends or has no quote to meet. */
const TICK_MS = 100

/** Activates open orders in the morning, runs their auctions and ends them on time. Returns its stop. */
export function keepTime({ exchange, hours, ledger, prices }: MatcherDeps, matcher: Matcher): () => void {
  const { accountState } = ledger

  /** Fills the whole order at that moment's price, or cancels it. */
  function auction(order: SimOrder, at: number): void {
    const [price, limit, time] = [prices.at(order.symbol, at), limitOf(order), ledger.stamp()]
    const isTaken = limit === undefined || price.minus(limit).times(signOf(order.side)).lte(0)
    ledger.record(
      isTaken
        ? fillEntries(accountState, order, { price, qty: wanted(order, price), time, completes: true })
        : endEntries(accountState, order, 'canceled', time),
    )
  }

  function look(id: string, now: number): void {
    const order = accountState.order(id)
    if (order === undefined || !isOpen(order) || order.status === 'pending_new') return
    const end = order.expiresAt ?? Infinity
    if (isForAuction(order)) {
      if (end <= now && !matcher.isHeld(order.symbol)) auction(order, end)
    } else if (end <= now) ledger.record(endEntries(accountState, order, 'expired', ledger.stamp()))
    else if (order.status === 'accepted' && hours.trades(order, now)) {
      ledger.record([{ event: 'new', order: { ...order, status: 'new' } }])
      matcher.enter(order)
    } else if (isImmediate(order)) matcher.enter(order)
  }

  return exchange.clock.every(TICK_MS, () => {
    if (!accountState.hasOpenOrders) return
    const now = exchange.clock.now()
    for (const { id } of accountState.openOrders()) look(id, now)
    if (!exchange.isOpen(now)) return
    for (const symbol of new Set(accountState.openOrders().map((order) => order.symbol))) {
      const listing = prices.listing(symbol)
      // Makes a quote if nobody else asked for one within a second; the matcher receives it.
      if (listing !== undefined && !matcher.isHeld(symbol)) prices.quote(listing)
    }
  })
}
