import { create } from 'zustand'
import { readTicketHash, type TicketStart } from '#shared/ticket-start'
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

/** Whether this window is the ticket's own. */
export const isTicketWindow = (): boolean => readTicketHash(location.hash) !== undefined

/** The order that the ticket of this window is to begin. Set by {@link beginOrder}, followed by the ticket. */
export const useTicketRequest = create<{ readonly start?: TicketStart }>(() => ({}))

/** Begins an order in the one ticket there is: in its own window, or else beside the screen. Nothing is sent. */
export async function beginOrder(start: TicketStart): Promise<void> {
  if (isTicketWindow() || !(await passToTicketWindow(start))) useTicketRequest.setState({ start })
}

/** Shows the ticket: beside the screen, unless it has its own window. */
export async function showTicket(): Promise<void> {
  if (!(await passToTicketWindow())) useTicketPreferences.setState({ open: true })
}
