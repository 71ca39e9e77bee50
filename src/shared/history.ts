import * as z from 'zod'

/**
 * Where a stored bar came from: Signal's demo market, IEX alone, or the consolidated tape. The names sort from the
 * least to the best, in every database: a bar replaces one of a lesser or the same feed, never one of a better.
 */
export const barFeed = z.enum(['demo', 'iex', 'sip'])
export type BarFeed = z.output<typeof barFeed>
