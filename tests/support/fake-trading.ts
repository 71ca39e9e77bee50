import { Decimal } from 'decimal.js'
import type { OrderRefusal, SignalEmitter, SignalHandlers } from '../../src/shared/ipc/contract.ts'
import { err, ok } from '../../src/shared/result.ts'
import type { RuntimeConcern } from '../../src/shared/runtime-concern.ts'
import type { Mode } from '../../src/shared/settings.ts'
import type { TradingChange, TradingSnapshot } from '../../src/shared/trading/account.ts'
import { DEFAULT_RISK_LIMITS, HALT_LASTS_MS } from '../../src/shared/trading/limits.ts'
import { dollarsEach } from '../../src/shared/format/money.ts'
import { describeTerms } from '../../src/shared/trading/describe-order.ts'
import { orderKey, type TradingNotice } from '../../src/shared/trading/notice.ts'
import { isClosed, type OrderDraft, type OrderState, type OrderView } from '../../src/shared/trading/order.ts'
import type { OrderProblem } from '../../src/shared/trading/problem.ts'
import { stockSymbol, toPrice, toQuantity } from '../../src/shared/units.ts'
import { defined } from '../../src/shared/defined.ts'
import {
  accountOf,
  earlierOrders,
  positionOf,
  problemsOf,
  whatIfOf,
  withExits,
  type RowOf,
} from './fake-account.ts'

/** What a test can do to the account behind the window. */
export interface FakeTrading {
  readonly handlers: Pick<SignalHandlers, 'trading'>
  /** Applies a change and sends it to the window. */
  tradingChange(change: TradingChange): void
  /** Tells the window that something happened. */
  noticed(notice: TradingNotice): void
  /** Advances orders sent from this window by that many steps: accepted, open, 40% filled, filled. */
  workOrders(steps: number): void
  /** Adds these problems to those of checks and orders, until others are given. */
  problems(problems: readonly OrderProblem[]): void
  /** Refuses the next call that would send something, with these problems. */
  refuseNext(problems: readonly OrderProblem[]): void
  /** Sets the state of the next order, with its problem in words. */
  nextOrder(state: OrderState, problem?: string): void
  /** Makes the next submit fail inside main, without a word about the order. */
  failNextSubmit(): void
  /** While false, submit does not answer. */
  answerSubmits(answers: boolean): void
  /** Makes the account unknown, as before Alpaca has reported it. */
  forgetAccount(): void
  /** What was submitted, oldest first; the same intent twice appears twice. */
  submissions(): readonly {
    readonly intent: string
    readonly draft: OrderDraft
    readonly accepted: readonly string[]
  }[]
  /** Sends positions and account again after prices have moved. */
  reprice(): void
  /** Makes the runtime unsafe for these reasons. */
  unsafeRuntime(concerns: readonly RuntimeConcern[]): void
  /** What makes the runtime unsafe. */
  concerns(): readonly RuntimeConcern[]
}

const LAST_FOUR = '4821'
const isOpen = (order: OrderView) => !isClosed(order)
const NEXT: Partial<Record<OrderState, OrderState>> = {
  requested: 'accepted', accepted: 'open', open: 'partially-filled', 'partially-filled': 'filled',
  'pending-cancel': 'canceled', 'pending-replace': 'replaced',
} // prettier-ignore

/**
 * A simulated main process's account: in memory, without an exchange; orders progress as fast as a test
 * wants.
 */
