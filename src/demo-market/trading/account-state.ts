import type { Decimal } from 'decimal.js'
import * as z from 'zod'
import {
  afterFill,
  amount,
  execution,
  type Execution,
  FLAT,
  isOpen,
  signOf,
  type SimHolding,
  simOrder,
  type SimOrder,
} from '../matching/index.ts'

/** Something that happened to an order: the order after it, and the fill if there was one. */
export const change = z.object({
  /** Alpaca's name for the event; null if clients are not told. */
  event: z.string().nullable(),
  order: simOrder,
  execution: execution.optional(),
})
export type OrderUpdate = z.output<typeof change>

/** Everything about the account at one moment, in a form that can be saved. */
export const snapshot = z.object({
  cash: z.string(),
  /** Epoch ms. */
  createdAt: z.number(),
  holdings: z.record(z.string(), z.object({ qty: z.string(), cost: z.string() })),
  orders: z.array(simOrder),
  executions: z.array(execution),
})
export type SimAccountSnapshot = z.output<typeof snapshot>

/** A newly opened account. */
export const opened = (cash: string, createdAt: number): SimAccountSnapshot => ({
  cash,
  createdAt,
  holdings: {},
  orders: [],
  executions: [],
})

/** Cash, holdings, orders and fills: the fold of everything that happened. */
export class SimAccountState {
  readonly createdAt: number
  readonly #orders = new Map<string, SimOrder>()
  readonly #open = new Map<string, SimOrder>()
  readonly #byClientId = new Map<string, string>()
  readonly #holdings = new Map<string, SimHolding>()
  readonly #executions: Execution[] = []
  #cash: Decimal

  constructor({ cash, createdAt, holdings, orders, executions }: SimAccountSnapshot) {
    this.createdAt = createdAt
    this.#cash = amount(cash)
    for (const order of orders) this.#file(order)
    for (const [symbol, { qty, cost }] of Object.entries(holdings))
      this.#holdings.set(symbol, { qty: amount(qty), cost: amount(cost) })
    this.#executions.push(...executions)
  }

  apply({ order, execution: fill }: OrderUpdate): void {
    this.#file(order)
    if (fill === undefined) return
    const { symbol, side } = fill
    const [qty, price] = [amount(fill.qty), amount(fill.price)]
    this.#executions.push(fill)
    this.#cash = this.#cash.minus(qty.times(price).times(signOf(side)))
    const { holding } = afterFill(this.holding(symbol), { side, qty, price })
    if (holding.qty.eq(0)) this.#holdings.delete(symbol)
    else this.#holdings.set(symbol, holding)
  }

  get cash(): Decimal {
    return this.#cash
  }

  /** Holdings by symbol, without flat ones. */
  get holdings(): ReadonlyMap<string, SimHolding> {
    return this.#holdings
  }

  holding(symbol: string): SimHolding {
    return this.#holdings.get(symbol) ?? FLAT
  }

  /** All orders, in the order they arrived. */
  orders(): readonly SimOrder[] {
    return [...this.#orders.values()]
  }

  openOrders(): readonly SimOrder[] {
    return [...this.#open.values()]
  }

  get hasOpenOrders(): boolean {
    return this.#open.size > 0
  }

  order(id: string): SimOrder | undefined {
    return this.#orders.get(id)
  }

  orderByClientId(clientOrderId: string): SimOrder | undefined {
    return this.#orders.get(this.#byClientId.get(clientOrderId) ?? '')
  }

  /** Fills, oldest first. */
  get executions(): readonly Execution[] {
    return this.#executions
  }

  /** Everything, with at most `keep` closed orders and fills, the newest ones. */
  snapshot(keep: number): SimAccountSnapshot {
    const closed = this.orders().filter((order) => !isOpen(order))
    const forgotten = new Set(closed.slice(0, Math.max(0, closed.length - keep)))
    return {
      cash: this.#cash.toFixed(),
      createdAt: this.createdAt,
      holdings: Object.fromEntries(
        [...this.#holdings].map(([symbol, { qty, cost }]) => [
          symbol,
          { qty: qty.toFixed(), cost: cost.toFixed() },
        ]),
      ),
      orders: this.orders().filter((order) => !forgotten.has(order)),
      executions: this.#executions.slice(-keep),
    }
  }

  #file(order: SimOrder): void {
    this.#orders.set(order.id, order)
    this.#byClientId.set(order.clientOrderId, order.id)
    if (isOpen(order)) this.#open.set(order.id, order)
    else this.#open.delete(order.id)
  }
}
