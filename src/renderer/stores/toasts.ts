import { create } from 'zustand'

/** What a toast is about; the trader can mute each kind in Settings. */
export type ToastKind = 'fill' | 'rejection' | 'cancel' | 'alert' | 'order'

/** A short message about what was just done or what happened, with at most one action. */
export interface Toast {
  readonly id: number
  /** A later toast with the same key replaces this one; `withdraw` takes it away. */
  readonly key?: string
  readonly kind?: ToastKind
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

/** Shows a passing message, in the place of an earlier one with the same key. */
export function tell(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const fresh: Toast = { id: lastId, ...toast }
  const isOver = ({ tone, key }: Toast) =>
    tone === 'asking' || tone === 'busy' || (key !== undefined && key === toast.key)
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((one) => !isOver(one)), fresh].slice(-KEPT),
  }))
}

/** Removes the toast with this key, if it is there: what it says no longer matters. */
export const withdraw = (key: string): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.key !== key) }))

/** Removes a toast. */
export const dismissToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
