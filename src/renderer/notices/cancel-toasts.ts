import type { TradingNotice } from '#shared/trading/notice'
import { CANCELS_KEY, howCanceled } from '../stores/cancels.ts'
import { now } from '../stores/clock.ts'
import { tell, withdraw } from '../stores/toasts.ts'

/** Cancels within this time of the one before are told as one, ms. */
const TOGETHER_MS = 2_000
/** Long enough to find the button that undoes it, ms. */
const STAYS_MS = 15_000

interface CancelToastDeps {
  /** Puts a canceled order into the ticket again. */
  readonly stageAgain: (orderId: string) => void
  readonly showHistory: () => void
}

/** Tells canceled orders: one with Undo, many as one toast that leads to them. */
export function createCancelToasts({
  stageAgain,
  showHistory,
}: CancelToastDeps): (notice: TradingNotice) => void {
  let group: readonly string[] = []
  let lastAt = -Infinity
  return ({ key, kind, tone, text, orderId }) => {
    const how = howCanceled(orderId)
    if (how !== 'alone') {
      group = now() - lastAt > TOGETHER_MS ? [key] : [...group, key]
      lastAt = now()
    }
    if (how !== 'alone' && (group.length > 1 || how === 'together')) {
      for (const one of group) withdraw(one)
      const count = group.length === 1 ? '1 order canceled' : `${group.length} orders canceled`
      return tell({ key: CANCELS_KEY, kind, tone, text: count, action: { label: 'Show', run: showHistory } })
    }
    if (how !== 'alone') withdraw(CANCELS_KEY)
    tell({
      key,
      kind,
      tone,
      text,
      staysMs: STAYS_MS,
      ...(orderId !== undefined && { action: { label: 'Undo', run: () => stageAgain(orderId) } }),
    })
  }
}
