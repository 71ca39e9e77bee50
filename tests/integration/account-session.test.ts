import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection, MarketRow, Sparkline } from '../../src/shared/market.ts'
import { ok, type Result } from '../../src/shared/result.ts'
import { DEFAULT_SYMBOLS } from '../../src/shared/settings.ts'
import { stockSymbol, type StockSymbol } from '../../src/shared/units.ts'
import { alpacaConfig } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { AccountSession } from '../../src/main/account-session/index.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import type { EventLog } from '../../src/main/execution/index.ts'
import { corporateActionsAway, eventLogAway } from '../support/event-log-away.ts'
import { memorySafety } from '../support/memory-safety.ts'
import { Inbox } from '../support/inbox.ts'

const [AAPL, MSFT, TSLA] = stockSymbol.array().parse(['AAPL', 'MSFT', 'TSLA']) as [
  StockSymbol,
  StockSymbol,
  StockSymbol,
]

/** More symbols than Alpaca's free plan streams. */
const WELL_KNOWN = stockSymbol
  .array()
  .parse([...DEFAULT_SYMBOLS, ...'INTC CSCO ORCL IBM QCOM TXN AVGO MU PYPL UBER DIS NKE KO PEP'.split(' ')])

let market: DemoMarket
let session: AccountSession
const rows = new Inbox<MarketRow>()
const sparklines = new Inbox<Sparkline>()
const connections = new Inbox<Connection>()

beforeEach(async () => {
  for (const inbox of [rows, sparklines, connections]) inbox.items.length = 0
  market = await startDemoMarket({ symbols: [AAPL, MSFT], rate: 200, seed: 5 })
  session = openSession()
})

function openSession(
  symbols: readonly StockSymbol[] = [AAPL, MSFT],
  eventLog: EventLog = eventLogAway,
): AccountSession {
  const opened = new AccountSession({
    mode: 'demo',
    symbols,
    throttleMs: 50,
    isVisible: true,
    emit: {
      market: {
        changes: (changed) => changed.forEach((row) => rows.add(row)),
        sparklines: (changed) => changed.forEach((line) => sparklines.add(line)),
        connection: (connection) => connections.add(connection),
        session: () => {},
      },
      monitor: { statsChanged: () => {}, anomaly: () => {} },
      trading: { changed: () => {}, noticed: () => {} },
      audit: { appended: () => {} },
    },
    eventLog,
    corporateActions: corporateActionsAway,
    safety: memorySafety(),
    concerns: () => [],
    onOrderNotice: () => {},
    onAnomaly: () => {},
    onBar: () => {},
    processes: () => ({}),
    loopDelay: { read: () => ({ p50: 0, p99: 0 }) },
    clock: systemClock,
    log: silentLog,
  })
  opened.connect(alpacaConfig(market.environment))
  return opened
}

afterEach(async () => {
  await session.close()
  await market.stop()
})

/** The value of an answer that comes synchronously. */
function valueOf<T>(answer: Result<T, unknown> | Promise<unknown>): T {
  if (answer instanceof Promise || !answer.ok) throw new Error('not answered')
  return answer.value
}
const stats = () => valueOf(session.handlers.monitor.stats())
const snapshot = () => valueOf(session.handlers.market.snapshot())

const connected = (connection: Connection) => connection.status === 'connected' && stats().subscriptions > 0

test('the grid fills: quotes with their provenance, yesterday’s close, and an hour of minute bars', async () => {
  const { price, bid, ask, origin } = await rows.until(
    ({ symbol, origin: from }) => symbol === AAPL && from?.source === 'demo',
  )
  expect(Number(price)).toBeGreaterThanOrEqual(Number(bid))
  expect(Number(price)).toBeLessThanOrEqual(Number(ask))
  expect(origin?.receivedAt).toBeGreaterThanOrEqual((origin?.at ?? 0) - 5)
  await rows.until(({ symbol, previousClose }) => symbol === AAPL && previousClose !== undefined)
  const { closes } = await sparklines.until(
    ({ symbol, closes: line }) => symbol === AAPL && line.length === 60,
  )
  expect(closes.at(-1)?.at).toBeGreaterThan(Date.now() - 5 * 60_000)
})

