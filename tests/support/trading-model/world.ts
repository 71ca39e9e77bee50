import { err } from '../../../src/shared/result.ts'
import type { MarketRow, MarketSession } from '../../../src/shared/market.ts'
import type { TradingChange } from '../../../src/shared/trading/account.ts'
import { price, stockSymbol, type StockSymbol } from '../../../src/shared/units.ts'
import { AlpacaError, type Asset, type Listing, type Position } from '#alpaca'
import type { Clock } from '#process/clock'
import { silentLog, type Log } from '#process/log'
import { ExecutionEngine, type EventLog } from '../../../src/main/execution/index.ts'
import type { MarketView, OrderNotice, TradingClient } from '../../../src/main/execution/deps.ts'
import { allTurns, ManualClock } from '../manual-clock.ts'
import { courseOf, type Fate } from './fates.ts'
import { memorySafety } from '../memory-safety.ts'
import { MemoryEventLog } from './memory-event-log.ts'
import { ReferenceExchange } from './reference-exchange.ts'
import { UpdateLine } from './update-line.ts'

/** A Monday, 10:00 in New York. */
const START = Date.parse('2026-11-23T15:00:00Z')
const STORED_AFTER_MS = 1
const HUNG_MS = 5_000
/** How often the exchange must have said that it has no such order for Signal to believe it. */
const DENIED_TIMES = 5
/**
 * Interval of tasks that follow the prices, which stand still here: they run less often, which allows ten
 * times as many runs.
 */
const PRICES_MS = 1_000
const PRICES_STAND_MS = 60_000
export const SYMBOLS = stockSymbol.array().parse(['AAPL', 'MSFT'])

export type TradingCall = keyof TradingClient
/**
 * `lost`: stored, but its answer is lost; `refused`: not stored; `slow`: stored, after the disk hung for
 * seconds.
 */
export type LogFate = 'lost' | 'refused' | 'slow'

const AWAY = err({ kind: 'lost', message: 'The database is away in the model.' } as const)
const never = <T>(): Promise<T> => new Promise(() => {})

/** A process that may die: its timers and everything it waits for end with it. */
interface Life {
  isAlive: boolean
  readonly stops: Set<() => void>
}

/**
 * Everything around an execution engine, in memory and on a manual clock: the exchange, the order updates, the
 * event log, and each way in which they fail. The engine may die at any moment and be restarted on the same
 * log.
 */
