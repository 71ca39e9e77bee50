import { counted } from '#shared/format/numbers'
import { alarm } from '../stores/announcer.ts'
import { tell } from '../stores/toasts.ts'
import {
  cancelOrders,
  describeTradingError,
  describeUnanswered,
  flatten,
  halt,
} from '../stores/trading-calls.ts'
import { isKillSwitchOn, useTrading } from '../stores/trading.ts'
import { toggleOverlay } from './navigation.ts'
import { createPressTwice } from './press-twice.ts'

const F6_AGAIN = 'Press F6 again at once to cancel all orders and close all positions.'
/** Prompt after the first press on flatten. */
export const FLATTEN_AGAIN = 'Press again at once to cancel all orders and close all positions.'

const isSecondPress = createPressTwice(() => performance.now())
const isSecondHalt = createPressTwice(() => performance.now())

/** Prompt after the first press on the kill switch. */
export const HALT_AGAIN = 'Press again at once: no new orders any more then; cancels and exits work.'

/** The first press prompts, the second blocks new orders; once blocked, opens the release dialog. */
export function pressHalt(): void {
  if (isKillSwitchOn(useTrading.getState().trading?.trading)) return toggleOverlay('release')
  if (isSecondHalt()) return void haltNow()
  alarm(HALT_AGAIN)
  tell({ tone: 'asking', text: HALT_AGAIN })
}

/** Blocks new orders. */
export async function haltNow(): Promise<void> {
  const answer = await halt()
  if (!answer.ok) return tell({ tone: 'failed', text: `Not halted. ${describeTradingError(answer.error)}` })
  alarm('Trading is halted: no new orders. Cancels and exits work.')
}

/** The first press prompts, the second cancels all orders and closes all positions. */
export function pressFlatten(): void {
  if (isSecondPress()) return void flattenNow()
  alarm(F6_AGAIN)
  tell({ tone: 'asking', text: F6_AGAIN })
}

/** Cancels all orders and closes all positions, and reports what is left. */
export async function flattenNow(): Promise<void> {
  tell({ tone: 'busy', text: 'Canceling all orders and closing all positions.' })
  const answer = await flatten()
  if (!answer.ok)
    return tell({ tone: 'failed', text: `Not flattened. ${describeTradingError(answer.error)}` })
  const { isFlat, sentence } = answer.value
  alarm(sentence)
  tell({ tone: isFlat ? 'done' : 'failed', text: sentence })
}

/** Cancels all open orders. */
export async function cancelAllNow(): Promise<void> {
  const answer = await cancelOrders()
  if (!answer.ok) return tell({ tone: 'failed', text: `Not canceled. ${describeTradingError(answer.error)}` })
  const { canceled, unanswered } = answer.value
  if (canceled + unanswered.length === 0)
    return tell({ tone: 'done', text: 'No order works, so there is nothing to cancel.' })
  tell({
    tone: unanswered.length === 0 ? 'done' : 'failed',
    text: `Asked to cancel ${counted(canceled, 'order')}.${describeUnanswered(unanswered)}`,
  })
}
