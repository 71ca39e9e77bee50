import type { OrderProblem, TicketField } from '#shared/trading/problem'
import { hasLimit, hasStop, hasStopExit, hasTarget, hasTrail, type TicketForm } from './ticket-form.ts'
import type { TicketState } from './ticket-state.ts'

/** The fields that are in sight while an order is filled in. */
function fieldsInSight(form: TicketForm): ReadonlySet<TicketField> {
  const always: readonly TicketField[] = [
    'symbol',
    'side',
    'quantity',
    'type',
    'timeInForce',
    'extendedHours',
  ]
  const some: readonly (readonly [TicketField, boolean])[] = [
    ['limitPrice', hasLimit(form)],
    ['stopPrice', hasStop(form)],
    ['trail', hasTrail(form)],
    ['takeProfit', hasTarget(form)],
    ['stopLoss', hasStopExit(form)],
  ]
  return new Set([...always, ...some.flatMap(([field, isThere]) => (isThere ? [field] : []))])
}

/** The problems told at a field. */
export const problemsAt = (field: TicketField, problems: readonly OrderProblem[]): readonly OrderProblem[] =>
  problems.filter((problem) => problem.field === field)

/**
 * The problems told in the ticket's message line: those without a field in sight. In the review no field is,
 * what must be confirmed has its box there, and what needs nothing was told before.
 */
export function problemsInLine(
  { form, step }: Pick<TicketState, 'form' | 'step'>,
  problems: readonly OrderProblem[],
): readonly OrderProblem[] {
  if (step === 'review') return problems.filter(({ level }) => level === 'refuse')
  const inSight = fieldsInSight(form)
  return problems.filter(({ field }) => field === undefined || !inSight.has(field))
}
