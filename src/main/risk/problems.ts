import type { OrderDraft } from '#shared/trading/order'
import type { OrderProblem, ProblemCode, ProblemFix, TicketField } from '#shared/trading/problem'
import type { RiskContext } from './context.ts'

/** Where a problem is shown, and what one key does about it. */
interface Around {
  readonly field?: TicketField | undefined
  readonly fix?: ProblemFix | undefined
}

/** One check: what is wrong with a draft at this moment; empty where nothing is. */
export type Check = (draft: OrderDraft, context: RiskContext) => readonly OrderProblem[]

/** A problem of that level. */
export const problem = (
  level: OrderProblem['level'],
  code: ProblemCode,
  sentence: string,
  { field, fix }: Around = {},
): OrderProblem => ({ code, level, ...(field && { field }), sentence, ...(fix && { fix }) })

/** A problem with which nothing is sent. */
export const refuse = (code: ProblemCode, sentence: string, around?: Around): OrderProblem =>
  problem('refuse', code, sentence, around)

/** A fix that sets fields of the draft. */
export const changeTo = (label: string, change: Partial<OrderDraft>): ProblemFix => ({
  kind: 'change',
  label,
  change,
})

/** Over which of two limits a value is: over the second it is refused, over the first it is asked about. */
export function levelOver(
  isOver: (limit: 'ask' | 'most') => boolean,
  isExit = false,
): OrderProblem['level'] | undefined {
  if (isOver('most')) return isExit ? 'ask' : 'refuse'
  if (isOver('ask')) return isExit ? 'tell' : 'ask'
  return undefined
}
