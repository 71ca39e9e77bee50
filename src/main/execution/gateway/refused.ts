import type { OrderRefusal } from '#shared/ipc/contract'
import { err, type Result } from '#shared/result'
import type { OrderView } from '#shared/trading/order'
import type { OrderProblem, ProblemCode } from '#shared/trading/problem'

/** The order as it is now, or why it was refused. */
export type OrderAnswer = Result<OrderView, OrderRefusal>

/** Thrown before a recorded order is sent, for this reason: it never left. */
export class NotSent extends Error {
  readonly problem: OrderProblem

  constructor(problem: OrderProblem) {
    super(problem.sentence)
    this.problem = problem
  }
}

/** A refusal for these reasons. */
export const refused = (problems: readonly OrderProblem[]) => err<OrderRefusal>({ kind: 'refused', problems })

/** A refusal for one reason. */
export const refusedFor = (code: ProblemCode, sentence: string) =>
  refused([{ code, level: 'refuse', sentence }])

/** The refusal of an intent that cannot be recorded: after a crash nobody could tell whether it was sent. */
export const databaseAway = () =>
  refusedFor('DATABASE_AWAY', 'Order not sent: database not writable. Cancel and flatten still work.')

/** All reasons as one text, for the trading log and an order's row. */
export const sentencesOf = (problems: readonly OrderProblem[]): string =>
  problems.map(({ sentence }) => sentence).join(' ')
