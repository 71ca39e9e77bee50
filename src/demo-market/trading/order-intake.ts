import { isForAuction, isImmediate, isOpen, isTouched, type SimOrder } from '../matching/index.ts'
import type { FaultBoard } from '../faults.ts'
import { afterReplacementOf, statusInForce } from './family.ts'
import { endEntries } from './fills.ts'
import type { TradingHours } from './hours.ts'
import type { LedgerEntry, Ledger } from './ledger.ts'
import type { Matcher } from './matcher.ts'

/** What the order intake works with. */
interface OrderIntakeDeps {
  readonly ledger: Ledger
  readonly hours: TradingHours
  readonly matcher: Matcher
  readonly faults: FaultBoard
}

/** Accepts orders and acknowledges requests a moment later, so that the answer leaves first. */
export class OrderIntake {
  readonly #deps: OrderIntakeDeps
  #isStopped = false

  constructor(deps: OrderIntakeDeps) {
    this.#deps = deps
    const { accountState } = deps.ledger
    // Whatever was pending when the previous process ended.
    for (const { id, status } of accountState.openOrders()) {
      if (status === 'pending_new') this.#later(() => this.#acknowledge(id))
      if (status === 'pending_cancel') this.#later(() => this.#confirmCancel(id))
    }
  }

  stop(): void {
    this.#isStopped = true
  }

  /**
   * Adds an order with its legs to the account state; the first one is the order itself. Returns it as it is
   * then.
   */
  accept(orders: readonly SimOrder[]): SimOrder {
    const { ledger } = this.#deps
    ledger.record(orders.map((order) => ({ event: order.status, order })))
    const [{ id }] = [orders[0] ?? fail()]
    this.#later(() => this.#acknowledge(id))
    return this.#known(id)
  }

  /** Requests a replacement of an open order. Returns the replacement. */
  replace(old: SimOrder, replacement: SimOrder): SimOrder {
    this.#deps.ledger.record([
      { event: 'pending_replace', order: { ...old, status: 'pending_replace' } },
      { event: 'pending_new', order: replacement },
    ])
    this.#later(() => this.#acknowledge(replacement.id))
    return this.#known(replacement.id)
  }

  /** Requests to cancel an open order. */
  cancel(order: SimOrder): void {
    this.#deps.ledger.record([{ event: 'pending_cancel', order: { ...order, status: 'pending_cancel' } }])
    this.#later(() => this.#confirmCancel(order.id))
  }

  /** Confirms pending cancels immediately. */
  settle(): void {
    for (const { id } of this.#deps.ledger.accountState.openOrders()) this.#confirmCancel(id)
  }

  #acknowledge(id: string): void {
    const { ledger, faults, hours, matcher } = this.#deps
    const order = this.#known(id)
    if (order.status !== 'pending_new') return
    const time = ledger.stamp()
    if (faults.take('reject-order')) return ledger.record(this.#rejection(order, time))
    if (order.replaces !== null) return this.#confirmReplacement(order, this.#known(order.replaces), time)
    const trades = hours.trades(order, ledger.clock.now())
    if (!trades && isImmediate(order))
      return ledger.record(endEntries(ledger.accountState, order, 'canceled', time))
    const status = trades && !isForAuction(order) ? 'new' : 'accepted'
    ledger.record([{ event: status, order: { ...order, status } }])
    if (status === 'new') matcher.enter(order)
  }

  #confirmReplacement(order: SimOrder, old: SimOrder, time: string): void {
    const { ledger, matcher } = this.#deps
    if (!isOpen(old)) return ledger.record(this.#rejection(order, time))
    const status = statusInForce(ledger.accountState, { ...order, parentId: old.parentId })
    ledger.record([
      { event: 'replaced', order: { ...old, status: 'replaced', replacedAt: time, replacedBy: order.id } },
      { event: status, order: { ...order, status } },
      ...afterReplacementOf(ledger.accountState, old, order),
    ])
    if (status === 'new') matcher.enter(order)
  }

  /** A rejection after the answer. For a replacement, the old order stays unchanged. */
  #rejection(order: SimOrder, time: string): readonly LedgerEntry[] {
    const { ledger } = this.#deps
    const rejected: LedgerEntry = {
      event: 'rejected',
      order: { ...order, status: 'rejected', failedAt: time },
    }
    if (order.replaces === null) return endEntries(ledger.accountState, order, 'rejected', time)
    const old = this.#known(order.replaces)
    const status: SimOrder['status'] = isTouched(old)
      ? 'partially_filled'
      : statusInForce(ledger.accountState, old)
    const kept = old.status === 'pending_replace' ? { ...old, status } : old
    return [{ event: 'order_replace_rejected', order: kept }, rejected]
  }

  #confirmCancel(id: string): void {
    const { ledger } = this.#deps
    const order = this.#known(id)
    if (order.status === 'pending_cancel')
      ledger.record(endEntries(ledger.accountState, order, 'canceled', ledger.stamp()))
    if (order.status === 'filled') ledger.record([{ event: 'order_cancel_rejected', order }])
  }

  #known(id: string): SimOrder {
    return this.#deps.ledger.accountState.order(id) ?? fail()
  }

  #later(run: () => void): void {
    const { faults, ledger } = this.#deps
    const whileRunning = () => {
      if (!this.#isStopped) run()
    }
    const slow = faults.take('slow-acknowledgement')
    if (slow === undefined) setImmediate(whileRunning)
    else ledger.clock.after(slow.ms, whileRunning)
  }
}

function fail(): never {
  throw new Error('an order of the demo exchange is missing')
}
