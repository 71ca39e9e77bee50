import { create } from 'zustand'

/** A short word about what was just done, with at most one thing to do about it. */
export interface Toast {
  readonly id: number
  /** `asking`, for a second press, holds for a moment; `busy` until it is done. Both give way to what is told next. */
  readonly tone: 'done' | 'failed' | 'asking' | 'busy'
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
    toasts: [...toasts.filter(({ tone }) => tone !== 'asking' && tone !== 'busy'), fresh].slice(-KEPT),
  }))
}

/** Takes a toast away. */
export const dismissToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
