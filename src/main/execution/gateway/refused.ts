import type { OrderRefusal } from '#shared/ipc/contract'
import { err, type Result } from '#shared/result'
import type { OrderView } from '#shared/trading/order'
import type { OrderProblem, ProblemCode } from '#shared/trading/problem'

/** Where an order stands, or why it was not sent. */
export type OrderAnswer = Result<OrderView, OrderRefusal>

/** Nothing was sent, for these reasons. */
export const refused = (problems: readonly OrderProblem[]) => err<OrderRefusal>({ kind: 'refused', problems })

/** The same for one reason. */
export const refusedFor = (code: ProblemCode, sentence: string) =>
  refused([{ code, level: 'refuse', sentence }])

/** An intent that cannot be noted is not sent: after a crash nobody could tell whether it was. */
export const databaseAway = () =>
  refusedFor(
    'DATABASE_AWAY',
    'The database cannot be written, and an order that is not noted first could be lost or doubled. Look at History; cancel and flatten work without it.',
  )

/** Reasons in one text, for the log and for an order's line. */
export const sentencesOf = (problems: readonly OrderProblem[]): string =>
  problems.map(({ sentence }) => sentence).join(' ')
