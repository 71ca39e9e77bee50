import { create } from 'zustand'
import type { NoticeKind } from '#shared/trading/notice'

/** A short message about what was just done or what happened, with at most one action. */
export interface Toast {
  readonly id: number
  /** A later toast with the same key replaces this one; {@link withdraw} takes it away. */
  readonly key?: string
  /** What it is about, if the trader can mute it. */
  readonly kind?: NoticeKind
  /** `asking` waits briefly for a second press; `busy` lasts until it is replaced or withdrawn. */
  readonly tone: 'done' | 'warning' | 'failed' | 'asking' | 'busy'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
  /** How long it stays while the pointer is not on it, ms, if not as long as its tone says. */
  readonly staysMs?: number
}

/** How many are kept; older ones are dropped. The toaster shows the last few and counts the others. */
const KEPT = 50

/** The messages at the bottom of the window, oldest first. */
export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let lastId = 0

/** Shows a passing message, in the place of an earlier one with the same key. */
export function tell(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const fresh: Toast = { id: lastId, ...toast }
  const isReplaced = ({ tone, key }: Toast) => tone === 'asking' || (key !== undefined && key === toast.key)
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((one) => !isReplaced(one)), fresh].slice(-KEPT),
  }))
}

/** Shows a message in the place of the busy one with its key, unless that has been replaced meanwhile. */
export function tellIfBusy(toast: Omit<Toast, 'id'> & { readonly key: string }): void {
  const isBusy = useToasts.getState().toasts.some(({ key, tone }) => key === toast.key && tone === 'busy')
  if (isBusy) tell(toast)
}

const remove = (isGone: (toast: Toast) => boolean): void =>
  useToasts.setState(({ toasts }) =>
    toasts.some(isGone) ? { toasts: toasts.filter((toast) => !isGone(toast)) } : { toasts },
  )

/** Removes the toast with this key, if it is there: what it says no longer matters. */
export const withdraw = (key: string): void => remove((toast) => toast.key === key)

/** Removes all toasts whose key begins so. */
export const withdrawAll = (start: string): void => remove(({ key }) => key?.startsWith(start) ?? false)

/** Removes a toast. */
export const dismissToast = (id: number): void => remove((toast) => toast.id === id)

/** Removes all toasts. */
export const dismissAll = (): void => useToasts.setState({ toasts: [] })
