/** The element that had the focus before the ticket took it. */
let cameFrom: HTMLElement | undefined

const FORM = 'form[aria-label="Order ticket"]'

const ticketForm = (): HTMLElement | null => document.querySelector<HTMLElement>(FORM)

/** Whether the focus is in the ticket. */
export const isInTicket = (): boolean => ticketForm()?.contains(document.activeElement) ?? false

/** Focuses a field of the ticket, once it is drawn, and remembers where the focus was. */
export function focusField(field: 'symbol' | 'quantity' | 'limitPrice'): void {
  const now = document.activeElement
  if (!isInTicket() && now instanceof HTMLElement && now !== document.body) cameFrom = now
  requestAnimationFrame(() => {
    const control = document.getElementById(`ticket-${field}`)
    control?.focus()
    if (control instanceof HTMLInputElement) control.select()
  })
}

/** Returns the focus to where it was; if that is gone, the ticket keeps it. */
export function returnFocus(): void {
  if (cameFrom?.isConnected === true) cameFrom.focus()
  cameFrom = undefined
}
