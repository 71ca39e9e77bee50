import { create } from 'zustand'

/** A short message about what was just done, with at most one action. */
export interface Toast {
  readonly id: number
  /**
   * `asking` waits briefly for a second press; `busy` lasts until the work is done. The next message replaces
   * either.
   */
  readonly tone: 'done' | 'failed' | 'asking' | 'busy'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** How many stay visible; older ones are dropped. */
const KEPT = 3

/** The messages at the bottom of the window, oldest first. */
export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let lastId = 0

/** Shows a passing message. */
export function tell(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const fresh: Toast = { id: lastId, ...toast }
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter(({ tone }) => tone !== 'asking' && tone !== 'busy'), fresh].slice(-KEPT),
  }))
}

/** Removes a toast. */
export const dismissToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
