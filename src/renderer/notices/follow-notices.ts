import type { Anomaly } from '#shared/health'
import { orderKey, type TradingNotice, type NoticeKind } from '#shared/trading/notice'
import { isClosed, type OrderView } from '#shared/trading/order'
import { useNavigation } from '../app/navigation.ts'
import { now } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useMarket } from '../stores/market.ts'
import { useSettings } from '../stores/settings.ts'
import { signal } from '../stores/signal.ts'
import { useStats } from '../stores/stats.ts'
import { tell, useToasts, withdraw, withdrawAll } from '../stores/toasts.ts'
import { useTrading } from '../stores/trading.ts'
import { countUnseen, markSeen } from '../stores/unseen.ts'
import { createCancelToasts } from './cancel-toasts.ts'
import { createSounds, type AudioPort } from './sounds.ts'

/** What notices lead to, outside of them. */
interface NoticeDeps {
  /** Puts a canceled order into the ticket again; nothing is sent. */
  readonly stageAgain: (orderId: string) => void
  /** Shows the closed orders. */
  readonly showHistory: () => void
  /** Absent in a second window, so that nothing is heard twice. */
  readonly play?: AudioPort
}

const ORDERS = 'orders'
const ALERT = 'alert '
const haltKey = (symbol: string) => `halt ${symbol}`
/** How long a rejection stays: the badge on Orders stays longer. ms */
const REJECTION_MS = 60_000
/** How long a warning about the market stays, ms. */
const WARNING_MS = 20_000

const isMuted = (kind: NoticeKind): boolean =>
  useSettings.getState().view?.settings.mutedNotices.includes(kind) ?? false

const isShown = (screen: string): boolean => useNavigation.getState().screen === screen

/** Tells what happened to orders and to the feed in this window; returns its stop. */
export function followNotices({ play, ...ports }: NoticeDeps): () => void {
  const level = () => useSettings.getState().view?.settings.noticeSound ?? 'off'
  const sound = play && createSounds({ play, level, now })
  const tellCancel = createCancelToasts(ports)

  const take = (notice: TradingNotice) => {
    const { kind, key, tone, text } = notice
    if ((kind === 'fill' || kind === 'rejection') && !isShown(ORDERS)) countUnseen(key)
    if (isMuted(kind)) return withdraw(key)
    sound?.(kind)
    if (kind === 'cancel' && tone === 'done') return tellCancel(notice)
    tell({ key, kind, tone, text, ...(kind === 'rejection' && { staysMs: REJECTION_MS }) })
  }

  const alert = ({ kind: anomaly, severity, message, symbol }: Anomaly) => {
    if (isMuted('alert')) return
    sound?.('alert')
    const alarm = { kind: 'alert', text: message } as const
    if (symbol !== undefined) tell({ ...alarm, key: haltKey(symbol), tone: 'warning' })
    else if (severity === 'error') tell({ ...alarm, key: `${ALERT}${anomaly}`, tone: 'failed' })
    else tell({ ...alarm, key: `${ALERT}${anomaly}`, tone: 'warning', staysMs: WARNING_MS })
  }

  const stops = [
    signal().trading.noticed(take),
    signal().monitor.anomaly(alert),
    useNavigation.subscribe(({ screen }) => {
      if (screen === ORDERS) markSeen()
    }),
    ...followMoot(),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Takes away what no longer matters: failures about orders that are closed, of a feed that is back, of stocks that trade again, of another account. */
function followMoot(): readonly (() => void)[] {
  return [
    useTrading.subscribe(({ trading }, before) => {
      if (trading === undefined) return withdrawAll(orderKey(''))
      if (trading.orders !== before.trading?.orders) withdrawFailures(trading.orders)
    }),
    useMarket.subscribe(({ bySymbol }, before) => {
      if (bySymbol.size === 0) return withdrawAll(haltKey(''))
      for (const { symbol, halt } of before.bySymbol.values()) {
        const now = halt && bySymbol.get(symbol)
        if (now && !now.halt) withdraw(haltKey(symbol))
      }
    }),
    useConnection.subscribe(({ connection }) => {
      if (connection?.status === 'connected') withdraw(`${ALERT}disconnected`)
    }),
    useStats.subscribe(({ stats }, before) => {
      const isHealthy = stats?.health.level === 'healthy'
      if (isHealthy && before.stats?.health.level !== 'healthy') withdrawAll(ALERT)
    }),
  ]
}

/** Takes away that orders could not be canceled, once they are closed. */
function withdrawFailures(orders: readonly OrderView[]): void {
  const failures = useToasts
    .getState()
    .toasts.filter(({ tone, staysMs }) => tone === 'failed' && staysMs === undefined)
  for (const { key } of failures) {
    const order = orders.find(({ id }) => orderKey(id) === key)
    if (key !== undefined && order !== undefined && isClosed(order)) withdraw(key)
  }
}
