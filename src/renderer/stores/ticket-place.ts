import type { TicketStart } from '#shared/ticket-start'
import { ask, signal } from './signal.ts'
import { useTicketPreferences } from './ticket-preferences.ts'

/**
 * Passes an order to the ticket's own window and brings it to the front. False if there is none: then the
 * ticket's place is beside the screen, because there is one ticket at a time.
 */
export async function passToTicketWindow(start?: TicketStart): Promise<boolean> {
  const answer = await ask(signal().app.passToTicket(start ? { start } : {}))
  return answer.ok && answer.value
}

/** Shows the ticket: beside the screen, unless it has its own window. */
export async function showTicket(): Promise<void> {
  if (!(await passToTicketWindow())) useTicketPreferences.setState({ open: true })
}