export class TradingWorld {
  readonly clock = new ManualClock(START, allTurns)
  readonly log = new MemoryEventLog()
  readonly line = new UpdateLine(this.clock)
  readonly exchange = new ReferenceExchange({
    now: () => this.exchangeNow,
    soon: (run) => void this.clock.after(10, run),
    onEvent: (event) => this.line.publish(event),
    onArrival: (id) => {
      if (this.#mayNotArrive.has(id)) this.faults.push(`order ${id} arrived after a flatten had said flat`)
    },
  })
  /** What no run may produce: errors in the log, and orders sent without a record. */
  readonly faults: string[] = []
  /** By how much the exchange's clock is ahead of this machine's. */
  exchangeAheadMs = 0
  /** Notices to the trader, oldest first. */
  readonly notices: OrderNotice[] = []
  /** When Signal last read positions without the symbol. */
  readonly flatReads = new Map<string, number>()
  /** Called when an order leaves Signal. */
  onSending: (id: string) => void = () => {}
  /** How often Signal sent an order under this client_order_id. */
  readonly sent = new Map<string, number>()
  /** Receives what the windows are sent. */
  onChange: (change: TradingChange) => void = () => {}
  readonly #fates = new Map<TradingCall, Fate[]>()
  readonly #safety = memorySafety()
  readonly #logFates: LogFate[] = []
  /** Appends of the live engine that have left it and are not stored yet. */
  readonly #onTheWay = new Set<() => void>()
  #spoiled = 0
  /** Orders that had not arrived when a flatten said flat. */
  readonly #mayNotArrive = new Set<string>()
  #isNetworkUp = true
  #isDatabaseUp = true
  #life: Life = { isAlive: false, stops: new Set() }
  #trading: ExecutionEngine | undefined

  /** The time by the exchange's clock. */
  get exchangeNow(): number {
    return this.clock.now() + this.exchangeAheadMs
  }

  /** The engine; it is started if none is alive. */
  get trading(): ExecutionEngine {
    return this.#trading ?? this.#start()
  }

  /** Sets the fate of the next such call. */
  bend(call: TradingCall, fate: Fate): void {
    this.#fates.set(call, [...(this.#fates.get(call) ?? []), fate])
  }

  bendLog(fate: LogFate): void {
    this.#logFates.push(fate)
  }

  /** Of the next answer about positions, one row cannot be read. */
  spoilPosition(): void {
    this.#spoiled += 1
  }

  /**
   * Flattens; an answer that says flat is a fault if an order of before it arrives later, unless the exchange had said
   * several times that it has no such order.
   */
  async flatten(): Promise<void> {
    const answer = await this.trading.handlers.flatten()
    if (!answer.ok || !answer.value.isFlat) return
    const asked = this.log.events.filter(({ type }) => type === 'OrderRequested')
    const arrived = new Set(this.exchange.arrivals.keys())
    for (const { stream } of asked) {
      const id = stream.replace('paper:order:', '')
      const isDenied = (this.exchange.denials.get(id) ?? 0) >= DENIED_TIMES
      if (!arrived.has(id) && !isDenied) this.#mayNotArrive.add(id)
    }
  }

  /** Lets nothing through for this long. */
  loseNetwork(ms: number): void {
    this.#setNetwork(false)
    this.clock.after(ms, () => this.#setNetwork(true))
  }

  /** Stores and reads nothing for this long. */
  loseDatabase(ms: number): void {
    this.#isDatabaseUp = false
    this.clock.after(ms, () => (this.#isDatabaseUp = true))
  }

  /**
   * kill -9: nothing of the engine runs now. What it has sent may arrive, and appends on their way may
   * be stored.
   */
  crash({ isStored }: { readonly isStored: boolean }): void {
    this.#life.isAlive = false
    for (const stop of this.#life.stops) stop()
    if (isStored) for (const store of this.#onTheWay) store()
    this.#onTheWay.clear()
    this.line.hangUp()
    this.#trading = undefined
  }

  /** From here on everything works. */
  heal(): void {
    this.#fates.clear()
    this.#logFates.length = 0
    this.line.straighten()
    this.#isDatabaseUp = true
    this.#spoiled = 0
    this.exchange.hangCancels(false)
    this.#setNetwork(true)
  }

  #readPositions(): Listing<Position> {
    const positions = this.exchange.positions()
    const held = new Set(positions.map(({ symbol }) => symbol))
    for (const symbol of SYMBOLS) if (!held.has(symbol)) this.flatReads.set(symbol, this.exchangeNow)
    return this.#readable(positions)
  }

  #readable(positions: readonly Position[]): Listing<Position> {
    const [first, ...rest] = positions
    if (this.#spoiled === 0 || first === undefined) return listed(positions)
    this.#spoiled -= 1
    return {
      rows: rest,
      unreadable: [{ of: first.symbol, symbol: first.symbol, problem: 'qty: makes no sense in the model' }],
    }
  }

  #setNetwork(isUp: boolean): void {
    this.#isNetworkUp = isUp
    this.line.setNetwork(isUp)
  }

  #start(): ExecutionEngine {
    const life: Life = { isAlive: true, stops: new Set() }
    this.#life = life
    const trading = new ExecutionEngine({
      mode: 'paper',
      client: this.#client(life),
      openUpdates: (handlers) => this.line.open(handlers),
      eventLog: this.#eventLog(life),
      safety: this.#safety,
      concerns: () => [],
      market: this.#market(),
      onChange: (change) => this.onChange(change),
      onAppended: () => {},
      onNoticed: () => {},
      onNotice: (notice) => void this.notices.push(notice),
      clock: mortal(this.clock, life),
      log: this.#log(),
    })
    this.#trading = trading
    trading.start()
    return trading
  }

  #client(life: Life): TradingClient {
    const { exchange } = this
    const read = <T>(name: TradingCall, run: () => T) => this.#call(life, name, false, run)
    const change = <T>(name: TradingCall, run: () => T) => this.#call(life, name, true, run)
    return {
      getAccount: () => read('getAccount', () => exchange.account()),
      getPositions: () => read('getPositions', () => this.#readPositions()),
      getFills: (request) => read('getFills', () => listed(exchange.fills(request ?? {}))),
      listOrders: (request) => read('listOrders', () => listed(exchange.list(request ?? {}))),
      getOrder: (id) => read('getOrder', () => exchange.get(id)),
      findOrderByClientId: (id) => read('findOrderByClientId', () => exchange.find(id)),
      placeOrder: (request) => {
        this.#sending(life, request.clientOrderId)
        return change('placeOrder', () => exchange.place(request))
      },
      replaceOrder: (id, terms) => {
        this.#sending(life, terms.clientOrderId ?? '')
        return change('replaceOrder', () => exchange.replace(id, terms))
      },
      cancelOrder: (id) => change('cancelOrder', () => exchange.cancel(id)),
      cancelAllOrders: () => change('cancelAllOrders', () => exchange.cancelAll()),
      closeAllPositions: () => change('closeAllPositions', () => exchange.closeAll()),
    }
  }

  #sending(life: Life, id: string): void {
    if (!life.isAlive) return
    this.sent.set(id, (this.sent.get(id) ?? 0) + 1)
    this.onSending(id)
    if (!this.log.has(`paper:order:${id}`)) this.faults.push(`order ${id} was sent without its note`)
  }

  /**
   * What has left an engine arrives even if the engine is dead by then; a dead one hears no answer and calls
   * no more.
   */
  #call<T>(life: Life, name: TradingCall, changes: boolean, run: () => T): Promise<T> {
    if (!life.isAlive) return never()
    const fate = this.#isNetworkUp ? (this.#fates.get(name)?.shift() ?? 'plain') : 'unsent'
    const { arrivesAfterMs, endsAfterMs, error } = courseOf(fate, changes)
    let outcome: (() => T) | undefined
    if (arrivesAfterMs !== undefined)
      this.clock.after(arrivesAfterMs, () => {
        if (this.#isNetworkUp) outcome = settled(run)
      })
    return new Promise((resolve, reject) => {
      this.clock.after(endsAfterMs, () => {
        if (!life.isAlive) return
        try {
          if (error !== undefined) throw error
          if (outcome === undefined || !this.#isNetworkUp) throw courseOf('broken', changes).error
          resolve(outcome())
        } catch (cause) {
          reject(cause)
        }
      })
    })
  }

  #eventLog(life: Life): EventLog {
    const { log } = this
    return {
      events: {
        append: (append) => this.#store(life, () => log.append(append)),
        read: (filter) => this.#store(life, () => log.read(filter)),
        prove: () => this.#store(life, () => log.prove()),
        accept: async () => {},
      },
      values: {
        keep: ({ name, value }) => this.#store(life, () => log.keep(name, value)),
        read: ({ name }) => this.#store(life, () => ({ ok: true, value: log.kept(name) }) as const),
      },
    }
  }

  #store<T>(life: Life, run: () => T): Promise<T | typeof AWAY> {
    if (!life.isAlive) return never()
    const fate = this.#logFates.shift()
    return new Promise((resolve) => {
      const store = () => {
        if (!this.#isDatabaseUp || fate === 'refused') return AWAY
        const answer = run()
        return fate === 'lost' ? AWAY : answer
      }
      this.#onTheWay.add(store)
      this.clock.after(fate === 'slow' ? HUNG_MS : STORED_AFTER_MS, () => {
        if (!life.isAlive) return
        this.#onTheWay.delete(store)
        resolve(store())
      })
    })
  }

  #market(): MarketView {
    return {
      row: (symbol) => rowAt(symbol, this.clock.now()),
      session: () => REGULAR,
      feed: () => ({ isConnected: true, isMute: false }),
      follow: () => {},
      assets: async () => ASSETS,
    }
  }

  #log(): Log {
    return {
      ...silentLog,
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (facts: unknown, text?: string) =>
        void this.faults.push(`${text ?? ''} ${JSON.stringify(facts)}`),
    } as Log // the overloads of the real one are not needed
  }
}

