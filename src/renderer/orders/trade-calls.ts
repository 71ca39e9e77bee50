import { Decimal } from 'decimal.js'
import { dollarsEach } from '#shared/format/money'
import { formatShares } from '#shared/format/shares'
import type { PositionView } from '#shared/trading/account'
import { isTurnedAway, type OrderChange, type OrderView } from '#shared/trading/order'
import type { OrderProblem, ProblemCode } from '#shared/trading/problem'
import type { Quantity } from '#shared/units'
import { shownMode } from '../stores/settings.ts'
import { ask, signal } from '../stores/signal.ts'
import { beginOrder } from '../stores/ticket-place.ts'
import { tell, withdraw } from '../stores/toasts.ts'
import { describeTradingError } from '../stores/trading-calls.ts'
import { describeFault } from '../ui/faults.ts'
import type { TextFile } from './exports.ts'

const closing = new Set<string>()

/** Closes all or part of a position at the market; repeated presses before the answer count once. */
export async function closePosition(
  { symbol, quantity: held }: PositionView,
  part?: Quantity,
): Promise<void> {
  if (closing.has(symbol)) return
  closing.add(symbol)
  const intent = crypto.randomUUID()
  const answer = await ask(
    signal().trading.closePosition({
      mode: shownMode(),
      intent,
      symbol,
      ...(part !== undefined && { quantity: part }),
    }),
  )
  closing.delete(symbol)
  if (!answer.ok) {
    return tell({ tone: 'failed', text: `Couldn’t close ${symbol}: ${describeTradingError(answer.error)}` })
  }
  const { state, problem } = answer.value
  if (isTurnedAway(answer.value) || state === 'unconfirmed') {
    return tell({
      tone: 'failed',
      text: `${symbol}: ${problem ?? 'closing order not sent.'}`,
    })
  }
  const shares = formatShares(part ?? new Decimal(held).abs().toFixed())
  tell({ tone: 'done', text: `${symbol}: closing ${shares} at market` })
}

/** Moves the position's stops to its average price; without any, offers to put one there into the ticket. */
export async function moveToBreakEven({ symbol }: PositionView): Promise<void> {
  const answer = await ask(
    signal().trading.breakEven({ mode: shownMode(), intent: crypto.randomUUID(), symbol }),
  )
  const key = `break-even ${symbol}`
  if (!answer.ok) {
    const isWithout =
      answer.error.kind === 'refused' && answer.error.problems.some(({ code }) => code === 'NO_STOP')
    const addStop = () => void beginOrder({ breakEven: symbol })
    return tell({
      key,
      kind: 'order',
      tone: 'failed',
      text: describeTradingError(answer.error),
      ...(isWithout && { action: { label: 'Add stop', run: addStop } }),
    })
  }
  const [moved] = answer.value
  const stops = answer.value.length === 1 ? 'stop' : `${answer.value.length} stops`
  tell({
    key,
    kind: 'order',
    tone: 'done',
    text: `${symbol}: ${stops} to break-even, ${dollarsEach(moved?.stopPrice ?? 0)}`,
  })
}

/**
 * Closes a position and opens the opposite one. Answers the questions to confirm first, if there are any: then nothing was
 * sent.
 */
export async function reversePosition(
  { symbol, quantity }: PositionView,
  accepted: readonly ProblemCode[],
): Promise<readonly OrderProblem[]> {
  const key = `reverse ${symbol}`
  tell({ key, kind: 'order', tone: 'busy', text: `${symbol}: reversing…` })
  const answer = await ask(
    signal().trading.reverse({
      mode: shownMode(),
      intent: crypto.randomUUID(),
      symbol,
      accepted: [...accepted],
    }),
  )
  withdraw(key)
  if (!answer.ok) {
    const problems = answer.error.kind === 'refused' ? answer.error.problems : []
    if (problems.length > 0 && problems.every(({ level }) => level === 'ask')) return problems
    const why = describeTradingError(answer.error)
    const isStopped = problems.some(({ code }) => code === 'REVERSE_STOPPED')
    tell({ key, kind: 'order', tone: 'failed', text: isStopped ? why : `Couldn’t reverse ${symbol}: ${why}` })
    return []
  }
  const { state, problem } = answer.value
  const end = `${quantity.startsWith('-') ? 'long' : 'short'} ${formatShares(new Decimal(quantity).abs())}`
  if (isTurnedAway(answer.value) || state === 'unconfirmed')
    tell({
      key,
      kind: 'order',
      tone: 'failed',
      text: `${symbol} closed; ${end} not confirmed. ${problem ?? ''}`,
    })
  else tell({ key, kind: 'order', tone: 'done', text: `${symbol} reversed: ${end} at market` })
  return []
}

/** Result of a change: success, problems to fix first, or a fault after which the outcome is unknown. */
export type ReplaceOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly problems: readonly OrderProblem[] }
  | { readonly kind: 'fault'; readonly text: string }

/** Replaces an open order. The same intent sent twice is one order. */
export async function replaceOrder(
  intent: string,
  order: OrderView,
  change: OrderChange,
  accepted: readonly ProblemCode[],
): Promise<ReplaceOutcome> {
  const answer = await ask(
    signal().trading.replace({
      mode: shownMode(),
      intent,
      orderId: order.id,
      change,
      accepted: [...accepted],
    }),
  )
  if (answer.ok) return { kind: 'sent' }
  return answer.error.kind === 'refused'
    ? { kind: 'refused', problems: answer.error.problems }
    : { kind: 'fault', text: describeFault(answer.error) }
}

/** Asks where to save a file, and writes it there. */
export async function saveFile({ name, text }: TextFile): Promise<void> {
  const answer = await ask(signal().app.saveText({ name, text }))
  if (!answer.ok) {
    const why = answer.error.kind === 'not-written' ? answer.error.message : describeFault(answer.error)
    return tell({ tone: 'failed', text: why })
  }
  if (answer.value.kind === 'saved') tell({ tone: 'done', text: `Saved as ${answer.value.path}` })
}
