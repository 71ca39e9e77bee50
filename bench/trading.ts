/**
 * Trading: from the trader's command to the outgoing request, with the durable record in between, compared
 * with the record alone; and rebuilding the account state from a log of a million events, in full and from a
 * snapshot.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AlpacaClient, alpacaConfig, TradeUpdatesStream, type AlpacaConfig } from '#alpaca'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { openDatabase, transact } from '../src/storage/database/index.ts'
import { insertCopiedEvents } from '../src/storage/events/index.ts'
import type { StorageClient } from '../src/main/storage-client/index.ts'
import { TradingLog } from '../src/main/execution/event-log/trading-log.ts'
import { ExecutionEngine, type EventLog } from '../src/main/execution/index.ts'
import { isClosed, orderDraft } from '../src/shared/trading/order.ts'
import { stockSymbol, toPrice } from '../src/shared/units.ts'
import { percentile, type Measurement } from './report.ts'
import { startDemoProcess } from './support/demo-process.ts'
import { eventLogOf } from './support/event-log.ts'
import { startStorage } from './support/storage.ts'
import { tradingEvents } from './support/trading-events.ts'
import { memorySafety } from '../tests/support/memory-safety.ts'

const ORDERS = 400
const EVENTS = 1_000_000

/** Milliseconds from submit to the wire, and for rebuilding the account state. */
export async function benchTrading(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signal-bench-'))
  try {
    return [await clickToWire(join(folder, 'orders.sqlite')), ...(await start(join(folder, 'log.sqlite')))]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function clickToWire(file: string): Promise<Measurement> {
  const { client: storage } = await startStorage({ databaseUrl: `sqlite:${file}`, logLevel: 'error' })
  const market = await startDemoProcess()
  const sentAt: number[] = []
  const config = alpacaConfig(market.environment)
  const client = new AlpacaClient(config, {
    fetch: async (url, init) => {
      if (init?.method === 'POST') sentAt.push(performance.now())
      return fetch(url, init)
    },
  })
  const ours: number[] = []
  // Orders are three seconds apart by the engine's clock, to stay within its limit of orders per minute.
  const trading = await openTrading(storage, client, config, () => Date.now() + ours.length * 3_000)
  for (let order = 0; order < ORDERS; order++) {
    const began = performance.now()
    const answer = await trading.handlers.submit({ intent: randomUUID(), draft: DRAFT, accepted: ACCEPTED })
    if (!answer.ok || sentAt.length !== order + 1) throw new Error(JSON.stringify(answer))
    ours.push((sentAt[order] ?? Number.NaN) - began)
    // A trader's next click finds a quiet engine: the previous order is canceled, and all of it is recorded.
    await trading.handlers.cancel(answer.value.id)
    await quiet(trading)
  }
  const raw = await recordTimes(storage)
  await trading.close()
  storage.stop()
  market.stop()
  const [rawMs, oursMs] = [percentile(raw, 0.99), percentile(ours, 0.99)]
  return {
    name: 'submit to the wire with the durable record, p99 (raw: one record)',
    unit: 'ms',
    raw: rawMs,
    ours: oursMs,
    ratio: oursMs / rawMs,
    budget: '10 ms',
    kept: oursMs <= 10,
  }
}

/** Resolves once no order is open. */
async function quiet(trading: ExecutionEngine): Promise<void> {
  for (;;) {
    const snapshot = await trading.handlers.snapshot()
    if (snapshot.ok && snapshot.value.orders.every(isClosed)) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const AAPL = stockSymbol.parse('AAPL')
const DRAFT = orderDraft.parse({
  symbol: AAPL,
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: '1',
  limitPrice: '99.00',
  extendedHours: false,
})
const ACCEPTED = ['DUPLICATE_ORDER', 'PRICE_OUTSIDE_BAND']

/** An execution engine whose market stands still. */
async function openTrading(
  storage: StorageClient,
  client: AlpacaClient,
  config: AlpacaConfig,
  clock: () => number,
): Promise<ExecutionEngine> {
  const now = Date.now()
  const origin = { source: 'demo', at: now, receivedAt: now + 3_600_000 } as const
  let isReady: () => void = () => {}
  const ready = new Promise<void>((resolve) => (isReady = resolve))
  const trading: ExecutionEngine = new ExecutionEngine({
    mode: 'demo',
    client,
    openUpdates: (handlers) => new TradeUpdatesStream(config, handlers),
    eventLog: eventLogOf(storage),
    safety: memorySafety(),
    concerns: () => [],
    market: {
      row: (symbol) => ({
        symbol,
        price: toPrice(99.01),
        basis: 'mid',
        origin,
        freshness: 'live',
        bid: toPrice(99),
        ask: toPrice(99.02),
        bidSize: 100,
        askSize: 100,
        spread: toPrice(0.02),
      }),
      session: () => ({ phase: 'regular', day: '2026-11-25', earlyClose: false }),
      feed: () => ({ isConnected: true, isMute: false }),
      follow: () => {},
      assets: async () => [],
    },
    onChange: ({ trading: state }) => {
      if (state?.state === 'active') isReady()
    },
    onAppended: () => {},
    onNoticed: () => {},
    onNotice: () => {},
    clock: { ...systemClock, now: clock },
    log: silentLog,
  })
  trading.start()
  await ready
  return trading
}

/** One durable append each, without anything of trading around it. */
async function recordTimes({ api }: StorageClient): Promise<readonly number[]> {
  const times: number[] = []
  for (let version = 0; version < ORDERS; version++) {
    const began = performance.now()
    const payload = { version: 1, by: { kind: 'trader' }, draft: DRAFT, accepted: [] }
    const event = { type: 'OrderRequested', payload, at: Date.now() }
    await api.events.append({ stream: 'bench:records', expectedVersion: version, events: [event] })
    times.push(performance.now() - began)
  }
  return times
}

async function start(file: string): Promise<readonly Measurement[]> {
  const database = await openDatabase(`sqlite:${file}`)
  for (const events of tradingEvents(EVENTS))
    await transact(database, (trx) => insertCopiedEvents(trx, events))
  await database.close()
  const { client } = await startStorage({ databaseUrl: `sqlite:${file}`, logLevel: 'error' })
  const eventLog = eventLogOf(client)
  const whole = await open(eventLog)
  await whole.tradingLog.checkpoint()
  const again = await open(eventLog)
  client.stop()
  return [
    {
      name: 'account state folded from 1,000,000 events, all verified',
      unit: 'ms',
      ours: whole.ms,
      budget: 'none',
      kept: true,
    },
    {
      name: 'the same start with the snapshot that is saved each minute',
      unit: 'ms',
      raw: whole.ms,
      ours: again.ms,
      ratio: again.ms / whole.ms,
      budget: '2,000 ms',
      kept: again.ms <= 2_000,
    },
  ]
}

async function open(eventLog: EventLog): Promise<{ readonly tradingLog: TradingLog; readonly ms: number }> {
  const tradingLog = new TradingLog({
    mode: 'paper',
    eventLog,
    clock: systemClock,
    onApplied: () => {},
    log: silentLog,
  })
  const began = performance.now()
  if (!(await tradingLog.open())) throw new Error('the trading log could not be opened')
  return { tradingLog, ms: performance.now() - began }
}
