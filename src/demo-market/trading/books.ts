import type { Decimal } from 'decimal.js'
import * as z from 'zod'
import { amount } from './exact.ts'
import { execution, type Execution } from './execution.ts'
import { demoOrder, isOpen, signOf, type DemoOrder } from './order.ts'
import { afterFill, FLAT, type Holding } from './position.ts'

/** Something that happened to an order: the order after it, and the fill if it was one. */
export const change = z.object({
  /** Alpaca's word for it; null where nobody is told. */
  event: z.string().nullable(),
  order: demoOrder,
  execution: execution.optional(),
})
export type Change = z.output<typeof change>

/** Everything that the account is, at one moment, in a form that can be written down. */
export const snapshot = z.object({
  cash: z.string(),
  /** Epoch ms. */
  createdAt: z.number(),
  holdings: z.record(z.string(), z.object({ qty: z.string(), cost: z.string() })),
  orders: z.array(demoOrder),
  executions: z.array(execution),
})
export type Snapshot = z.output<typeof snapshot>

/** An account at its beginning. */
export const opened = (cash: string, createdAt: number): Snapshot => ({
  cash,
  createdAt,
  holdings: {},
  orders: [],
  executions: [],
})

/** Cash, holdings, orders and fills: the fold of all that happened. */
export class Books {
  readonly createdAt: number
  readonly #orders = new Map<string, DemoOrder>()
  readonly #open = new Map<string, DemoOrder>()
  readonly #byClientId = new Map<string, string>()
  readonly #holdings = new Map<string, Holding>()
  readonly #executions: Execution[] = []
  #cash: Decimal

  constructor({ cash, createdAt, holdings, orders, executions }: Snapshot) {
    this.createdAt = createdAt
    this.#cash = amount(cash)
    for (const order of orders) this.#file(order)
    for (const [symbol, { qty, cost }] of Object.entries(holdings))
      this.#holdings.set(symbol, { qty: amount(qty), cost: amount(cost) })
    this.#executions.push(...executions)
  }

  apply({ order, execution: fill }: Change): void {
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

  /** What is held, by symbol; no symbol that is flat. */
  get holdings(): ReadonlyMap<string, Holding> {
    return this.#holdings
  }

  holding(symbol: string): Holding {
    return this.#holdings.get(symbol) ?? FLAT
  }

  /** All orders, in the order in which they came. */
  orders(): readonly DemoOrder[] {
    return [...this.#orders.values()]
  }

  openOrders(): readonly DemoOrder[] {
    return [...this.#open.values()]
  }

  get hasOpenOrders(): boolean {
    return this.#open.size > 0
  }

  order(id: string): DemoOrder | undefined {
    return this.#orders.get(id)
  }

  orderByClientId(clientOrderId: string): DemoOrder | undefined {
    return this.#orders.get(this.#byClientId.get(clientOrderId) ?? '')
  }

  /** Fills, oldest first. */
  get executions(): readonly Execution[] {
    return this.#executions
  }

  /** All of it, with no more than so many closed orders and fills, the newest. */
  snapshot(keep: number): Snapshot {
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

  #file(order: DemoOrder): void {
    this.#orders.set(order.id, order)
    this.#byClientId.set(order.clientOrderId, order.id)
    if (isOpen(order)) this.#open.set(order.id, order)
    else this.#open.delete(order.id)
  }
}
