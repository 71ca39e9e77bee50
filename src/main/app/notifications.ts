import { Notification } from 'electron'
import { counted, formatCount } from '#shared/format/numbers'
import type { Anomaly } from '#shared/health'
import type { LoadProgress } from '#shared/history'
import type { OrderNotice } from '../execution/index.ts'

/** Shows an anomaly as a desktop notification, if the desktop supports them. */
export function notifyOf({ kind, message }: Anomaly): void {
  if (!Notification.isSupported()) return
  const title = kind === 'halt' ? 'Signal: halt' : 'Signal: market data'
  new Notification({ title, body: message, silent: kind === 'halt' }).show()
}

/** Shows a desktop notification when a history load ends. */
export function notifyOfLoad({ state, barsLoaded, symbols }: LoadProgress): void {
  if (!Notification.isSupported()) return
  const failed = symbols.filter((symbol) => symbol.state === 'failed').length
  const title = state === 'done' ? 'Signal: history downloaded' : 'Signal: history download incomplete'
  const bars = `${formatCount(barsLoaded)} bars of ${counted(symbols.length, 'symbol')}`
  new Notification({ title, body: failed === 0 ? bars : `${bars}; ${failed} failed` }).show()
}

/** Shows a desktop notification about an order. */
export function notifyOfOrder({ title, body }: OrderNotice): void {
  if (Notification.isSupported()) new Notification({ title: `Signal: ${title}`, body }).show()
}
