import { alarm } from '../stores/announcer.ts'
import { tell } from '../stores/toasts.ts'
import { describeTradingError, flatten, halt } from '../stores/trading-calls.ts'
import { isKillSwitchOn, useTrading } from '../stores/trading.ts'
import { describeWhatFlattens } from './describe-what-flattens.ts'
import { toggleOverlay } from './navigation.ts'
import { createPressTwice } from './press-twice.ts'

const FLATTEN_KEY = 'flatten'
const KILL_SWITCH_KEY = 'kill switch'

const isSecondPress = createPressTwice(() => performance.now())
const isSecondHalt = createPressTwice(() => performance.now())

/** Prompt after the first press on flatten, by a key or a button: what the second press does. */
export const flattenAgain = (press = 'Press'): string =>
  `${press} again to ${describeWhatFlattens(useTrading.getState().trading)}`

/** Prompt after the first press on the kill switch. */
export const HALT_AGAIN = 'Press again to block new orders. Cancels and exits still work.'

const isHalted = (): boolean => isKillSwitchOn(useTrading.getState().trading?.trading)

/** What {@link haltOrRelease} does now. */
export const describeHalt = (): string =>
  isHalted() ? 'open the dialog that turns it off.' : 'block new orders. Cancels and exits still work.'

/** Blocks new orders at once; once blocked, opens the release dialog. */
export const haltOrRelease = (): void => (isHalted() ? toggleOverlay('release') : void haltNow())

/** The first press prompts, the second blocks new orders; once blocked, opens the release dialog. */
export function pressHalt(): void {
  if (isHalted()) return toggleOverlay('release')
  if (isSecondHalt()) return void haltNow()
  alarm(HALT_AGAIN)
  tell({ key: KILL_SWITCH_KEY, tone: 'asking', text: HALT_AGAIN })
}

/** Blocks new orders. */
export async function haltNow(): Promise<void> {
  const key = KILL_SWITCH_KEY
  tell({ key, tone: 'busy', text: 'Blocking new orders…' })
  const answer = await halt()
  if (!answer.ok) {
    return tell({ key, tone: 'failed', text: `Kill switch failed: ${describeTradingError(answer.error)}` })
  }
  const text = 'Kill switch ON: new orders blocked. Cancels and exits still work.'
  alarm(text)
  tell({ key, tone: 'done', text })
}

/** The first press prompts, the second cancels all orders and closes all positions. */
export function pressFlatten(): void {
  if (isSecondPress()) return void flattenNow()
  const text = flattenAgain('Press F6')
  alarm(text)
  tell({ key: FLATTEN_KEY, tone: 'asking', text })
}

/** Cancels all orders and closes all positions, and reports what is left. */
export async function flattenNow(): Promise<void> {
  const key = FLATTEN_KEY
  tell({ key, tone: 'busy', text: 'Flattening…' })
  const answer = await flatten()
  if (!answer.ok)
    return tell({ key, tone: 'failed', text: `Flatten failed: ${describeTradingError(answer.error)}` })
  const { isFlat, sentence } = answer.value
  alarm(sentence)
  tell({ key, tone: isFlat ? 'done' : 'failed', text: sentence })
}
