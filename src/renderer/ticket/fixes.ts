import type { OrderProblem } from '#shared/trading/problem'
import { showArming } from './arming.ts'
import { withChange } from './staging.ts'
import type { ReadTicket } from './read-form.ts'
import { cancelById } from './ticket-actions.ts'
import { withText, type AmountField } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'

/** A fix that one key applies: Alt and its number. */
export interface Fix {
  readonly label: string
  /** The problem it fixes, or the field whose text could not be read. */
  readonly mends: OrderProblem | AmountField
  readonly run: () => void
}

/** Number of fixes that have keys. */
const MOST = 9

/** The available fixes, in the order of their numbers. */
export function fixesOf(
  { errors }: Pick<ReadTicket, 'errors'>,
  problems: readonly OrderProblem[],
): readonly Fix[] {
  const ofTexts = Object.entries(errors).flatMap(([name, { instead }]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a symbol error suggests no replacements
    instead.map((text) => fixOfText(name as AmountField, text)),
  )
  return [...ofTexts, ...problems.flatMap((problem) => fixOf(problem) ?? [])].slice(0, MOST)
}

const fixOfText = (field: AmountField, text: string): Fix => ({
  label: `Use ${text}`,
  mends: field,
  run: () => editForm((form) => withText(form, field, text)),
})

function fixOf(problem: OrderProblem): Fix | undefined {
  const { fix } = problem
  if (!fix) return undefined
  const run = {
    change: () => fix.kind === 'change' && editForm((form) => withChange(form, fix.change)),
    'cancel-order': () => fix.kind === 'cancel-order' && cancelById(fix.orderId),
    arm: showArming,
  }[fix.kind]
  return { label: fix.label, mends: problem, run: () => void run() }
}
