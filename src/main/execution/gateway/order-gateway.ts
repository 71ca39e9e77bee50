import { Decimal } from 'decimal.js'
import { defined } from '#shared/defined'
import { ok } from '#shared/result'
import { isClosed, orderChange, type OrderChange, type OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { toQuantity, type Quantity, type StockSymbol } from '#shared/units'
import { AlpacaError, type Order } from '#alpaca'
import type { Clock } from '#process/clock'
import { recordOrders } from '../reconciliation/record-orders.ts'
import type { AccountState, EventOf, OrderRecord } from '../state/index.ts'
import type { StreamEntry, TradingLog } from '../event-log/trading-log.ts'
import { orderView } from '../views/order-view.ts'
import type { TradingClient } from '../deps.ts'
import type { TradingHandlers } from '../handlers.ts'
import { problemsOfError } from './refusals.ts'
import type { Denial, Denials } from './denials.ts'
import { databaseAway, refused, refusedFor, type OrderAnswer } from './refused.ts'
import { checkChange, checkDraft, openProblems, type RiskContext } from '../../risk/index.ts'
import type { OrderSender } from './order-sender.ts'
import { toOrderChange, toOrderRequest } from './to-alpaca-order.ts'

interface OrderGatewayDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly sender: OrderSender
  readonly denials: Denials
  readonly clock: Clock
  readonly context: (symbol: StockSymbol, replaced?: string) => RiskContext
  /** Whether a flatten has not answered yet: nothing is opened meanwhile. */
  readonly isFlattening: () => boolean
  /** Called when an order was sent and not refused: keeps the live account armed. */
  readonly onUsed: () => void
}

/** When an exit is sent. */
export interface ExitTiming {
  /** Called when it is its turn to be recorded; with problems it is not. */
  readonly check?: () => readonly OrderProblem[]
  /** It is sent once this resolves; it is recorded before. */
  readonly isTime?: () => Promise<void>
  /** The order that is to open the opposite position once this one has closed it. */
  readonly opens?: string
}

/** What is to be recorded; or why nothing is, and what is recorded of the refusal. */
type Decided =
  | readonly StreamEntry[]
  | { readonly problems: readonly OrderProblem[]; readonly denial?: Denial | undefined }

/** The result of trying to record an intent. */
type Recorded = 'recorded' | 'known' | { readonly problems: readonly OrderProblem[] }

/**
 * Places and replaces orders: checks, records the intent durably, then sends. The checks run when it is the intent's
 * turn to be recorded, so that two windows cannot spend the same buying power; one intent is one order, however often
 * it is submitted.
 */
export class OrderGateway {
  readonly #deps: OrderGatewayDeps
  readonly #underway = new Map<string, Promise<OrderAnswer>>()

  constructor(deps: OrderGatewayDeps) {
    this.#deps = deps
  }

  /** Implements the contract's calls that send an order. */
  readonly calls: Pick<TradingHandlers, 'submit' | 'replace'> = {
    submit: ({ intent, draft, accepted }) => this.enter(intent, draft, accepted),
    replace: (request) => {
      const id = intentOf(request.intent)
      return this.#once(id, () => this.#replaceNow({ ...request, intent: id }))
    },
  }

  /** Sends an order that passes all checks, and `alsoCheck`, when it is its turn to be recorded. */
  enter(
    intent: string,
    draft: OrderDraft,
    accepted: readonly string[],
    alsoCheck = noProblems,
  ): Promise<OrderAnswer> {
    const id = intentOf(intent)
    const check = () =>
      this.#deps.isFlattening()
        ? [FLATTENING]
        : [...alsoCheck(), ...openProblems(checkDraft(draft, this.#deps.context(draft.symbol)), accepted)]
    return this.#once(id, () => this.#place(id, draft, accepted, { check, isDenialRecorded: true }))
  }

  /** Sends an exit, regardless of limits. */
  exit(intent: string, draft: OrderDraft, timing: ExitTiming = {}): Promise<OrderAnswer> {
    const id = intentOf(intent)
    return this.#once(id, () => this.#place(id, draft, [], { check: noProblems, ...timing }))
  }

  #once(intent: string, run: () => Promise<OrderAnswer>): Promise<OrderAnswer> {
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
    { check, isTime = atOnce, opens, isDenialRecorded = false }: Placing,
  ): Promise<OrderAnswer> {
    const request: EventOf<'OrderRequested'> = {
      type: 'OrderRequested',
      payload: {
        version: 1,
        by: { kind: 'trader' },
        draft,
        accepted: [...accepted],
        ...(opens !== undefined && { opens }),
      },
    }
    const recorded = await this.#record(id, () => {
      const problems = check()
      if (problems.length === 0) return [{ stream: `order:${id}`, events: [request] }]
      return { problems, denial: isDenialRecorded ? orderDenial(id, draft, accepted) : undefined }
    })
    if (isDenialRecorded && isUndecided(recorded)) this.#deps.denials.count()
    if (recorded !== 'recorded') return this.#unsent(id, recorded)
    const { sender, client } = this.#deps
    const post = async () => {
      await isTime()
      return client.placeOrder(toOrderRequest(id, draft))
    }
    return this.#used(sender.send({ id, what: draft, post }))
  }

