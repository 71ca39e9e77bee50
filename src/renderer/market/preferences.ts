import * as z from 'zod'
import { parseJson } from '#shared/parse-json'
import { COLUMN_IDS, type ColumnId } from './column-ids.ts'

const columnId = z.enum(COLUMN_IDS)

/** How the trader arranged the market screen. Stored in this window under a versioned key. */
const preferences = z.object({
  order: z.array(columnId),
  hidden: z.array(columnId),
  sort: z.object({ column: columnId, descending: z.boolean() }).optional(),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
})
export type Preferences = z.output<typeof preferences>

export const PREFERENCES_KEY = 'signal.market.v1'

export const DEFAULT_PREFERENCES: Preferences = {
  order: [...COLUMN_IDS],
  hidden: [],
  density: 'comfortable',
}

/**
 * The saved preferences, or the default if they are missing or do not parse. Columns added since then come at
 * the end; the symbol stays first and visible.
 */
export function readPreferences(text: string | null): Preferences {
  const kept = preferences.safeParse(parseJson(text ?? ''))
  if (!kept.success) return DEFAULT_PREFERENCES
  const order = new Set<ColumnId>(['symbol', ...kept.data.order, ...COLUMN_IDS])
  return { ...kept.data, order: [...order], hidden: kept.data.hidden.filter((id) => id !== 'symbol') }
}

/** The order with one column moved by `by` places; the symbol stays first. */
export function withMoved(order: readonly ColumnId[], id: ColumnId, by: number): ColumnId[] {
  const rest = order.filter((other) => other !== id)
  const to = Math.min(rest.length, Math.max(1, order.indexOf(id) + by))
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}
