import type { Decimal } from 'decimal.js'
import { amount, leavesQty, signOf, type SimOrder } from '../matching/index.ts'
import type { Clock } from '../clock.ts'
import type { SimAccountState, OrderUpdate } from './account-state.ts'
import { newId } from './ids.ts'
import type { AccountFile } from './account-file.ts'
import { stamper } from './stamps.ts'

/** Receives everything that happens, after it is written. */
export type LedgerListener = (changes: readonly OrderUpdate[]) => void

/** What to record about an order: the event's name for clients, and what has changed about the order. */
export interface LedgerEntry {
  readonly event: string | null
  readonly order: SimOrder
  readonly fill?: { readonly price: Decimal; readonly qty: Decimal }
}

/**
 * The only writer of the account state: a change is written to the account file, then applied, then reported.
 */
export class Ledger {
  readonly accountState: SimAccountState
  readonly clock: Clock
  /** The next timestamp. */
  readonly stamp: () => string
  readonly #accountFile: AccountFile
  readonly #tell: LedgerListener

  constructor(deps: {
    accountState: SimAccountState
    accountFile: AccountFile
    clock: Clock
    tell: LedgerListener
  }) {
    this.accountState = deps.accountState
    this.clock = deps.clock
    this.#accountFile = deps.accountFile
    this.#tell = deps.tell
    const stamps = this.accountState.orders().map(({ updatedAt }) => updatedAt)
    this.stamp = stamper(
      deps.clock,
      stamps.reduce((last, stamp) => (stamp > last ? stamp : last), ''),
    )
  }

  /** Records what happened together, all of it or nothing. */
  record(entries: readonly LedgerEntry[]): void {
    if (entries.length === 0) return
    const changes = entries.map(({ event, order, fill }): OrderUpdate => {
      const time = this.stamp()
      const stamped = { ...order, updatedAt: time }
      return fill === undefined
        ? { event, order: stamped }
        : { event, order: stamped, execution: this.#execution(stamped, fill, time) }
    })
    this.#accountFile.append(changes)
    for (const change of changes) this.accountState.apply(change)
    this.#tell(changes)
  }

  #execution(order: SimOrder, { price, qty }: { price: Decimal; qty: Decimal }, time: string) {
    return {
      id: newId(),
      orderId: order.id,
      symbol: order.symbol,
      side: order.side,
      price: price.toFixed(),
      qty: qty.toFixed(),
      at: this.clock.now(),
      time,
      positionQty: this.accountState
        .holding(order.symbol)
        .qty.plus(qty.times(signOf(order.side)))
        .toFixed(),
      cumQty: amount(order.filledQty).toFixed(),
      leavesQty: (leavesQty(order) ?? amount(0)).toFixed(),
      complete: order.status === 'filled',
    }
  }
}
