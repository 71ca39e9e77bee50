import type { CancelAllResult, FlattenResult, OrderRefusal } from '#shared/ipc/contract'
import type { Result } from '#shared/result'
import type { StockSymbol } from '#shared/units'
import type { Fault } from '../ui/faults.ts'
import { describeFault } from '../ui/faults.ts'
import { ask, signal } from './signal.ts'
import { shownMode } from './settings.ts'

/** Cancels all open orders, or a symbol's. */
export const cancelOrders = (symbol?: StockSymbol): Promise<Result<CancelAllResult, OrderRefusal | Fault>> =>
  ask(signal().trading.cancelAll(symbol === undefined ? {} : { symbol }))

/** Which orders could not be canceled yet, as a sentence to append; empty if there are none. */
export const describeUnanswered = (unanswered: readonly string[]): string =>
  unanswered.length === 0 ? '' : ` ${unanswered.join(', ')} unconfirmed: canceled as soon as found.`

/** Cancels all orders, closes all positions, and checks the result with the exchange. */
export const flatten = (): Promise<Result<FlattenResult, OrderRefusal | Fault>> =>
  ask(signal().trading.flatten({ mode: shownMode() }))

/** The kill switch: blocks new orders; cancels and exits still work. */
export const halt = (): Promise<Result<void, OrderRefusal | Fault>> => ask(signal().trading.halt())

/** Why something was not sent, in words. */
export const describeTradingError = (error: OrderRefusal | Fault): string =>
  error.kind === 'refused' ? error.problems.map(({ sentence }) => sentence).join(' ') : describeFault(error)
