import { Decimal } from 'decimal.js'
import type { DatabaseStatus } from '../../src/shared/database.ts'
import type { MarketRow } from '../../src/shared/market.ts'
import type { RuntimeConcern } from '../../src/shared/runtime-concern.ts'
import type { Mode } from '../../src/shared/settings.ts'
import type { TradingChange, TradingSnapshot } from '../../src/shared/trading/account.ts'
import type { AuditEvent } from '../../src/shared/trading/audit.ts'
import type { OrderState, OrderView } from '../../src/shared/trading/order.ts'
import { stockSymbol, type StockSymbol } from '../../src/shared/units.ts'
import { alpacaConfig } from '#alpaca'
import type { ModeStorage } from '../../src/main/storage-client/index.ts'
import { systemClock, type Clock } from '#process/clock'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { AccountSession, openSafetyFile } from '../../src/main/account-session/index.ts'
import { silentLog } from '#process/log'
import type { TradingNotice } from '../../src/shared/trading/notice.ts'
import type { OrderNotice, TradingHandlers } from '../../src/main/execution/index.ts'
import { Inbox } from './inbox.ts'
import { modeStorageIn } from './mode-storage.ts'

/** A quote as young as this may be traded on, however busy the machine is. */
const FRESH_MS = 1_000

interface TradingSessionOptions {
  /** Where the market is: a demo market, or the way to it through a proxy. */
  readonly market: Pick<DemoMarket, 'environment'>
  /** Location of the event log; the same folder again is the same log. */
  readonly dataDir: string
  readonly symbols: readonly string[]
  readonly mode?: Mode
  /** Replaces the SQLite file in the folder. */
  readonly databaseUrl?: string
  /** The machine's clock if absent; the market has to use the same one. */
  readonly clock?: Clock
  /** What makes the runtime unsafe; nothing if absent. */
  readonly concerns?: readonly RuntimeConcern[]
}

/**
 * Everything that main does for trading, without Electron: an account session, its market, and the storage
 * process.
 */
export interface TradingSession {
  readonly trading: TradingHandlers
  readonly modeStorage: ModeStorage
  /** The storage processes started so far, the last one running. */
  readonly storageProcesses: ReturnType<typeof modeStorageIn>['started']
  readonly changes: Inbox<TradingChange>
  readonly events: Inbox<AuditEvent>
  /** What the desktop showed, and what the windows did. */
  readonly notices: Inbox<OrderNotice>
  readonly noticed: Inbox<TradingNotice>
  readonly rows: Inbox<MarketRow>
  snapshot(): TradingSnapshot
  order(id: string): OrderView | undefined
  /** The mid between bid and ask, as last shown. */
  mid(symbol: string): Decimal
  /** Resolves once this is true of what a window would show. */
  when(holds: (shown: TradingSnapshot) => boolean): Promise<TradingSnapshot>
  /** Resolves once the order is in one of these states. */
  until(id: string, ...states: readonly OrderState[]): Promise<OrderView>
  /** Resolves once everything may be traded: the account state agrees, and prices flow. */
  ready(): Promise<void>
  close(): Promise<void>
}

/** Opens an account session on that market. */
export function openTradingSession({
  market,
  dataDir,
  symbols,
  mode = 'demo',
  databaseUrl,
  clock = systemClock,
  concerns = [],
}: TradingSessionOptions): TradingSession {
  const statuses = new Inbox<DatabaseStatus>()
  const [changes, events, notices, noticed] = [
    new Inbox<TradingChange>(),
    new Inbox<AuditEvent>(),
    new Inbox<OrderNotice>(),
    new Inbox<TradingNotice>(),
  ]
  const rows = new Inbox<MarketRow>()
  const { modeStorage, started } = modeStorageIn(dataDir, (status) => statuses.add(status), {
    databaseUrl: () => databaseUrl,
    clock,
  })
  modeStorage.use(mode, undefined)
  const session = new AccountSession({
    mode,
    symbols: stockSymbol.array().parse(symbols),
    throttleMs: 50,
    isVisible: true,
    emit: {
      market: {
        changes: (changed) => changed.forEach((row) => rows.add(row)),
        sparklines: () => {},
        connection: () => {},
        session: () => {},
      },
      monitor: { statsChanged: () => {}, anomaly: () => {} },
      trading: { changed: (change) => changes.add(change), noticed: (notice) => noticed.add(notice) },
      audit: { appended: (appended) => appended.forEach((event) => events.add(event)) },
    },
    eventLog: modeStorage.eventLog,
    corporateActions: modeStorage.corporateActions,
    safety: openSafetyFile({ dataDir, mode, clock }),
    concerns: () => concerns,
    onOrderNotice: (notice) => notices.add(notice),
    onAnomaly: () => {},
    onBar: () => {},
    processes: () => ({}),
    loopDelay: { read: () => ({ p50: 0, p99: 0 }) },
    clock,
    log: silentLog,
  })
  session.connect(alpacaConfig(market.environment))

  const snapshot = (): TradingSnapshot => {
    const answer = session.handlers.trading.snapshot()
    if (answer instanceof Promise || !answer.ok) throw new Error('snapshots are answered immediately')
    return answer.value
  }
  const order = (id: string) => snapshot().orders.find((one) => one.id === id)
  async function when(holds: (shown: TradingSnapshot) => boolean): Promise<TradingSnapshot> {
    if (!holds(snapshot())) await changes.until(() => holds(snapshot()), changes.items.length)
    return snapshot()
  }
  return {
    trading: session.handlers.trading,
    modeStorage,
    storageProcesses: started,
    changes,
    events,
    notices,
    noticed,
    rows,
    snapshot,
    order,
    mid(symbol) {
      const { bid, ask } =
        [...rows.items].reverse().find((row) => row.symbol === symbol && row.bid && row.ask) ?? {}
      if (bid === undefined || ask === undefined) throw new Error(`no quote of ${symbol} was shown yet`)
      return new Decimal(bid).plus(ask).div(2)
    },
    when,
    async until(id, ...states) {
      await when(() => states.includes(order(id)?.state ?? 'requested'))
      return order(id) as OrderView
    },
    async ready() {
      const isFresh = ({ origin }: MarketRow) =>
        origin !== undefined && clock.now() - origin.receivedAt < FRESH_MS
      const hasPrice = (symbol: StockSymbol) =>
        rows.until((row) => row.symbol === symbol && row.bid !== undefined && isFresh(row))
      await Promise.all(stockSymbol.array().parse(symbols).map(hasPrice))
      await when(({ trading, account }) => trading.state === 'active' && account !== undefined)
    },
    async close() {
      await session.close()
      modeStorage.stop()
    },
  }
}
