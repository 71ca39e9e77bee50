import { Notification } from 'electron'
import type { Anomaly } from '#shared/health'

/** Tells the desktop of an anomaly, where it can be told. */
export function notifyOf({ kind, message }: Anomaly): void {
  if (!Notification.isSupported()) return
  const title = kind === 'halt' ? 'Trading halt' : 'Signal: market data'
  new Notification({ title, body: message, silent: kind === 'halt' }).show()
}
