import * as z from 'zod'
import { parseJson } from '#shared/parse-json'

/** How the trader arranged the market screen besides the grid. Stored in this window under a versioned key. */
const preferences = z.object({
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
})
export type Preferences = z.output<typeof preferences>

export const PREFERENCES_KEY = 'signal.market.v1'

export const DEFAULT_PREFERENCES: Preferences = { density: 'comfortable' }

/** The saved preferences, or the default if they are missing or do not parse. */
export const readPreferences = (text: string | null): Preferences =>
  preferences.safeParse(parseJson(text ?? '')).data ?? DEFAULT_PREFERENCES
