import { MINUTE_MS } from '#shared/time'
import { describeIntent } from '#shared/trading/describe-order'
import { AlpacaError, type Order } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { TradingClient } from '../deps.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { isOpenAt, termsOf } from '../reconciliation/exchange-order.ts'
import { listOrders } from '../reconciliation/list-orders.ts'
import { isFlat, type Flattened, type Left } from './describe-flatten.ts'
import { heldPositions } from './held-positions.ts'
import type { OrderCanceler } from './order-canceler.ts'

interface UnrecordedDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly canceling: OrderCanceler
  /** Whether the call that sends this order is still running. */
  readonly isUnderway: (id: string) => boolean
  readonly clock: Clock
  readonly log: Log
}

/** How long to wait for a flat account before reporting what is left; longer while an order is unanswered. */
const FLAT_WITHIN_MS = 15_000
const ANSWERED_WITHIN_MS = MINUTE_MS
const POLL_MS = 500
/** How many times in a row, and how far apart, the exchange must say that it has no such order. */
const ABSENT_TIMES = 5
const LOOKUP_MS = 3_000

/** An order without an answer, by its name, and how often in a row the exchange said that it does not have it. */
interface AbsenceCount {
  readonly name: string
  absences: number
}

/**
 * Flattens without a database: nothing is recorded in advance, one call closes everything, and only the exchange says what
 * is left. `askedBefore` and `sentBefore`: what a flatten did before its database went away, by the exchange's ids of orders
 * to cancel and by symbols. Throws if the exchange rejects the calls.
 */
export async function flattenUnrecorded(
  deps: UnrecordedDeps,
  askedBefore: ReadonlySet<string>,
  sentBefore: readonly string[],
): Promise<{ readonly flattened: Flattened; readonly left: Left }> {
  const { client, canceling, tradingLog, clock } = deps
  const startedAt = clock.now()
  const asked = new Set([...askedBefore, ...(await cancelEverything(deps))])
  const { symbols, refused } = await closeEverything(client)
  const closing = new Set([...sentBefore, ...symbols])
  const waiting = new Map<string, AbsenceCount>()
  let isRecordRead = false
  for (;;) {
    if (!isRecordRead && tradingLog.isOpen) {
      isRecordRead = true
      for (const { id, terms } of canceling.unanswered(undefined))
        waiting.set(id, { name: describeIntent(terms), absences: 0 })
    }
    if (await haveShown(deps, waiting)) await closeEverything(client)
    const unanswered = [...waiting.values()].map(({ name }) => name)
    const left: Left = { ...(await leftThere(deps, closing)), unanswered, isRecordRead }
    const isLate = clock.now() - startedAt >= (waiting.size > 0 ? ANSWERED_WITHIN_MS : FLAT_WITHIN_MS)
    if (isFlat(left) || isLate) {
      const canceled = await canceledOf(deps, asked)
      const counts = { asked: asked.size, canceled, sent: closing.size, closed: closing.size }
      return { flattened: { ...counts, refused }, left }
    }
    await pause(clock, waiting.size > 0 ? LOOKUP_MS : POLL_MS)
  }
}

/** The exchange's ids of the orders that it is to cancel. Without a clear answer none is known: closing cancels again. */
async function cancelEverything({ client, log }: UnrecordedDeps): Promise<readonly string[]> {
  try {
    const answers = await client.cancelAllOrders()
    return answers.flatMap(({ of, message }) => (message === undefined ? [of] : []))
  } catch (cause) {
    if (!(cause instanceof AlpacaError) || cause.outcome !== 'unknown') throw cause
    log.warn({ kind: cause.kind }, 'No answer to the cancel of all orders while flattening')
    return []
  }
}

/** The symbols whose positions the exchange closes, and why it does not close others. */
async function closeEverything(
  client: TradingClient,
): Promise<{ readonly symbols: readonly string[]; readonly refused: readonly string[] }> {
  const answers = await client.closeAllPositions({ cancelOrders: true })
  return {
    symbols: answers.flatMap(({ of, message }) => (message === undefined ? [of] : [])),
    refused: answers.flatMap(({ of, message }) => (message === undefined ? [] : [`${of}: ${message}.`])),
  }
}

/** What the exchange says that is left; no positions if it does not say all of it. */
async function leftThere(
  { client, log }: UnrecordedDeps,
  closing: ReadonlySet<string>,
): Promise<Pick<Left, 'positions' | 'open' | 'closing' | 'later'>> {
  try {
    const [positions, orders] = [
      await heldPositions(client),
      await listOrders(client, { status: 'open', nested: false }),
    ]
    const held = new Set(positions.rows.map(({ symbol }) => symbol))
    const isClosing = ({ symbol, type }: Order) =>
      type === 'market' && held.has(symbol) && closing.has(symbol)
    const open = orders.rows.filter((order) => isOpenAt(order) && !isClosing(order))
    const names = [...open.map(nameOf), ...orders.unreadable.map(({ of }) => of)]
    return { positions, open: names, closing, later: [] }
  } catch (cause) {
    if (!(cause instanceof AlpacaError)) throw cause
    log.warn({ kind: cause.kind }, 'What is left could not be read while flattening')
    return { open: [], closing, later: [] }
  }
}

/** How many of these orders the exchange has canceled; those that it does not tell do not count. */
async function canceledOf({ client, log }: UnrecordedDeps, ids: ReadonlySet<string>): Promise<number> {
  if (ids.size === 0) return 0
  try {
    const { rows } = await client.listOrders({ status: 'all', limit: 500, nested: false })
    return rows.filter(({ id, status }) => status === 'canceled' && ids.has(id)).length
  } catch (cause) {
    if (!(cause instanceof AlpacaError)) throw cause
    log.warn({ kind: cause.kind }, 'Orders that were to be canceled could not be read')
    return 0
  }
}

/** Looks up orders without an answer, and forgets those that are settled; true if one has shown up. */
async function haveShown(
  { client, isUnderway, log }: UnrecordedDeps,
  waiting: Map<string, AbsenceCount>,
): Promise<boolean> {
  let hasShown = false
  for (const [id, one] of waiting) {
    try {
      const found = await client.findOrderByClientId(id)
      if (found === undefined) one.absences = isUnderway(id) ? 0 : one.absences + 1
      hasShown ||= found !== undefined
      if (found !== undefined || one.absences >= ABSENT_TIMES) waiting.delete(id)
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      one.absences = 0 // a failed lookup proves nothing
      log.warn({ id, kind: cause.kind }, 'An order without an answer could not be looked up')
    }
  }
  return hasShown
}

/** What an order is to do; of one that Signal does not support, its symbol. */
function nameOf(order: Order): string {
  const terms = termsOf(order)
  return terms === undefined ? order.symbol : describeIntent(terms)
}
