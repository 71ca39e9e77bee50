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
  readonly run: () => void
}

/** Number of fixes that have keys. */
const MOST = 9

/** The available fixes, each once, in the order of their numbers. */
export function fixesOf(
  { errors }: Pick<ReadTicket, 'errors'>,
  problems: readonly OrderProblem[],
): readonly Fix[] {
  const ofTexts = Object.entries(errors).flatMap(([name, { instead }]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a symbol error suggests no replacements
    instead.map((text) => fixOfText(name as AmountField, text)),
  )
  const all = [...ofTexts, ...problems.flatMap((problem) => fixOf(problem) ?? [])]
  const labels = all.map(({ label }) => label)
  return all.filter(({ label }, at) => labels.indexOf(label) === at).slice(0, MOST)
}

const fixOfText = (field: AmountField, text: string): Fix => ({
  label: `Use ${text}`,
  run: () => editForm((form) => withText(form, field, text)),
})

function fixOf({ fix }: OrderProblem): Fix | undefined {
  if (!fix) return undefined
  const run = {
    change: () => fix.kind === 'change' && editForm((form) => withChange(form, fix.change)),
    'cancel-order': () => fix.kind === 'cancel-order' && cancelById(fix.orderId),
    arm: showArming,
  }[fix.kind]
  return { label: fix.label, run: () => void run() }
}
