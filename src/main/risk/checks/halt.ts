import { isReducing } from '../exits.ts'
import { problem, type Check } from '../problems.ts'

/** While the exchange has stopped trading in a stock nothing is filled, and nobody knows at what price it reopens. */
export const checkHalt: Check = (draft, context) => {
  const halt = context.row?.halt
  if (halt === undefined) return []
  const why = `${draft.symbol} is halted: ${halt.reason || 'the exchange gives no reason'} (${halt.code}).`
  return isReducing(draft, context)
    ? [problem('ask', 'TRADING_HALTED', `${why} The exit waits, and is filled at whatever price it reopens.`)]
    : [problem('refuse', 'TRADING_HALTED', `${why} Wait until it trades again.`)]
}
