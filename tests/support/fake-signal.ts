import { Decimal } from 'decimal.js'
import type { Anomaly, SystemStats } from '../../src/shared/health.ts'
import { contract, type SignalApi } from '../../src/shared/ipc/contract.ts'
import type { Connection, Halt, MarketRow, MarketSession, Sparkline } from '../../src/shared/market.ts'
import { ticketHash } from '../../src/shared/ticket-start.ts'
import { err, ok } from '../../src/shared/result.ts'
import { DEFAULT_SETTINGS, type AccountKind, type SettingsView } from '../../src/shared/settings.ts'
import { toPrice, toSignedDecimal, type StockSymbol } from '../../src/shared/units.ts'
import { defined } from '../../src/shared/defined.ts'
import type { UpdateStatus } from '../../src/shared/updates.ts'
import { withWatchlistChange } from '../../src/shared/watchlists.ts'
import { bridge } from './bridge.ts'
import { createFakeAudit, type FakeAudit } from './fake-audit.ts'
import { createFakeDatabase, type FakeDatabase } from './fake-database.ts'
import { createFakeHistory, type FakeHistory } from './fake-history.ts'
import { createFakeTrading, type FakeTrading } from './fake-trading.ts'
import { seededRandom } from './seeded-random.ts'

/** What a test can do to the market behind the window. */
export interface FakeMain
  extends
    Omit<FakeHistory, 'handlers'>,
    Omit<FakeTrading, 'handlers'>,
    Omit<FakeAudit, 'handlers'>,
    Omit<FakeDatabase, 'handlers'> {
  readonly api: SignalApi
  /** Sends the next price of every symbol. */
  tick(): void
  /** Sends one row with these values in place of its own. */
  row(symbol: string, facts: Partial<MarketRow>): void
  halt(symbol: string, halt: Halt | undefined): void
  connection(facts: Partial<Connection>): void
  session(session: MarketSession): void
  stats(facts: Partial<SystemStats>): void
  anomaly(anomaly: Anomaly): void
  settings(view: Partial<SettingsView>): void
  /** What Signal knows about newer versions; a check finds nothing new. */
  updates(status: Partial<UpdateStatus>): void
  /** What the window asked main to do outside of it, such as `openTicket AAPL`, oldest first. */
  asked(): readonly string[]
}

const START_PRICES: Record<string, number> = {
  AAPL: 229.87, TSLA: 352.56, NVDA: 141.95, PLTR: 64.35, GOOGL: 164.76, MSFT: 417, AMZN: 197.12, META: 559.14,
  AMD: 138.35, NFLX: 897.79, CRM: 341.89, ADBE: 514.92, SPY: 595.51, QQQ: 505.79, SMH: 242.55, DIA: 443.2,
  IWM: 239.12,
} // prettier-ignore

interface Quoted {
  mid: Decimal
  open: Decimal
  high: Decimal
  low: Decimal
  volume: number
  row: MarketRow
  line: Sparkline
}

