import { Notification } from 'electron'
import { counted, formatCount } from '#shared/format/numbers'
import type { Anomaly } from '#shared/health'
import type { LoadProgress } from '#shared/history'
import type { OrderNotice } from '../execution/index.ts'

/** Tells the desktop of an anomaly, where it can be told. */
export function notifyOf({ kind, message }: Anomaly): void {
  if (!Notification.isSupported()) return
  const title = kind === 'halt' ? 'Trading halt' : 'Signal: market data'
  new Notification({ title, body: message, silent: kind === 'halt' }).show()
}

/** Tells the desktop that a load of history ended. */
export function notifyOfLoad({ state, barsLoaded, symbols }: LoadProgress): void {
  if (!Notification.isSupported()) return
  const failed = symbols.filter((symbol) => symbol.state === 'failed').length
  const title = state === 'done' ? 'Signal: history is loaded' : 'Signal: history could not be loaded whole'
  const bars = `${formatCount(barsLoaded)} bars of ${counted(symbols.length, 'symbol')}`
  new Notification({ title, body: failed === 0 ? bars : `${bars}; ${failed} failed` }).show()
}

/** Tells the desktop what became of an order. */
export function notifyOfOrder({ title, body }: OrderNotice): void {
  if (Notification.isSupported()) new Notification({ title: `Signal: ${title}`, body }).show()
}
