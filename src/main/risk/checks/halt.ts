import { isReducing } from '../exits.ts'
import { problem, type Check } from '../problems.ts'

/** Refuses entries in a halted stock and asks about exits, since nobody knows the reopening price. */
export const checkHalt: Check = (draft, context) => {
  const halt = context.row?.halt
  if (halt === undefined) return []
  const why = `${draft.symbol} is halted: ${halt.reason || 'the exchange gives no reason'} (${halt.code}).`
  return isReducing(draft, context)
    ? [problem('ask', 'TRADING_HALTED', `${why} The exit waits, and is filled at whatever price it reopens.`)]
    : [problem('refuse', 'TRADING_HALTED', `${why} Wait until it trades again.`)]
}