const listed = <T>(rows: readonly T[]): Listing<T> => ({ rows, unreadable: [] })

/** The result of a call at the exchange, kept until it is answered. */
function settled<T>(run: () => T): () => T {
  try {
    const value = run()
    return () => value
  } catch (cause) {
    if (!(cause instanceof AlpacaError)) throw cause
    return () => {
      throw cause
    }
  }
}

/** A clock whose timers end with the life that set them. */
const mortal = (clock: ManualClock, life: Life): Clock => ({
  now: () => clock.now(),
  after: (delayMs, run) => clock.after(delayMs, () => void (life.isAlive && run())),
  every(periodMs, run) {
    const stop = clock.every(periodMs <= PRICES_MS ? PRICES_STAND_MS : periodMs, run)
    life.stops.add(stop)
    return stop
  },
})

const REGULAR: MarketSession = { phase: 'regular', day: '2026-11-23', earlyClose: false }
const [LAST, BID, ASK] = ['100', '99.99', '100.01'].map((text) => price.parse(text))

function rowAt(symbol: StockSymbol, at: number): MarketRow {
  return {
    symbol,
    ...(LAST && BID && ASK && { price: LAST, bid: BID, ask: ASK }),
    basis: 'mid',
    origin: { source: 'demo', at, receivedAt: at },
    freshness: 'live',
  }
}

const ASSETS: readonly Asset[] = SYMBOLS.map((symbol) => ({
  id: symbol,
  symbol,
  name: symbol,
  class: 'us_equity',
  exchange: 'NYSE',
  status: 'active',
  tradable: true,
  marginable: true,
  shortable: true,
  borrowStatus: 'easy_to_borrow',
  fractionable: true,
  attributes: [],
}))
