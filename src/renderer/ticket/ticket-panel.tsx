import { useEffect, useRef } from 'react'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { beginFilling, takeSelected } from './ticket-actions.ts'
import { Ticket } from './ticket.tsx'

/** The ticket beside a screen while it is open; in a narrow window it covers the screen. */
export function TicketPanel() {
  const open = useTicketPreferences((preferences) => preferences.open)
  const wasClosed = useRef(false)
  useEffect(() => {
    if (open && wasClosed.current) beginFilling()
    else if (open) takeSelected() // kept open since the last time: the focus isn't moved at start
    wasClosed.current = !open
  }, [open])
  return (
    open && (
      <aside
        aria-label="Ticket"
        className="w-84 shrink-0 border-l border-line bg-surface max-md:absolute max-md:inset-0 max-md:z-30 max-md:w-auto max-md:border-l-0"
      >
        <Ticket place="panel" />
      </aside>
    )
  )
}
