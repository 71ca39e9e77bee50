import * as z from 'zod'
import { create } from 'zustand'
import { quantity } from '#shared/units'

/** How the trader set up the order ticket. Kept in this window's storage under a versioned key. */
const preferences = z.object({
  /** It stands beside the screens that trade. */
  open: z.boolean(),
  /** Shares that one key puts into the quantity; the first is what a new order begins with. */
  presets: z.array(quantity).min(1).max(4),
})
export type TicketPreferences = z.output<typeof preferences>

const KEY = 'signal.ticket.v1'

const DEFAULTS: TicketPreferences = {
  open: false,
  // The first passes every limit of an account of $100,000 with nearly any stock.
  presets: quantity.array().parse(['10', '50', '100', '500']),
}

function read(text: string | null): TicketPreferences {
  try {
    return text === null ? DEFAULTS : { ...DEFAULTS, ...preferences.parse(JSON.parse(text)) }
  } catch {
    return DEFAULTS // another version wrote it, or it was spoilt
  }
}

/** How the order ticket is set up. */
export const useTicketPreferences = create<TicketPreferences>(() => read(localStorage.getItem(KEY)))

useTicketPreferences.subscribe((now) => localStorage.setItem(KEY, JSON.stringify(now)))