  /**
   * Asks for the order just before it is replaced: at Alpaca the new order's fills start at zero, so that what was filled
   * meanwhile would be bought twice.
   */
  async #replaceNow(request: ReplaceInput): Promise<OrderAnswer> {
    const { accountState } = this.#deps.tradingLog
    const order = accountState.orders.get(request.orderId)
    const isKnown = accountState.orders.has(request.intent)
    if (order?.exchangeId !== undefined && !isClosed(order) && !isKnown) {
      const problem = await this.#lookUp(order.exchangeId)
      if (problem !== undefined) {
        const problems = problemsOfError(problem, request.change, accountState)
        await this.#deps.denials.record(replaceDenial(order, request), problems)
        return refused(problems)
      }
    }
    return this.#replace(request)
  }

  async #replace(request: ReplaceInput): Promise<OrderAnswer> {
    const { intent, orderId, change, accepted } = request
    let old: OrderRecord | undefined
    let wanted = change
    const recorded = await this.#record(intent, (accountState) => {
      old = accountState.orders.get(orderId)
      if (old === undefined) return { problems: [NOT_FOUND] }
      const denial = replaceDenial(old, request)
      if (this.#deps.isFlattening()) return { problems: [FLATTENING], denial }
      const context = this.#deps.context(old.terms.symbol, orderId)
      const problems = openProblems(checkChange(orderView(old, accountState), change, context), accepted)
      if (problems.length > 0) return { problems, denial }
      const quantity = restOf(old, change)
      // Sent even if unchanged, because Alpaca is known to guess it wrong; only an exit's quantity cannot be sent.
      wanted = { ...change, quantity: accountState.legOf(orderId) === undefined ? quantity : undefined }
      return replacement(request, old, quantity)
    })
    if (isUndecided(recorded)) this.#deps.denials.count()
    if (recorded !== 'recorded') return this.#unsent(intent, recorded)
    const { exchangeId } = old ?? {}
    if (exchangeId === undefined) return refused([NOT_FOUND])
    const { sender, client } = this.#deps
    const sending = sender.send({
      id: intent,
      what: change,
      replaces: orderId,
      post: async () => {
        const fresh = await client.replaceOrder(exchangeId, toOrderChange(intent, wanted))
        await this.#lookUp(exchangeId, fresh) // what the exchange filled meanwhile is said at once
        return fresh
      },
    })
    return this.#used(sending)
  }

  /** An order that was not refused counts as use. */
  async #used(sending: Promise<OrderAnswer>): Promise<OrderAnswer> {
    const answer = await sending
    if (answer.ok) this.#deps.onUsed()
    return answer
  }

  /** Learns how an order is now, as far as the exchange says, after a report of the one that replaces it. */
  async #lookUp(exchangeId: string, ...fresh: readonly Order[]): Promise<AlpacaError | undefined> {
    const { tradingLog, client, clock } = this.#deps
    try {
      await recordOrders(tradingLog, [...fresh, await client.getOrder(exchangeId)], { now: clock.now() })
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      return cause
    }
    return undefined
  }

  /**
   * Records what `decide` returns when its turn comes; a known intent is not recorded again. A refusal is one, whether or
   * not it can be recorded.
   */
  async #record(id: string, decide: (accountState: AccountState) => Decided): Promise<Recorded | 'away'> {
    const { tradingLog, denials } = this.#deps
    if (!tradingLog.isOpen) return 'away'
    if (tradingLog.accountState.account === undefined) return { problems: [NOT_BEGUN] }
    let recorded = 'recorded' as Recorded
    let denied: readonly StreamEntry[] = []
    const isWritten = await tradingLog.record((accountState) => {
      recorded = 'recorded'
      if (accountState.orders.has(id)) {
        recorded = 'known'
        return []
      }
      const decided = decide(accountState)
      if (!('problems' in decided)) return decided
      recorded = { problems: decided.problems }
      // Decided again after a conflict, a refusal is still only one.
      if (denied.length === 0 && decided.denial) denied = denials.of(decided.denial, decided.problems)
      return denied
    })
    if (!isWritten && denied.length > 0) denials.count()
    return isWritten || typeof recorded === 'object' ? recorded : 'away'
  }

  #unsent(id: string, recorded: Exclude<Recorded, 'recorded'> | 'away'): OrderAnswer {
    if (recorded === 'away') return databaseAway()
    if (recorded !== 'known') return refused(recorded.problems)
    const { accountState } = this.#deps.tradingLog
    const order = accountState.orders.get(id)
    return order ? ok(orderView(order, accountState)) : refusedFor('ORDER_NOT_FOUND', NOT_FOUND.sentence)
  }
}