/** A simulated main process: the whole contract with moving prices, without Electron. */
export function createFakeMain({ welcomed }: { readonly welcomed: boolean }): FakeMain {
  const next = seededRandom(7)
  const now = Date.now
  const book = new Map<StockSymbol, Quoted>()
  const forced = new Map<string, Partial<MarketRow>>()
  const startedAt = now()
  const cents = (amount: Decimal) => toPrice(amount.toDecimalPlaces(2))
  let quotes = 0
  let view: SettingsView = {
    settings: { ...DEFAULT_SETTINGS, welcomed },
    fixed: {},
    credentials: (['paper', 'live'] satisfies AccountKind[]).map((account) => ({ account, present: false })),
    database: { kind: 'file', hasPassword: false },
    encryptionAvailable: true,
    warnings: [],
  }
  let connection: Connection = { status: 'connected', since: startedAt }
  let session: MarketSession = { phase: 'regular', day: '2024-11-22', earlyClose: false }
  let moreStats: Partial<SystemStats> = {}
  const anomalies: Anomaly[] = []

  const open = (symbol: StockSymbol): Quoted => {
    const start = new Decimal(START_PRICES[symbol] ?? 20 + Math.floor(next() * 20_000) / 100)
    const minute = Math.floor(now() / 60_000) * 60_000
    let close = start
    const closes = Array.from({ length: 60 }, (_, index) => {
      close = close.times(1 + (next() - 0.497) * 0.002)
      return { at: minute - (60 - index) * 60_000, close: cents(close) }
    })
    return {
      mid: close.toDecimalPlaces(2),
      open: start,
      high: Decimal.max(start, close),
      low: Decimal.min(start, close),
      volume: Math.floor(next() * 40_000_000),
      row: { symbol, freshness: 'waiting' },
      line: { symbol, closes, previousClose: cents(start), atr: cents(start.times('0.002')) },
    }
  }

  const step = (symbol: StockSymbol): MarketRow => {
    const quoted = book.get(symbol) ?? open(symbol)
    book.set(symbol, quoted)
    const before = quoted.mid
    const move = Math.round((next() - 0.5) * 6) / 200
    quoted.mid = Decimal.max('0.05', before.plus(move))
    const half = new Decimal(Math.ceil(next() * 3)).div(200)
    const bid = quoted.mid.minus(half).toDecimalPlaces(2, Decimal.ROUND_DOWN)
    const ask = quoted.mid.plus(half).toDecimalPlaces(2, Decimal.ROUND_UP)
    const price = bid.plus(ask).div(2)
    quoted.high = Decimal.max(quoted.high, price)
    quoted.low = Decimal.min(quoted.low, price)
    quoted.volume += Math.floor(next() * 900)
    const change = price.minus(quoted.open)
    const last = quoted.line.closes.at(-1)
    quoted.row = {
      symbol,
      price: toPrice(price),
      basis: 'mid',
      origin: { source: 'demo', at: now() - 3, receivedAt: now() },
      freshness: 'live',
      bid: toPrice(bid),
      ask: toPrice(ask),
      bidSize: Math.ceil(next() * 12) * 100,
      askSize: Math.ceil(next() * 12) * 100,
      spread: toPrice(ask.minus(bid)),
      last: cents(price),
      lastTrade: { price: cents(price), size: 100, at: now() - 400 },
      bar: {
        at: last?.at ?? startedAt,
        open: cents(before.minus(0.08)),
        high: cents(before.plus(0.15)),
        low: cents(before.minus(0.21)),
        close: last?.close ?? cents(before),
        volume: 4_000 + (quoted.volume % 90_000),
        vwap: cents(before),
        tradeCount: 312,
      },
      dayOpen: cents(quoted.open),
      dayHigh: cents(quoted.high),
      dayLow: cents(quoted.low),
      dayVolume: quoted.volume,
      previousClose: cents(quoted.open),
      change: toSignedDecimal(change),
      changePercent: toSignedDecimal(change.div(quoted.open).times(100).toDecimalPlaces(2)),
      ...forced.get(symbol),
    }
    return quoted.row
  }

  const currentRow = (symbol: StockSymbol) => book.get(symbol)?.row ?? step(symbol)

  const stats = (): SystemStats => ({
    at: now(),
    uptimeMs: now() - startedAt,
    connectedForMs: now() - connection.since,
    health: { level: 'healthy', reasons: [] },
    received: { quotes, bars: 17, trades: 0, statuses: 0 },
    duplicateQuotes: Math.floor(quotes / 3),
    errors: 0,
    quotesPerSecond: { last1s: 137, last60s: 141 },
    tradesPerSecond: { last1s: 24, last60s: 22 },
    barsPerMinute: 17,
    bytesPerSecond: 18_432,
    lastMessageAt: { quote: now(), bar: now() - 24_000 },
    latency: { p50: 2.4, p99: 11 },
    eventLoopDelay: { p50: 0.6, p99: 3.8 },
    reconnectsLastHour: 0,
    subscriptions: 17,
    rateLimit: { limit: 200, remaining: 187, resetAt: now() + 30_000 },
    processes: { demoMarket: 'running' },
    ...moreStats,
  })

  const change = (next: Partial<SettingsView>) => {
    view = { ...view, ...next }
    emit.settings.changed(view)
    return ok(view)
  }

  let updates: UpdateStatus = { source: 'named', isChecking: false }
  const setUpdates = (next: Partial<UpdateStatus>) => {
    updates = { ...updates, ...next }
    emit.updates.changed(updates)
  }

  const asked: string[] = []
  let hasTicketWindow = false
  let followed: readonly StockSymbol[] = []
  const { handlers, ...history } = createFakeHistory(
    () => emit,
    (call) => void asked.push(call),
  )
  const { handlers: databaseHandlers, ...database } = createFakeDatabase(
    () => emit,
    (call) => void asked.push(call),
  )
  const { handlers: tradingHandlers, ...trading } = createFakeTrading(() => emit, {
    rowOf: currentRow,
    mode: () => view.settings.mode,
  })
  const { handlers: auditHandlers, ...audit } = createFakeAudit(
    () => emit,
    (call) => void asked.push(call),
  )
  const { api, emit } = bridge(contract, {
    ...handlers,
    database: { ...handlers.database, ...databaseHandlers },
    ...auditHandlers,
    ...tradingHandlers,
    app: {
      info: () =>
        ok({
          version: '0.1.0',
          runtime: 'Electron 45.4.1 (Chromium 150, Node 24.21)',
          dataDir: '/home/trader/.config/signal-trading',
          logFile: '/home/trader/.config/signal-trading/logs/signal.log',
          concerns: trading.concerns(),
        }),
      openPage: () => ok(undefined),
      showLog: () => ok(undefined),
      showDataFolder: () => ok(void asked.push('showDataFolder')),
      openTicket: ({ start }) => {
        asked.push(ticketHash(start))
        return ok(void (hasTicketWindow = true))
      },
      passToTicket: ({ start }) => {
        if (hasTicketWindow) asked.push(ticketHash(start))
        return ok(hasTicketWindow)
      },
      saveText: ({ name, text }) => {
        asked.push(`saveText ${name}\n${text}`)
        return ok({ kind: 'saved', path: `/home/trader/${name}` })
      },
    },
    market: {
      snapshot: () =>
        ok({
          rows: view.settings.symbols.map(currentRow),
          sparklines: view.settings.symbols.flatMap((symbol) => book.get(symbol)?.line ?? []),
          connection,
          session,
        }),
      follow: (symbols) => {
        followed = symbols
        emit.market.changes(symbols.map(step))
        return ok(undefined)
      },
      reconnect: () => ok(undefined),
    },
    monitor: { stats: () => ok(stats()), anomalies: () => ok(anomalies) },
    settings: {
      read: () => ok(view),
      save: (fields) => {
        const account = fields.mode === 'demo' ? undefined : fields.mode
        if (account && !view.credentials.some((status) => status.account === account && status.present)) {
          const message = `There are no keys for the ${account} account yet. Enter them below first.`
          return err({ kind: 'no-credentials', message })
        }
        const lists = withWatchlistChange(view.settings, defined(fields))
        if (!lists.ok) return err({ kind: 'invalid', field: 'watchlist', message: lists.error })
        return change({ settings: { ...view.settings, ...defined(fields), ...lists.value } })
      },
      testCredentials: ({ credentials }) =>
        credentials.apiKey.startsWith('PK')
          ? ok({
              kind: 'accepted',
              accountEndsWith: '4821',
              status: 'ACTIVE',
              equity: toSignedDecimal(new Decimal(100_000)),
            })
          : ok({ kind: 'refused', message: 'Alpaca does not know these keys. Paper keys begin with PK.' }),
      saveCredentials: ({ account, credentials }) =>
        change({
          credentials: view.credentials.map((status) =>
            status.account === account
              ? { account, present: true, keyEndsWith: credentials.apiKey.slice(-4), from: 'saved' }
              : status,
          ),
        }),
      confirmHosts: ({ hosts }) =>
        change({
          credentials: view.credentials.map((status) =>
            status.hosts?.state === 'unconfirmed'
              ? { ...status, hosts: { names: hosts, state: 'used' as const } }
              : status,
          ),
        }),
      saveDatabase: ({ choice }) =>
        change({
          database:
            choice.kind === 'file'
              ? { kind: 'file', hasPassword: false }
              : { kind: 'server', url: choice.url, hasPassword: choice.password !== undefined },
        }),
      forgetCredentials: (account) =>
        change({
          credentials: view.credentials.map((status) =>
            status.account === account ? { account, present: false } : status,
          ),
        }),
    },
    updates: {
      status: () => ok(updates),
      check: () => {
        setUpdates({ lastCheck: { at: now() } })
        return ok(updates)
      },
      openPage: () => ok(void asked.push('updates.openPage')),
    },
  })

  const shown = () => [...view.settings.symbols, ...followed]
  const find = (symbol: string) => shown().find((known) => known === symbol)
  const force = (symbol: string, facts: Partial<MarketRow>) => {
    const known = find(symbol)
    if (!known) throw new Error(`${symbol} is not on the watchlist`)
    forced.set(symbol, { ...forced.get(symbol), ...facts })
    emit.market.changes([step(known)])
  }

  return {
    ...history,
    ...trading,
    ...audit,
    ...database,
    api,
    asked: () => asked,
    tick() {
      const moved = shown().filter(() => next() < 0.45)
      quotes += moved.length
      if (connection.status === 'connected') emit.market.changes(moved.map(step))
    },
    row: force,
    halt(symbol, halt) {
      forced.delete(symbol)
      force(symbol, halt ? { halt } : {})
    },
    connection(facts) {
      connection = { ...connection, ...facts }
      emit.market.connection(connection)
    },
    session(fresh) {
      session = fresh
      emit.market.session(session)
    },
    stats(facts) {
      moreStats = facts
      emit.monitor.statsChanged(stats())
    },
    anomaly(anomaly) {
      anomalies.unshift(anomaly)
      emit.monitor.anomaly(anomaly)
    },
    settings: (fresh) => void change(fresh),
    updates: setUpdates,
  }
}
