import * as z from 'zod'
import { create } from 'zustand'
import { parseJson } from '#shared/parse-json'
import { quantity } from '#shared/units'

/** How the trader set up the order ticket. Stored in this window under a versioned key. */
const preferences = z.object({
  /** Whether it is shown beside the screens that trade. */
  open: z.boolean(),
  /** Shares that one key sets as the quantity; a new order starts with the first. */
  presets: z.array(quantity).min(1).max(4),
})
export type TicketPreferences = z.output<typeof preferences>

const KEY = 'signal.ticket.v1'

const DEFAULTS: TicketPreferences = {
  open: false,
  // For nearly any stock the first passes every limit of a $100,000 account.
  presets: quantity.array().parse(['10', '50', '100', '500']),
}

/** What was kept, or the defaults if there is nothing, or another version wrote it. */
const read = (text: string | null): TicketPreferences =>
  preferences.safeParse(parseJson(text ?? '')).data ?? DEFAULTS

/** How the order ticket is set up. */
export const useTicketPreferences = create<TicketPreferences>(() => read(localStorage.getItem(KEY)))

useTicketPreferences.subscribe((now) => localStorage.setItem(KEY, JSON.stringify(now)))
