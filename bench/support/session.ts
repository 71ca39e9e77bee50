import { DEFAULT_SYMBOLS } from '../../src/shared/settings.ts'
import { alpacaConfig, type AlpacaConfig } from '#alpaca'
import { AccountSession } from '../../src/main/account-session/index.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { watchEventLoop } from '../../src/main/monitor/index.ts'
import { corporateActionsAway, eventLogAway } from '../../tests/support/event-log-away.ts'
import { memorySafety } from '../../tests/support/memory-safety.ts'

/** A whole account session, as main opens it, whose window is visible and takes every update. */
export function openBenchSession(url: string): {
  session: AccountSession
  rowsSent: () => number
  quotesReceived: () => number
} {
  let rows = 0
  const ignore = () => {}
  const session = new AccountSession({
    mode: 'demo',
    symbols: DEFAULT_SYMBOLS,
    throttleMs: 100,
    isVisible: true,
    emit: {
      market: {
        changes: (changed) => {
          rows += changed.length
        },
        sparklines: ignore,
        connection: ignore,
        session: ignore,
      },
      monitor: { statsChanged: ignore, anomaly: ignore },
      trading: { changed: ignore, noticed: ignore },
      audit: { appended: ignore },
    },
    eventLog: eventLogAway,
    corporateActions: corporateActionsAway,
    safety: memorySafety(),
    concerns: () => [],
    onOrderNotice: ignore,
    onAnomaly: ignore,
    onBar: ignore,
    processes: () => ({}),
    loopDelay: watchEventLoop(),
    clock: systemClock,
    log: silentLog,
  })
  session.connect(benchConfig(url))
  const quotesReceived = () => {
    const stats = session.handlers.monitor.stats()
    return stats instanceof Promise || !stats.ok ? 0 : stats.value.received.quotes
  }
  return { session, rowsSent: () => rows, quotesReceived }
}

/** Keys and addresses of a server that accepts any keys. Its REST side answers nothing. */
export const benchConfig = (url: string): AlpacaConfig =>
  alpacaConfig({
    ALPACA_API_KEY: 'BENCH',
    ALPACA_API_SECRET: 'bench',
    ALPACA_BASE_URL: url.replace(/^ws/, 'http'),
    ALPACA_DATA_URL: url.replace(/^ws/, 'http'),
    ALPACA_WS_URL: `${url}/v2/iex`,
  })
