import type { Decimal } from 'decimal.js'
import type { Clock } from '../clock.ts'
import type { Books, Change } from './books.ts'
import { amount } from './exact.ts'
import { newId } from './ids.ts'
import type { Journal } from './journal.ts'
import { leavesQty, signOf, type DemoOrder } from './order.ts'
import { stamper } from './stamps.ts'

/** Hears of all that happens, after it is written down. */
export type Listener = (changes: readonly Change[]) => void

/** What is to be put down about an order: the event's name for the clients, and what is new about the order. */
export interface Entry {
  readonly event: string | null
  readonly order: DemoOrder
  readonly fill?: { readonly price: Decimal; readonly qty: Decimal }
}

/** The one writer of the books: what happens is written to the journal, then it is so, then it is told. */
export class Ledger {
  readonly books: Books
  readonly clock: Clock
  /** The next stamp. */
  readonly stamp: () => string
  readonly #journal: Journal
  readonly #tell: Listener

  constructor(parts: { books: Books; journal: Journal; clock: Clock; tell: Listener }) {
    this.books = parts.books
    this.clock = parts.clock
    this.#journal = parts.journal
    this.#tell = parts.tell
    const stamps = this.books.orders().map(({ updatedAt }) => updatedAt)
    this.stamp = stamper(
      parts.clock,
      stamps.reduce((last, stamp) => (stamp > last ? stamp : last), ''),
    )
  }

  /** Puts down what happened at once, all of it or nothing. */
  record(entries: readonly Entry[]): void {
    if (entries.length === 0) return
    const changes = entries.map(({ event, order, fill }): Change => {
      const time = this.stamp()
      const stamped = { ...order, updatedAt: time }
      return fill === undefined
        ? { event, order: stamped }
        : { event, order: stamped, execution: this.#execution(stamped, fill, time) }
    })
    this.#journal.append(changes)
    for (const change of changes) this.books.apply(change)
    this.#tell(changes)
  }

  #execution(order: DemoOrder, { price, qty }: { price: Decimal; qty: Decimal }, time: string) {
    return {
      id: newId(),
      orderId: order.id,
      symbol: order.symbol,
      side: order.side,
      price: price.toFixed(),
      qty: qty.toFixed(),
      at: this.clock.now(),
      time,
      positionQty: this.books
        .holding(order.symbol)
        .qty.plus(qty.times(signOf(order.side)))
        .toFixed(),
      cumQty: amount(order.filledQty).toFixed(),
      leavesQty: (leavesQty(order) ?? amount(0)).toFixed(),
      complete: order.status === 'filled',
    }
  }
}
