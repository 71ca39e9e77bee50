import type { OrderProblem } from '#shared/trading/problem'
import type { TradingSnapshot } from '#shared/trading/account'
import type { ReadTicket } from './read-form.ts'

interface Known {
  readonly trading: TradingSnapshot | undefined
  readonly read: ReadTicket
  /** Of the last check, shown or not. */
  readonly checked: readonly OrderProblem[]
}

/** Why nothing can be sent as it is; undefined if something can. */
export function whyBlocked({ trading, read, checked }: Known): string | undefined {
  if (!trading) return LOADING_ACCOUNT
  const [unread] = Object.values(read.errors)
  if (unread) return unread.sentence
  if (!read.draft) return ENTER_SYMBOL
  return checked.find(({ level }) => level === 'refuse')?.sentence
}

export const LOADING_ACCOUNT = 'Loading account…'
export const ENTER_SYMBOL = 'Enter a symbol.'