type ReplaceInput = Parameters<TradingHandlers['replace']>[0]

/** When an order is sent, and whether its refusal is recorded: not that of an exit which Signal tries again by itself. */
interface Placing extends ExitTiming {
  readonly check: () => readonly OrderProblem[]
  readonly isDenialRecorded?: boolean
}

/** An order that was refused. */
export const orderDenial = (id: string, draft: OrderDraft, accepted: readonly string[]): Denial => ({
  stream: `order:${id}`,
  event: (refusal) => ({ type: 'OrderDenied', payload: { ...refusal, draft, accepted: [...accepted] } }),
})

/** A change that was refused, at the order which it was to change. */
const replaceDenial = (old: OrderRecord, { change, accepted }: ReplaceInput): Denial => ({
  stream: `order:${old.id}`,
  event: (refusal) => ({
    type: 'OrderReplaceDenied',
    payload: { ...refusal, change, before: termsNow(old, change), accepted: [...accepted] },
  }),
})

/** An intent is a UUID, which is the same one in either case; Alpaca takes ids of another case for other orders. */
const intentOf = (intent: string): string => intent.toLowerCase()
const noProblems = (): readonly OrderProblem[] => []
const atOnce = async (): Promise<void> => {}

/** Anything recorded before the account state begins would not be part of it. */
const NOT_BEGUN: OrderProblem = {
  code: 'RECONCILING',
  level: 'refuse',
  sentence: 'Positions not loaded yet. Retry in a moment.',
}

/** Whether it was refused before it could be decided: there was nothing to record it in. */
const isUndecided = (recorded: Recorded | 'away'): boolean =>
  recorded === 'away' || (typeof recorded === 'object' && recorded.problems.includes(NOT_BEGUN))

const FLATTENING: OrderProblem = {
  code: 'FLATTENING',
  level: 'refuse',
  sentence: 'Flatten in progress; nothing else is sent until it’s done.',
}

const NOT_FOUND: OrderProblem = {
  code: 'ORDER_NOT_FOUND',
  level: 'refuse',
  sentence: 'Order no longer open.',
}

/**
 * The quantity of the replacement. The trader counts from the old order's beginning, but at Alpaca the new order's fills
 * start at zero: with the whole quantity, the filled part would be bought twice.
 */
function restOf({ terms, filledQuantity }: OrderRecord, change: OrderChange): Quantity | undefined {
  const whole = change.quantity ?? terms.quantity
  return whole && toQuantity(new Decimal(whole).minus(filledQuantity))
}

/** The terms that a change names, as they are now. */
function termsNow({ terms }: OrderRecord, change: OrderChange): OrderChange {
  const { quantity, limitPrice, stopPrice, trailPrice, trailPercent, timeInForce } = terms
  const now = { quantity, limitPrice, stopPrice, trail: trailPrice ?? trailPercent, timeInForce }
  return orderChange.parse(Object.fromEntries(Object.entries(now).filter(([name]) => name in change)))
}

/** The request of the new order, for the quantity that is left, and the replace request on the old one. */
function replacement(
  { intent, change, accepted }: ReplaceInput,
  old: OrderRecord,
  quantity: Quantity | undefined,
): readonly StreamEntry[] {
  const { trail, ...changed } = { ...change, quantity }
  const trails =
    trail === undefined
      ? {}
      : old.terms.trailPercent === undefined
        ? { trailPrice: trail }
        : { trailPercent: trail }
  const draft: OrderDraft = { ...old.terms, ...defined(changed), ...trails, orderClass: 'simple' }
  const request: EventOf<'OrderRequested'> = {
    type: 'OrderRequested',
    payload: {
      version: 1,
      by: { kind: 'trader' },
      draft,
      accepted: [...accepted],
      replaces: old.id,
      filledThen: old.filledQuantity,
    },
  }
  return [
    { stream: `order:${intent}`, events: [request] },
    {
      stream: `order:${old.id}`,
      events: [
        {
          type: 'OrderReplaceRequested',
          payload: { version: 1, replacedBy: intent, change, before: termsNow(old, change) },
        },
      ],
    },
  ]
}
