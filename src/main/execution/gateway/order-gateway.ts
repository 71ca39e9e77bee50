import { Decimal } from 'decimal.js'
import { ok } from '#shared/result'
import type { OrderChange, OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { toQuantity, type Quantity, type StockSymbol } from '#shared/units'
import type { Books, EventOf, OrderRecord } from '../state/index.ts'
import type { Entry, Journal } from '../event-log/trading-log.ts'
import { orderView } from '../views/order-view.ts'
import type { TradingClient } from '../ports.ts'
import { databaseAway, refused, refusedFor, type OrderAnswer } from './refused.ts'
import { checkChange, checkDraft, openProblems, type RiskContext } from '../../risk/index.ts'
import type { Sender } from './order-sender.ts'
import { toOrderChange, toOrderRequest } from './to-alpaca-order.ts'

interface PlacingParts {
  readonly journal: Journal
  readonly client: TradingClient
  readonly sender: Sender
  readonly context: (symbol: StockSymbol, replaced?: string) => RiskContext
  /** The trader is there: keeps the live account armed. */
  readonly onUsed: () => void
}

/** What an attempt to note an intent came to. */
type Noted = 'noted' | 'known' | { readonly problems: readonly OrderProblem[] }

/**
 * Places and replaces orders: checks, notes the intent durably, then sends. The checks run when it is the intent's turn
 * to be noted, so that two windows cannot both spend the same buying power; one intent is one order, however often it
 * is submitted.
 */
export class Placing {
  readonly #parts: PlacingParts
  readonly #underway = new Map<string, Promise<OrderAnswer>>()

  constructor(parts: PlacingParts) {
    this.#parts = parts
  }

  /** A new order. `accepted`: problems to be asked about that the trader accepted, by code. */
  submit(order: {
    readonly intent: string
    readonly draft: OrderDraft
    readonly accepted: readonly string[]
  }): Promise<OrderAnswer> {
    const { intent, draft, accepted } = order
    const check = () => openProblems(checkDraft(draft, this.#parts.context(draft.symbol)), accepted)
    return this.#once(intent, () => this.#place(intent, draft, accepted, check))
  }

  /** An exit, which goes out whatever the limits say. */
  exit(intent: string, draft: OrderDraft): Promise<OrderAnswer> {
    return this.#once(intent, () => this.#place(intent, draft, [], () => []))
  }

  /** A new order in the place of one that works. */
  replace(request: {
    readonly intent: string
    readonly orderId: string
    readonly change: OrderChange
    readonly accepted: readonly string[]
  }): Promise<OrderAnswer> {
    return this.#once(request.intent, () => this.#replace(request))
  }

  #once(intent: string, run: () => Promise<OrderAnswer>): Promise<OrderAnswer> {
    this.#parts.onUsed()
    const underway = this.#underway.get(intent)
    if (underway !== undefined) return underway
    const answer = run().finally(() => this.#underway.delete(intent))
    this.#underway.set(intent, answer)
    return answer
  }

  async #place(
    id: string,
    draft: OrderDraft,
    accepted: readonly string[],
    check: () => readonly OrderProblem[],
  ): Promise<OrderAnswer> {
    const request: EventOf<'OrderRequested'> = {
      type: 'OrderRequested',
      payload: { version: 1, draft, accepted: [...accepted] },
    }
    const noted = await this.#note(id, () => {
      const problems = check()
      return problems.length > 0 ? { problems } : [{ stream: `order:${id}`, events: [request] }]
    })
    if (noted !== 'noted') return this.#unsent(id, noted)
    const { sender, client } = this.#parts
    return sender.send({ id, what: draft, post: () => client.placeOrder(toOrderRequest(id, draft)) })
  }

  async #replace({
    intent,
    orderId,
    change,
    accepted,
  }: Parameters<Placing['replace']>[0]): Promise<OrderAnswer> {
    let old: OrderRecord | undefined
    let wanted = change
    const noted = await this.#note(intent, (books) => {
      old = books.orders.get(orderId)
      if (old === undefined) return { problems: [NOT_FOUND] }
      const context = this.#parts.context(old.terms.symbol, orderId)
      const problems = openProblems(checkChange(orderView(old, books), change, context), accepted)
      if (problems.length > 0) return { problems }
      const quantity = restOf(old, change)
      // It is said even where it stays, for Alpaca is known to guess it wrongly; only an exit's cannot be said.
      wanted = { ...change, quantity: books.legOf(orderId) === undefined ? quantity : undefined }
      return replacement(intent, old, { ...change, quantity }, accepted)
    })
    if (noted !== 'noted') return this.#unsent(intent, noted)
    const { exchangeId } = old ?? {}
    if (exchangeId === undefined) return refused([NOT_FOUND])
    const { sender, client } = this.#parts
    return sender.send({
      id: intent,
      what: change,
      replaces: orderId,
      post: () => client.replaceOrder(exchangeId, toOrderChange(intent, wanted)),
    })
  }

  /** Writes what is decided when its turn comes; a known intent is not written again. */
  async #note(
    id: string,
    decide: (books: Books) => readonly Entry[] | { readonly problems: readonly OrderProblem[] },
  ): Promise<Noted | 'away'> {
    const { journal } = this.#parts
    if (!journal.isOpen) return 'away'
    if (journal.books.account === undefined) return { problems: [NOT_BEGUN] }
    let noted: Noted = 'noted'
    const isWritten = await journal.write((books) => {
      noted = 'noted'
      if (books.orders.has(id)) {
        noted = 'known'
        return []
      }
      const decided = decide(books)
      if (!('problems' in decided)) return decided
      noted = decided
      return []
    })
    return isWritten ? noted : 'away'
  }

  #unsent(id: string, noted: Exclude<Noted, 'noted'> | 'away'): OrderAnswer {
    if (noted === 'away') return databaseAway()
    if (noted !== 'known') return refused(noted.problems)
    const { books } = this.#parts.journal
    const order = books.orders.get(id)
    return order ? ok(orderView(order, books)) : refusedFor('ORDER_NOT_FOUND', NOT_FOUND.sentence)
  }
}