export function createFakeTrading(
  emit: () => SignalEmitter,
  { rowOf, mode }: { readonly rowOf: RowOf; readonly mode: () => Mode },
): FakeTrading {
  const now = Date.now
  const aapl = stockSymbol.parse('AAPL')
  const tsla = stockSymbol.parse('TSLA')
  const started = [
    positionOf(aapl, new Decimal(100), new Decimal('228.38'), rowOf(aapl)),
    positionOf(tsla, new Decimal(-20), new Decimal('355.1'), rowOf(tsla)),
  ]
  let snapshot: TradingSnapshot = {
    mode: mode(),
    trading: { state: 'active', reasons: [] },
    account: accountOf(started, now()),
    positions: started,
    orders: earlierOrders(now()),
    fills: [
      {
        executionId: 'fill-1', orderId: 'earlier-aapl', symbol: aapl, side: 'buy',
        quantity: toQuantity(100), price: toPrice(228.38), at: now() - 3_590_000,
      },
    ],
    limits: DEFAULT_RISK_LIMITS,
    reconciliation: { state: 'agreed', hasBegun: true, at: now(), differences: [] },
  } // prettier-ignore
  const sent: { intent: string; draft: OrderDraft; accepted: readonly string[] }[] = []
  const mine = new Set<string>()
  let moreProblems: readonly OrderProblem[] = []
  let refusal: readonly OrderProblem[] | undefined
  let scripted: { state: OrderState; problem?: string } | undefined
  let fails = false
  let concerns: readonly RuntimeConcern[] = []
  let release: (() => void) | undefined
  let answered: Promise<void> = Promise.resolve()

  const current = (): TradingSnapshot => ({ ...told(snapshot), mode: mode() })
  /** As main tells it: no window learns how the live account's number ends. */
  function told<T extends Pick<TradingChange, 'account'>>(shown: T): T {
    if (shown.account === undefined || mode() !== 'live') return shown
    const { endsWith: _secret, ...account } = shown.account
    return { ...shown, account }
  }
  const orderOf = (id: string) => snapshot.orders.find((order) => order.id === id)

  function tell(change: TradingChange): void {
    const { orders = [], fills = [], ...rest } = change
    const changed = new Map(orders.map((order) => [order.id, order]))
    const kept = snapshot.orders.map((order) => changed.get(order.id) ?? order)
    const fresh = orders.filter(({ id }) => !orderOf(id))
    snapshot = { ...snapshot, ...rest, orders: [...fresh, ...kept], fills: [...fills, ...snapshot.fills] }
    const positions = snapshot.positions.map((position) => withExits(position, snapshot.orders))
    snapshot = { ...snapshot, positions }
    const isMoved = orders.length > 0 || change.positions !== undefined
    emit().trading.changed(told(isMoved ? { ...change, positions } : change))
  }

  /** Tells the windows something about an order. */
  const notice = (words: Pick<TradingNotice, 'kind' | 'tone' | 'text'>, { id, symbol }: OrderView) =>
    emit().trading.noticed({ ...words, key: orderKey(id), symbol, orderId: id })

  const refuse = (problems: readonly OrderProblem[]) => err<OrderRefusal>({ kind: 'refused', problems })
  const problem = (code: OrderProblem['code'], sentence: string) =>
    refuse([{ code, level: 'refuse', sentence }])
  const taken = () => {
    const problems = refusal
    refusal = undefined
    return problems && refuse(problems)
  }
  const check = (draft: OrderDraft) => ({
    problems: [...problemsOf(draft, current(), rowOf(draft.symbol)), ...moreProblems],
    whatIf: whatIfOf(draft, snapshot, rowOf(draft.symbol)),
  })

  function place(id: string, draft: OrderDraft, more: Partial<OrderView> = {}): OrderView {
    const { takeProfit, stopLoss, ...fields } = draft
    const plain = defined(fields)
    const base = { extendedHours: false, filledQuantity: toQuantity(0), requestedAt: now(), updatedAt: now(), origin: 'signal' as const } // prettier-ignore
    const order: OrderView = {
      ...plain,
      ...base,
      id,
      exchangeId: `ex-${id}`,
      state: 'accepted',
      ...scripted,
      ...more,
    }
    scripted = undefined
    mine.add(id)
    const side = draft.side === 'buy' ? ('sell' as const) : ('buy' as const)
    const leg = {
      ...plain,
      ...base,
      side,
      orderClass: draft.orderClass,
      parentId: id,
      state: 'held' as const,
    }
    const legs: OrderView[] = []
    const { limitPrice: _limit, stopPrice: _stop, ...exit } = leg
    if (takeProfit) legs.push({ ...exit, id: `${id}-tp`, type: 'limit', leg: 'take-profit', limitPrice: takeProfit.limitPrice }) // prettier-ignore
    if (stopLoss) legs.push({ ...exit, id: `${id}-sl`, type: 'stop', leg: 'stop-loss', stopPrice: stopLoss.stopPrice }) // prettier-ignore
    tell({ orders: [order, ...legs] })
    return order
  }

  /** Fills the rest of an order, or the first 40%. */
  function fill(order: OrderView, state: OrderState): void {
    const row = rowOf(order.symbol)
    const price = order.limitPrice ?? (order.side === 'buy' ? row.ask : row.bid) ?? toPrice(1)
    const wanted = new Decimal(
      order.quantity ?? new Decimal(order.notional ?? 0).div(price).toDecimalPlaces(4),
    )
    const total = state === 'filled' ? wanted : wanted.times('0.4').ceil()
    const added = total.minus(order.filledQuantity)
    const held = snapshot.positions.find(({ symbol }) => symbol === order.symbol)
    const before = new Decimal(held?.quantity ?? 0)
    const shares = order.side === 'buy' ? before.plus(added) : before.minus(added)
    const grows = shares.abs().gt(before.abs())
    const cost = before
      .abs()
      .times(held?.averagePrice ?? 0)
      .plus(added.times(price))
    const average = grows ? cost.div(shares.abs()) : new Decimal(held?.averagePrice ?? price)
    const others = snapshot.positions.filter(({ symbol }) => symbol !== order.symbol)
    const positions = shares.isZero() ? others : [positionOf(order.symbol, shares, average, row), ...others]
    const legs = snapshot.orders.filter(({ parentId }) => state === 'filled' && parentId === order.id)
    const sentence = `${order.side === 'buy' ? 'Bought' : 'Sold'} ${total.toFixed()} ${order.symbol}. Avg ${dollarsEach(price)}.`
    tell({
      orders: [
        { ...order, state, filledQuantity: toQuantity(total), averageFillPrice: price, updatedAt: now() },
        ...legs.map((leg): OrderView => ({ ...leg, state: 'open', exchangeId: `ex-${leg.id}` })),
      ],
      fills: [{ executionId: `${order.id}-${total.toFixed()}`, orderId: order.id, symbol: order.symbol, side: order.side, quantity: toQuantity(added), price, at: now() }], // prettier-ignore
      positions,
      account: accountOf(positions, now()),
    })
    notice({ kind: 'fill', tone: 'done', text: sentence }, order)
  }

  function cancel(orders: readonly OrderView[]): number {
    const ids = new Set(orders.filter(isOpen).map(({ id }) => id))
    const doomed = snapshot.orders.filter(
      (order) => ids.has(order.id) || (order.parentId && ids.has(order.parentId)),
    )
    tell({ orders: doomed.map((order) => ({ ...order, state: 'canceled', updatedAt: now() })) })
    for (const order of doomed.filter(({ id, parentId }) => ids.has(id) && !ids.has(parentId ?? '')))
      notice({ kind: 'cancel', tone: 'done', text: `Canceled: ${describeTerms(order)}` }, order)
    return ids.size
  }

  const handlers: FakeTrading['handlers'] = {
    trading: {
      snapshot: () => ok(current()),
      check: (draft) => ok(check(draft)),
      submit: async ({ intent, draft, accepted }) => {
        sent.push({ intent, draft, accepted })
        await answered
        if (fails) {
          fails = false
          throw new Error('failed on purpose')
        }
        const known = orderOf(intent)
        if (known) return ok(known)
        const open = check(draft).problems.filter(
          ({ level, code }) => level === 'refuse' || (level === 'ask' && !accepted.includes(code)),
        )
        return taken() ?? (open.length > 0 ? refuse(open) : ok(place(intent, draft)))
      },
      replace: ({ intent, orderId, change }) => {
        const before = orderOf(orderId)
        const refused = taken()
        if (refused) return refused
        if (!before || !isOpen(before)) return problem('ORDER_NOT_CHANGEABLE', 'This order is over already.')
        const { trail, ...fields } = change
        const fresh: OrderView = {
          ...before, ...defined(fields),
          ...(trail && (before.trailPercent ? { trailPercent: trail } : { trailPrice: trail })),
          id: intent, exchangeId: `ex-${intent}`, replaces: orderId, updatedAt: now(),
        } // prettier-ignore
        mine.add(intent)
        tell({ orders: [fresh, { ...before, state: 'replaced', replacedBy: intent, updatedAt: now() }] })
        return ok(fresh)
      },
      cancel: (id) => {
        const order = orderOf(id)
        const refused = taken()
        if (refused) return refused
        if (!order) return problem('ORDER_NOT_FOUND', 'Nobody knows this order.')
        cancel([order])
        return ok(orderOf(id) ?? order)
      },
      cancelAll: ({ symbol }) =>
        taken() ??
        ok({
          canceled: cancel(
            snapshot.orders.filter((order) => symbol === undefined || order.symbol === symbol),
          ),
          unanswered: [],
        }),
      closePosition: ({ intent, symbol, quantity }) => {
        const held = snapshot.positions.find((position) => position.symbol === symbol)
        const refused = taken()
        if (refused) return refused
        if (!held) return problem('NO_POSITION', `You hold no ${symbol}.`)
        const shares = quantity ?? toQuantity(new Decimal(held.quantity).abs())
        const side = new Decimal(held.quantity).gt(0) ? 'sell' : 'buy'
        return ok(place(intent, { symbol, side, type: 'market', timeInForce: 'day', orderClass: 'simple', quantity: shares, extendedHours: false })) // prettier-ignore
      },
      reverse: ({ intent, symbol }) => {
        const held = snapshot.positions.find((position) => position.symbol === symbol)
        const refused = taken()
        if (refused) return refused
        if (!held) return problem('NO_POSITION', `No ${symbol} position.`)
        const quantity = toQuantity(new Decimal(held.quantity).abs())
        const side = held.quantity.startsWith('-') ? 'buy' : 'sell'
        const draft = { symbol, side, type: 'market', timeInForce: 'day', orderClass: 'simple', quantity, extendedHours: false } as const // prettier-ignore
        place(`${intent}-close`, draft)
        return ok(place(intent, draft))
      },
      breakEven: ({ intent, symbol }) => {
        const held = snapshot.positions.find((position) => position.symbol === symbol)
        const stop = snapshot.orders.find(
          (order) => isOpen(order) && order.symbol === symbol && order.stopPrice,
        )
        const refused = taken()
        if (refused) return refused
        if (!held?.averagePrice || !stop) return problem('NO_STOP', `No stop to move on ${symbol}.`)
        const fresh = {
          ...stop,
          id: intent,
          replaces: stop.id,
          stopPrice: held.averagePrice,
          updatedAt: now(),
        }
        tell({ orders: [fresh, { ...stop, state: 'replaced', replacedBy: intent, updatedAt: now() }] })
        return ok([fresh])
      },
      flatten: () => {
        const refused = taken()
        if (refused) return refused
        const orders = cancel(snapshot.orders)
        const closed = snapshot.positions.length
        tell({ positions: [], account: accountOf([], now()) })
        return ok({ isFlat: true, sentence: `Canceled ${orders} orders and closed ${closed} positions.` })
      },
      halt: () => {
        const sentence = 'Kill switch is on. Cancel, close and flatten still work.'
        tell({ trading: { state: 'halted', reasons: [{ reason: 'kill-switch', sentence, since: now() }] } })
        return ok(undefined)
      },
      release: ({ typed }) => {
        const left = HALT_LASTS_MS - (now() - (snapshot.trading.reasons[0]?.since ?? 0))
        const message =
          typed !== 'UNLOCK'
            ? 'Type UNLOCK in capitals.'
            : left > 0
              ? `Available in ${Math.ceil(left / 1_000)} s.`
              : undefined
        if (message !== undefined) return err({ kind: 'not-released', message })
        tell({ trading: { state: 'active', reasons: [] } })
        return ok(undefined)
      },
      arm: ({ endsWith, accepted = [] }) => {
        if (concerns.some(({ code }) => !accepted.includes(code)))
          return err({ kind: 'unsafe-runtime', concerns })
        if (endsWith !== LAST_FOUR) {
          return err({
            kind: 'not-armed',
            message: `The account number doesn’t end with ${endsWith}. Next try in 1 s.`,
          })
        }
        tell({ trading: { ...snapshot.trading, armedUntil: now() + 1_800_000 } })
        return ok(undefined)
      },
      disarm: () => {
        const { armedUntil: _until, ...trading } = snapshot.trading
        tell({ trading })
        return ok(undefined)
      },
      setLimits: (patch) => {
        tell({ limits: { ...snapshot.limits, ...defined(patch) } })
        return taken() ?? ok(snapshot.limits)
      },
      confirmLimits: () => {
        const refused = taken()
        if (refused) return refused
        tell({ trading: { state: 'active', reasons: [] } })
        return ok(undefined)
      },
      reconcile: () => {
        const reconciliation = { ...snapshot.reconciliation, at: now() }
        tell({ reconciliation })
        return ok({
          orders: snapshot.orders.filter(isOpen).map(({ id, symbol, quantity, filledQuantity }) => ({
            id, symbol, status: 'new', filledQuantity, ...(quantity && { quantity }),
          })),
          positions: snapshot.positions.map(({ symbol, quantity, averagePrice }) => ({ symbol, quantity, ...(averagePrice && { averagePrice }) })),
          reconciliation,
        }) // prettier-ignore
      },
    },
  }

  return {
    handlers,
    tradingChange: tell,
    noticed: (told) => emit().trading.noticed(told),
    workOrders(steps) {
      for (let step = 0; step < steps; step += 1) {
        for (const order of snapshot.orders.filter(({ id, state }) => mine.has(id) && NEXT[state])) {
          const state = NEXT[order.state] ?? order.state
          if (state === 'filled' || state === 'partially-filled') fill(order, state)
          else tell({ orders: [{ ...order, state, updatedAt: now() }] })
        }
      }
    },
    problems: (problems) => void (moreProblems = problems),
    refuseNext: (problems) => void (refusal = problems),
    nextOrder: (state, problem) => void (scripted = { state, ...(problem !== undefined && { problem }) }),
    failNextSubmit: () => void (fails = true),
    answerSubmits(answers) {
      release?.()
      release = undefined
      if (!answers) answered = new Promise((resolve) => void (release = resolve))
    },
    forgetAccount() {
      const { account: _account, ...rest } = snapshot
      snapshot = rest
    },
    submissions: () => sent,
    unsafeRuntime: (unsafe) => void (concerns = unsafe),
    concerns: () => concerns,
    reprice() {
      const positions = snapshot.positions.map(({ symbol, quantity, averagePrice }) =>
        positionOf(symbol, new Decimal(quantity), new Decimal(averagePrice ?? 0), rowOf(symbol)),
      )
      tell({ positions, ...(snapshot.account && { account: accountOf(positions, now()) }) })
    },
  }
}
