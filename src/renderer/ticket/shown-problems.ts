import type { OrderProblem, ProblemCode, TicketField } from '#shared/trading/problem'
import { FIELD_OF, type ReadTicket } from './read-form.ts'
import type { TicketState } from './ticket-state.ts'
import type { AmountField } from './ticket-form.ts'

/** Problems of an empty field, shown only once the trader has been there or tries to continue. */
const OF_EMPTY: ReadonlySet<ProblemCode> = new Set([
  'QUANTITY_MISSING',
  'LIMIT_PRICE_MISSING',
  'STOP_PRICE_MISSING',
  'TRAIL_MISSING',
  'LEG_MISSING',
])

const RANK = { refuse: 0, ask: 1, tell: 2 } as const

/**
 * The problems to show, most serious first, each once, as is each sentence. A field that could not be read shows only that, and
 * one that blocks the order asks for no confirmation: after the fix the question may be different.
 */
export function problemsToShow(
  { touched, attempted, setback }: Pick<TicketState, 'touched' | 'attempted' | 'setback'>,
  { errors }: Pick<ReadTicket, 'errors'>,
  checked: readonly OrderProblem[],
): readonly OrderProblem[] {
  const unread = new Set(fieldsOf(Object.keys(errors)))
  const visited = new Set(fieldsOf([...touched]))
  const all = [...(setback?.kind === 'refused' ? setback.problems : []), ...checked]
  const refused = new Set(all.flatMap(({ level, field }) => (level === 'refuse' && field ? [field] : [])))
  const seen = new Set<string>()
  return all
    .filter(({ code, level, field, sentence }) => {
      const key = `${code} ${field ?? ''}`
      if (seen.has(key) || seen.has(sentence) || (field && unread.has(field))) return false
      if (level === 'ask' && field && refused.has(field)) return false
      seen.add(key).add(sentence)
      return attempted || !OF_EMPTY.has(code) || (field !== undefined && visited.has(field))
    })
    .sort((a, b) => RANK[a.level] - RANK[b.level])
}

const isField = (name: string): name is AmountField | 'symbol' => name in FIELD_OF

const fieldsOf = (names: readonly string[]): readonly TicketField[] =>
  names.flatMap((name) => (isField(name) ? [FIELD_OF[name]] : []))
