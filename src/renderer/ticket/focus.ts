/** Where the keyboard was before it came to the ticket. */
let cameFrom: HTMLElement | undefined

const FORM = 'form[aria-label="Order ticket"]'

const ticketForm = (): HTMLElement | null => document.querySelector<HTMLElement>(FORM)

/** The keyboard is in the ticket. */
export const isInTicket = (): boolean => ticketForm()?.contains(document.activeElement) ?? false

/** Takes the keyboard to a field of the ticket, once it is drawn, and keeps in mind where it was. */
export function focusField(field: 'symbol' | 'quantity' | 'limitPrice'): void {
  const now = document.activeElement
  if (!isInTicket() && now instanceof HTMLElement && now !== document.body) cameFrom = now
  requestAnimationFrame(() => {
    const control = document.getElementById(`ticket-${field}`)
    control?.focus()
    if (control instanceof HTMLInputElement) control.select()
  })
}

/** Gives the keyboard back to where it was; where that is gone, the ticket keeps it. */
export function returnFocus(): void {
  if (cameFrom?.isConnected === true) cameFrom.focus()
  cameFrom = undefined
}
