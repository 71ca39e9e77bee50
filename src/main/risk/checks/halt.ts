import { isReducing } from '../exits.ts'
import { problem, type Check } from '../problems.ts'

/** Refuses entries in a halted stock and asks about exits, since the reopening price is unknown. */
export const checkHalt: Check = (draft, context) => {
  const halt = context.row?.halt
  if (halt === undefined) return []
  const why = `${draft.symbol} is halted: ${halt.reason || 'no reason given'} (${halt.code}).`
  return isReducing(draft, context)
    ? [
        problem(
          'ask',
          'TRADING_HALTED',
          `${why} Exit queues until trading resumes; the reopening price is unknown.`,
        ),
      ]
    : [problem('refuse', 'TRADING_HALTED', `${why} Wait for resumption.`)]
}
