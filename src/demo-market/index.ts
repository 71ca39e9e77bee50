import { manualClock, systemClock, type Clock } from './clock.ts'
import { controlRoutes } from './control.ts'
import { SimExchange, QuoteBoard } from './exchange/index.ts'
import { fault as faultSchema, FaultBoard, type FaultRequest } from './faults.ts'
import { keyCheck, newDemoKeys, newSecret } from './keys.ts'
import { marketDataRoutes } from './market-data/index.ts'
import { demoMarketOptions, type DemoMarketOptions } from './options.ts'
import { referenceRoutes } from './reference/index.ts'
import { SentLedger, type SentCounts } from './sent.ts'
import { createHttpServer, Listener } from './server/index.ts'
import { StreamServer, type StreamFeed } from './stream/index.ts'
import { SimTrading, type SimOrder } from './trading/index.ts'
import { serveUpgrades } from './upgrade.ts'

export type { Fault, FaultRequest, MalformedForm } from './faults.ts'
export type { DemoMarketOptions } from './options.ts'
export type { SentCounts } from './sent.ts'
export type { SimOrder } from './trading/index.ts'
export type { DemoChildMessage, DemoParentMessage } from './messages.ts'

/** The addresses of a demo market. */
export interface DemoMarketUrls {
  /** Trading host, without a path. */
  readonly baseUrl: string
  /** Market-data host, without a path. */
  readonly dataUrl: string
  /** The stream of each feed. */
  readonly wsUrls: Readonly<Record<StreamFeed, string>>
  readonly tradeUpdatesUrl: string
}

/** An Alpaca-compatible exchange that runs on this machine. */
export interface DemoMarket {
  readonly urls: DemoMarketUrls & { readonly wsUrl: (feed: StreamFeed) => string }
  /** The ALPACA_* variables that point any client here. */
  readonly environment: Readonly<Record<string, string>>
  /** What a request to /demo/ must bring as `Authorization: Bearer TOKEN`; absent without `control`. */
  readonly controlToken: string | undefined
  /** What it has actually sent since it started. */
  readonly sent: () => SentCounts
  /**
   * All orders that ever reached it, oldest first, each with `id`, `clientOrderId`, `status`, `filledQty`,
   * `qty` and its other fields: two orders sent for one intent would both be here.
   * `sent().rest.byRequest['POST /v2/orders']` has the number of POST requests.
   */
  readonly orders: () => readonly SimOrder[]
  /**
   * Injects a fault, or controls what is otherwise left to the market. For orders: `{ kind: 'hold-matching'
   * }` stops matching until `{ kind: 'release-matching' }`; meanwhile `{ kind: 'fill', order: 'id or
   * client_order_id', qty: '3', price: '48.05' }` fills exactly that.
   */
  readonly injectFault: (fault: FaultRequest) => void
  /** Clears all faults, except held matching, a halt or a price jump. */
  readonly clearFaults: () => void
  /** Advances the clock of a market that was started with `startAt`. */
  readonly advance: (ms: number) => void
  readonly stop: () => Promise<void>
}

/**
 * Starts a demo market; rejects if the port is taken. `log` receives a line for every client that connects or
 * disconnects.
 */
export async function startDemoMarket(
  options: DemoMarketOptions = {},
  log: (line: string) => void = () => {},
  machineClock: Clock = systemClock,
): Promise<DemoMarket> {
  const {
    port,
    seed,
    rate,
    symbols,
    clock: hours,
    control,
    connectionLimit,
    accountFile,
    keys = newDemoKeys(),
    startAt,
  } = demoMarketOptions.parse(options)
  const manual = startAt === undefined ? undefined : manualClock(startAt)
  const clock = manual ?? machineClock
  const [faults, ledger] = [new FaultBoard(), new SentLedger()]
  const areKeys = keyCheck(keys)
  const controlToken = control ? newSecret() : undefined
  const exchange = new SimExchange(clock, { seed, symbols, alwaysOpen: hours === 'open' })
  const quotes = new QuoteBoard(exchange, seed)
  const stream = new StreamServer({
    exchange,
    quotes,
    faults,
    ledger,
    seed,
    rate,
    symbols,
    connectionLimit,
    areKeys,
    log,
  })

  const trading = new SimTrading({ exchange, quotes, faults, areKeys, accountFile, log })

  function injectFault(order: FaultRequest): void {
    const fault = faultSchema.parse(order)
    if (fault.kind === 'halt') return exchange.halt(fault.symbol)
    if (fault.kind === 'resume') return exchange.resume(fault.symbol)
    if (fault.kind === 'price-jump') return exchange.jump(fault.symbol, fault.percent)
    faults.set(fault)
    stream.injectFault(fault)
    trading.injectFault(fault)
    if (fault.kind === 'unreachable') {
      void listener.close()
      if (fault.forMs !== undefined) clock.after(fault.forMs, clearFaults)
    }
  }

  function clearFaults(): void {
    faults.clear()
    stream.recover()
    trading.recover()
    void listener.reopen()
  }

  const sent = () => ledger.counts()
  const orders = () => trading.orders()
  const server = createHttpServer({
    routes: [
      ...marketDataRoutes({ exchange, quotes, faults }),
      ...referenceRoutes(exchange),
      ...trading.routes,
    ],
    control:
      controlToken === undefined
        ? undefined
        : {
            routes: controlRoutes({ injectFault, clearFaults, sent, orders }),
            token: controlToken,
          },
    areKeys,
    clock,
    faults,
    ledger,
  })
  const cutStreams = serveUpgrades(server, { stream, trading, faults })
  const listener = new Listener(server)
  try {
    await listener.open(port)
  } catch (cause) {
    stream.stop()
    trading.stop()
    throw cause
  }

  const urls = urlsAt(listener.port)
  return {
    urls,
    environment: {
      ALPACA_API_KEY: keys.key,
      ALPACA_API_SECRET: keys.secret,
      ALPACA_BASE_URL: urls.baseUrl,
      ALPACA_DATA_URL: urls.dataUrl,
      ALPACA_WS_URL: urls.wsUrls.iex,
    },
    controlToken,
    sent,
    orders,
    injectFault,
    clearFaults,
    advance(ms) {
      if (manual === undefined) throw new Error('this demo market runs by the wall clock')
      manual.advance(ms)
    },
    async stop() {
      stream.stop()
      trading.stop()
      cutStreams()
      await listener.close()
    },
  }
}

function urlsAt(port: number): DemoMarket['urls'] {
  const [http, ws] = [`http://127.0.0.1:${port}`, `ws://127.0.0.1:${port}`]
  const wsUrls = {
    iex: `${ws}/v2/iex`,
    sip: `${ws}/v2/sip`,
    delayed_sip: `${ws}/v2/delayed_sip`,
    test: `${ws}/v2/test`,
  }
  return {
    baseUrl: http,
    dataUrl: http,
    wsUrls,
    wsUrl: (feed) => wsUrls[feed],
    tradeUpdatesUrl: `${ws}/stream`,
  }
}
