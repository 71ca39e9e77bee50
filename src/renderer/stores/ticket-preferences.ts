import { create } from 'zustand'
import { readPreferences, type TicketPreferences } from './ticket-setup.ts'

const KEY = 'signal.ticket.v1'

/** How the order ticket is set up. */
export const useTicketPreferences = create<TicketPreferences>(() =>
  readPreferences(localStorage.getItem(KEY)),
)

useTicketPreferences.subscribe((now) => localStorage.setItem(KEY, JSON.stringify(now)))

/** Takes over what another window changes; whether the ticket is shown here is this window's own. */
export function followTicketPreferences(): void {
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== KEY || newValue === null) return
    const { open: _open, ...changed } = readPreferences(newValue)
    useTicketPreferences.setState(changed)
  })
}