test('what was received is what the market reports as sent', async () => {
  await connections.until(connected)
  await rows.until(() => stats().received.quotes > 200)
  market.injectFault({ kind: 'mute' })
  const { quotes, trades } = market.sent().messages
  await expect.poll(() => stats().received).toMatchObject({ quotes, trades })
  expect(stats().errors).toBe(0)
})

test('an added symbol ticks, and a removed one goes silent', async () => {
  await connections.until(connected)
  session.watch([AAPL, TSLA])
  await rows.until(({ symbol, origin }) => symbol === TSLA && origin?.source === 'demo')
  expect(snapshot().rows.map(({ symbol }) => symbol)).toEqual([AAPL, TSLA])
  const sentOfMicrosoft = () => market.sent().bySymbol[MSFT]?.quotes ?? 0
  await expect
    .poll(async () => {
      const before = sentOfMicrosoft()
      await rows.count(rows.items.length + 20)
      return sentOfMicrosoft() - before
    })
    .toBe(0)
})

test('after the connection is cut, prices are marked immediately and fresh again within five seconds', async () => {
  await connections.until(connected)
  await rows.until(({ freshness }) => freshness === 'live')
  const cutAt = Date.now()
  const [seenRows, seenConnections] = [rows.items.length, connections.items.length]
  market.injectFault({ kind: 'drop' })
  await connections.until(({ status }) => status === 'reconnecting', seenConnections)
  await rows.until(({ freshness }) => freshness === 'disconnected', seenRows)
  await connections.until(connected, seenConnections)
  await rows.until(({ freshness }) => freshness === 'live', rows.items.length)
  expect(Date.now() - cutAt).toBeLessThan(5_000)
})

test('a first connection that comes late finds fresh prices, not those of the start', async () => {
  await session.close()
  market.injectFault({ kind: 'refuse-upgrade', status: 503, times: 1 })
  const asked = () => market.sent().rest.byPath['/v2/stocks/snapshots'] ?? 0
  const before = asked()
  const seen = connections.items.length
  session = openSession()
  await connections.until(connected, seen)
  await expect.poll(asked).toBe(before + 2) // at the start, and again when the stream was up
})

test('a watchlist too long for the plan gets prices for its first thirty symbols, and a notice', async () => {
  await connections.until(connected)
  market.injectFault({ kind: 'symbol-limit', limit: 30 })
  const seen = connections.items.length
  await session.close()
  session = openSession(WELL_KNOWN)
  const { problem } = await connections.until((connection) => connection.problem !== undefined, seen)
  expect(problem).toMatch(/Plan limit reached/)
  await expect.poll(() => stats().subscriptions).toBe(30)
})

test('a closed session reports nothing more', async () => {
  await connections.until(connected)
  await session.close()
  const said = rows.items.length + connections.items.length
  market.injectFault({ kind: 'price-jump', symbol: AAPL, percent: 5 })
  await new Promise((resolve) => setImmediate(resolve))
  expect(rows.items.length + connections.items.length).toBe(said)
})

test('the usual traffic is stored when the session closes, and restored when the next one opens', async () => {
  const kept = new Map<string, string>()
  const asked: string[] = []
  const eventLog: EventLog = {
    ...eventLogAway,
    values: {
      keep: async ({ name, value }) => ok(void kept.set(name, value)),
      read: async ({ name }) => {
        asked.push(name)
        return ok(kept.get(name))
      },
    },
  }
  for (const round of [1, 2]) {
    await session.close()
    const seen = connections.items.length
    session = openSession([AAPL], eventLog)
    await connections.until(connected, seen)
    await session.close()
    expect(asked.filter((name) => name === 'usual-traffic:iex')).toHaveLength(round)
    expect(kept.get('usual-traffic:iex')).toMatch(/^\{.*\}$/)
  }
})
