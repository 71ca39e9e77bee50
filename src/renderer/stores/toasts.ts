import { create } from 'zustand'

/** A short word about what was just done, with at most one thing to do about it. */
export interface Toast {
  readonly id: number
  /** `passing`: holds for a moment, such as the first of two presses; gives way to whatever is told next. */
  readonly tone: 'done' | 'failed' | 'passing'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** How many are kept in sight; older ones give way. */
const KEPT = 3

/** What is told at the foot of the window, oldest first. */
export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let lastId = 0

/** Tells the trader something in passing. */
export function tell(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const fresh: Toast = { id: lastId, ...toast }
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter(({ tone }) => tone !== 'passing'), fresh].slice(-KEPT),
  }))
}

/** Takes a toast away. */
export const dismissToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