/** What is noted before the books begin would be no part of them. */
const NOT_BEGUN: OrderProblem = {
  code: 'RECONCILING',
  level: 'refuse',
  sentence: 'Alpaca has not told yet what this account holds. Try again in a moment.',
}

const NOT_FOUND: OrderProblem = {
  code: 'ORDER_NOT_FOUND',
  level: 'refuse',
  sentence: 'There is no such order any more. Look at the list again.',
}

/**
 * The quantity of the order that takes the old one's place. The trader counts from the old one's beginning, but at
 * Alpaca the new one's fills begin at zero: with the whole quantity the filled part would be bought twice.
 */
function restOf({ terms, filled }: OrderRecord, change: OrderChange): Quantity | undefined {
  const whole = change.quantity ?? terms.quantity
  return whole && toQuantity(new Decimal(whole).minus(filled))
}

/** The intent of the new order, and the mark on the old one. */
function replacement(
  intent: string,
  old: OrderRecord,
  { trail, ...change }: OrderChange,
  accepted: readonly string[],
): readonly Entry[] {
  const trails =
    trail === undefined
      ? {}
      : old.terms.trailPercent === undefined
        ? { trailPrice: trail }
        : { trailPercent: trail }
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const draft: OrderDraft = { ...old.terms, ...given, ...trails, orderClass: 'simple' }
  const request = { version: 1 as const, draft, accepted: [...accepted], replaces: old.id }
  return [
    { stream: `order:${intent}`, events: [{ type: 'OrderRequested', payload: request }] },
    {
      stream: `order:${old.id}`,
      events: [{ type: 'OrderReplaceRequested', payload: { version: 1, replacedBy: intent } }],
    },
  ]
}
