import type { OrderDraft } from '#shared/trading/order'
import type { OrderProblem, ProblemCode, ProblemFix, TicketField } from '#shared/trading/problem'
import type { RiskContext } from './context.ts'

/** Where a problem is shown, and its one-key fix. */
interface Around {
  readonly field?: TicketField | undefined
  readonly fix?: ProblemFix | undefined
}

/** One check: the problems of a draft at this moment; empty if there are none. */
export type Check = (draft: OrderDraft, context: RiskContext) => readonly OrderProblem[]

/** Creates a problem of the given level. */
export const problem = (
  level: OrderProblem['level'],
  code: ProblemCode,
  sentence: string,
  { field, fix }: Around = {},
): OrderProblem => ({ code, level, ...(field && { field }), sentence, ...(fix && { fix }) })

/** Creates a problem that keeps the order from being sent. */
export const refuse = (code: ProblemCode, sentence: string, around?: Around): OrderProblem =>
  problem('refuse', code, sentence, around)

/** Creates a fix that sets fields of the draft. */
export const changeTo = (label: string, change: Partial<OrderDraft>): ProblemFix => ({
  kind: 'change',
  label,
  change,
})

/** Level of a value over a limit: `most` refuses, `ask` asks; for an exit each is one level milder. */
export function levelOver(
  isOver: (limit: 'ask' | 'most') => boolean,
  isExit = false,
): OrderProblem['level'] | undefined {
  if (isOver('most')) return isExit ? 'ask' : 'refuse'
  if (isOver('ask')) return isExit ? 'tell' : 'ask'
  return undefined
}
