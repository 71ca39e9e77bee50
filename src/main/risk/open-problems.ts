import type { OrderProblem } from '#shared/trading/problem'

/** The problems that still block an order: those that refuse, and those that ask and were not accepted. */
export const openProblems = (
  problems: readonly OrderProblem[],
  accepted: readonly string[],
): readonly OrderProblem[] =>
  problems.filter(({ level, code }) => level === 'refuse' || (level === 'ask' && !accepted.includes(code)))
