import type { DatabaseStatus } from '../../src/shared/database.ts'
import { nyse, type TradingDay } from '../../src/shared/exchange-calendar.ts'
import type {
  Coverage,
  CoverageDay,
  LoadProgress,
  LoadRequest,
  SymbolProgress,
} from '../../src/shared/history.ts'
import type { AssetMatch, SignalEmitter, SignalHandlers } from '../../src/shared/ipc/contract.ts'
import { err, ok } from '../../src/shared/result.ts'
import { stockSymbol, toPrice, type StockSymbol } from '../../src/shared/units.ts'
import type { Gap, GapCause, Issue, VerificationReport } from '../../src/shared/verification.ts'

/** What a test can do to the history behind the window. */
export interface FakeHistory {
  readonly handlers: Pick<SignalHandlers, 'history'> & {
    readonly database: Pick<SignalHandlers['database'], 'status'>
  }
  /** Advances running loads and a verification by that many small steps. */
  work(steps: number): void
  /** Adds a load as if started before this window opened, in the given state. */
  earlierLoad(state: LoadProgress['state'], symbols: readonly string[]): void
  /** Gives a symbol of the newest load this problem from now on. */
  loadProblem(symbol: string, state: SymbolProgress['state'], problem: string): void
  database(status: Partial<DatabaseStatus>): void
}

const ASSETS: readonly AssetMatch[] = [
  ['AAPL', 'Apple Inc. Common Stock', 'NASDAQ'],
  ['AMD', 'Advanced Micro Devices, Inc. Common Stock', 'NASDAQ'],
  ['BRK.B', 'Berkshire Hathaway Inc. Class B', 'NYSE'],
  ['IBM', 'International Business Machines Corporation', 'NYSE'],
  ['INTC', 'Intel Corporation Common Stock', 'NASDAQ'],
  ['IWM', 'iShares Russell 2000 ETF', 'ARCA'],
  ['TSLA', 'Tesla, Inc. Common Stock', 'NASDAQ'],
  ['TSM', 'Taiwan Semiconductor Manufacturing Company Ltd.', 'NYSE'],
].map(([symbol, name, exchange]) => ({
  symbol: stockSymbol.parse(symbol),
  name: name ?? '',
  exchange: exchange ?? '',
}))

/** A number between 0 and 1 derived from a text: the same in every run. FNV-1a. */
function share(text: string): number {
  let hash = 2_166_136_261
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

const monthOf = ({ day }: TradingDay) => day.slice(0, 7)
/** Bars per day, including pre-market and after-hours. */
const BARS_OF_DAY = 700
const AT_ONCE = 5
/** Share of a symbol done in one step. */
const STEP = 0.1

/**
 * A simulated main process's history: what is stored has gaps, and loads fill them as fast as a test wants.
 * `note` receives the requests to fill gaps.
 */
export function createFakeHistory(emit: () => SignalEmitter, note: (call: string) => void): FakeHistory {
  const loaded = new Map<StockSymbol, LoadRequest[]>()
  let loads: LoadProgress[] = []
  let status: DatabaseStatus = {
    state: 'open',
    address: 'sqlite:/home/trader/.config/signal/demo.sqlite',
    description: 'SQLite 3.50',
  }
  let verification:
    { symbols: readonly StockSymbol[]; done: number; end: () => void; stopped: boolean } | undefined

  const away = () => err({ kind: 'database' as const, message: status.problem ?? 'The database is away.' })
  const isAway = () => status.state !== 'open'

  const wasLoaded = (symbol: StockSymbol, day: string) =>
    (loaded.get(symbol) ?? []).some(({ startDate, endDate }) => startDate <= day && day <= endDate)

  /**
   * Whole months and single days were never loaded; the last year of most symbols came from the live stream.
   */
  function dayOf(symbol: StockSymbol, trading: TradingDay): CoverageDay {
    const { day, earlyClose } = trading
    const expected = earlyClose ? 210 : 390
    const isThere =
      wasLoaded(symbol, day) ||
      (share(`${symbol} ${monthOf(trading)}`) < 0.5 && share(`${symbol} ${day}`) > 0.02)
    if (!isThere) {
      const isBegun = share(`${day} ${symbol}`) < 0.01
      return {
        day,
        expected,
        present: isBegun ? Math.floor(expected / 3) : 0,
        loaded: false,
        nothingThere: false,
      }
    }
    const thin = share(`thin ${symbol} ${day}`)
    const part = thin < 0.004 ? 0 : thin < 0.3 ? 0.8 + thin / 2 : 1
    return { day, expected, present: Math.round(expected * part), loaded: true, nothingThere: false }
  }

  function coverageOf(symbol: StockSymbol, { startDate, endDate }: LoadRequest): Coverage {
    const days = nyse
      .tradingDaysBetween(startDate, endDate)
      .concat(nyse.tradingDay(endDate) ?? [])
      .map((trading) => dayOf(symbol, trading))
    const expectedBars = days.reduce((sum, { expected }) => sum + expected, 0)
    const actualBars = days.reduce((sum, { present }) => sum + present, 0)
    return {
      symbol,
      barsCount: Math.round(actualBars * 1.6),
      expectedBars,
      actualBars,
      coveragePct: expectedBars === 0 ? 100 : Math.round((10_000 * actualBars) / expectedBars) / 100,
      missingDays: days.filter(({ present }) => present === 0).map(({ day }) => day),
      days,
    }
  }

  const missingDays = (symbol: StockSymbol, request: LoadRequest) =>
    coverageOf(symbol, request).days.filter(({ loaded: whole }) => !whole).length

  function put(load: LoadProgress): void {
    loads = loads.map((known) => (known.id === load.id ? load : known))
    emit().history.progress(load)
  }

  function begin(request: LoadRequest, state: LoadProgress['state']): LoadProgress {
    const load: LoadProgress = {
      id: `00000000-0000-4000-8000-${String(loads.length + 1).padStart(12, '0')}`,
      state,
      request,
      createdAt: Date.now(),
      symbols: request.symbols.map((symbol) => ({
        symbol,
        state: 'waiting',
        barsLoaded: 0,
        barsRejected: 0,
        fraction: 0,
      })),
      fraction: 0,
      barsLoaded: 0,
    }
    loads = [load, ...loads]
    return load
  }

  function stepSymbol(progress: SymbolProgress, request: LoadRequest): SymbolProgress {
    const fraction = Math.min(1, Math.round((progress.fraction + STEP) * 100) / 100)
    const bars = Math.round(missingDays(progress.symbol, request) * BARS_OF_DAY * fraction)
    return { ...progress, state: fraction === 1 ? 'done' : 'loading', fraction, barsLoaded: bars }
  }

  function stepLoad(load: LoadProgress): void {
    let free = AT_ONCE
    const symbols = load.symbols.map((progress) => {
      if (progress.state === 'done' || progress.state === 'failed' || free === 0) return progress
      free -= 1
      return stepSymbol(progress, load.request)
    })
    const fraction = symbols.reduce((sum, symbol) => sum + symbol.fraction, 0) / symbols.length
    const barsLoaded = symbols.reduce((sum, symbol) => sum + symbol.barsLoaded, 0)
    const isEnded = symbols.every(({ state }) => state === 'done' || state === 'failed')
    for (const { symbol, state } of symbols) {
      if (state === 'done' && !wasLoaded(symbol, load.request.startDate)) {
        loaded.set(symbol, [...(loaded.get(symbol) ?? []), load.request])
      }
    }
    const { barsPerSecond: _pace, secondsLeft: _left, ...rest } = load
    const pace = isEnded ? {} : { barsPerSecond: 152_300, secondsLeft: Math.ceil((1 - fraction) * 60) }
    put({ ...rest, ...pace, state: isEnded ? 'done' : 'running', symbols, fraction, barsLoaded })
  }

  function steer(id: string, state: LoadProgress['state']) {
    const load = loads.find((known) => known.id === id)
    if (isAway()) return away()
    if (load) {
      const { barsPerSecond: _pace, secondsLeft: _left, ...rest } = load
      put({ ...rest, state })
    }
    return ok(undefined)
  }

  function start(request: LoadRequest) {
    if (isAway()) return away()
    const load = begin(request, 'running')
    emit().history.progress(load)
    return ok(load.id)
  }

  function stepVerification(): void {
    if (!verification) return
    const symbol = verification.symbols[verification.done]
    if (symbol !== undefined) {
      verification.done += 1
      emit().history.verified({ symbol, done: verification.done, total: verification.symbols.length })
    }
    if (verification.stopped || verification.done === verification.symbols.length) {
      const { end } = verification
      verification = undefined
      end()
    }
  }

  return {
    handlers: {
      history: {
        checkSymbols: ({ symbols }) =>
          ok({ kind: 'checked', unknown: symbols.filter((symbol) => symbol.startsWith('ZZ')) }),
        findAssets: ({ text }) => {
          const wanted = text.toLowerCase()
          const rank = ({ symbol, name }: AssetMatch) =>
            symbol.toLowerCase().startsWith(wanted) ? 0 : name.toLowerCase().includes(wanted) ? 1 : 2
          return ok(ASSETS.filter((asset) => rank(asset) < 2).sort((one, other) => rank(one) - rank(other)))
        },
        plan: (request) => {
          if (isAway()) return away()
          const coverage = request.symbols.map((symbol) => coverageOf(symbol, request))
          const days = coverage.reduce(
            (sum, one) => sum + one.days.filter(({ loaded: whole }) => !whole).length,
            0,
          )
          const bars = days * BARS_OF_DAY
          const requests = Math.ceil(bars / 10_000)
          return ok({ coverage, estimate: { days, bars, requests, seconds: Math.ceil(requests / 3.3) } })
        },
        start,
        fill: (request) => {
          note(`fill ${request.symbols.join()}`)
          return start(request)
        },
        pause: (id) => steer(id, 'paused'),
        resume: (id) => steer(id, 'running'),
        cancel: (id) => steer(id, 'canceled'),
        loads: () => (isAway() ? away() : ok(loads)),
        verify: async ({ symbols }) => {
          if (isAway()) return away()
          const running = { symbols, done: 0, end: () => {}, stopped: false }
          verification = running
          await new Promise<void>((resolve) => {
            running.end = resolve
          })
          return ok(symbols.slice(0, running.done).map((symbol) => reportOf(symbol, coverageOf, wasLoaded)))
        },
        stopVerifying: () => {
          if (verification) verification.stopped = true
          return ok(undefined)
        },
      },
      database: { status: () => ok(status) },
    },
    work(steps) {
      for (let step = 0; step < steps; step += 1) {
        for (const load of loads.filter(({ state }) => state === 'running')) stepLoad(load)
        stepVerification()
      }
    },
    earlierLoad(state, symbols) {
      const request: LoadRequest = {
        symbols: symbols.map((symbol) => stockSymbol.parse(symbol)),
        startDate: '2021-11-24',
        endDate: '2026-11-24',
        feed: 'demo',
      }
      const load = begin(request, state)
      stepLoad(load)
      if (state !== 'running') put({ ...(loads[0] ?? load), state })
    },
    loadProblem(symbol, state, problem) {
      const [load] = loads
      if (!load) throw new Error('there is no load that could have a problem')
      const symbols = load.symbols.map((known) =>
        known.symbol === symbol ? { ...known, state, problem } : known,
      )
      put({ ...load, symbols })
    },
    database(facts) {
      status = { ...status, ...facts }
      emit().database.changed(status)
    },
  }
}

/** What is stored over the last five years, judged as the verifier would. */
function reportOf(
  symbol: StockSymbol,
  coverageOf: (symbol: StockSymbol, request: LoadRequest) => Coverage,
  wasLoaded: (symbol: StockSymbol, day: string) => boolean,
): VerificationReport {
  const request: LoadRequest = {
    symbols: [symbol],
    startDate: '2021-11-24',
    endDate: '2026-11-23',
    feed: 'demo',
  }
  const coverage = coverageOf(symbol, request)
  const gaps = coverage.days
    .filter(({ present, expected }) => present < expected)
    .map((day): Gap => {
      const minutes = day.expected - day.present
      const from = (nyse.tradingDay(day.day)?.open ?? 0) + Math.floor(share(day.day) * day.present) * 60_000
      const cause: GapCause = !day.loaded
        ? 'not-loaded'
        : share(`${day.day} cause`) < 0.06
          ? 'halt'
          : minutes > 70
            ? 'feed-gap'
            : 'no-trade'
      return { day: day.day, from, minutes, cause }
    })
    .sort((one, other) => other.minutes - one.minutes)
  const minutesOf = (cause: GapCause) =>
    gaps.filter((gap) => gap.cause === cause).reduce((sum, { minutes }) => sum + minutes, 0)
  const longer = (minutes: number) => gaps.filter((gap) => gap.minutes > minutes).length
  const [largest] = gaps
  const isClean = wasLoaded(symbol, '2022-03-01') && share(`${symbol} clean`) < 0.5
  const example = {
    at: Date.parse('2024-11-22T15:32:00Z'),
    open: toPrice(141.2),
    high: toPrice(141.05),
    low: toPrice(140.9),
    close: toPrice(141.01),
    volume: 1_240,
  }
  const issues: Issue[] = [
    { kind: 'ohlc_violation', count: isClean ? 0 : 1, ...(!isClean && { example }) },
    {
      kind: 'gaps',
      count: gaps.length,
      missingMinutes: coverage.expectedBars - coverage.actualBars,
      ...(largest && { largest }),
      longerThan: { 1: longer(1), 5: longer(5), 30: longer(30), 60: longer(60), 390: longer(390) },
      minutesByCause: {
        'no-trade': minutesOf('no-trade'),
        halt: minutesOf('halt'),
        'feed-gap': minutesOf('feed-gap'),
        'not-loaded': minutesOf('not-loaded'),
      },
      mayBeHaltMinutes: 0,
    },
    { kind: 'duplicate_bars', count: 0 },
    { kind: 'outliers', count: 0 },
    { kind: 'off_market_prints', count: 0 },
    { kind: 'level_shifts', count: 0 },
    { kind: 'vwap_outside', count: 0 },
    { kind: 'zero_volume', count: isClean ? 0 : Math.floor(share(`${symbol} zero`) * 20) },
    { kind: 'closed_days', count: 0 },
    { kind: 'refused', count: isClean ? 0 : 2, reasons: isClean ? {} : { 'high below low': 2 } },
  ]
  const months = new Map<string, { lost: number; expected: number }>()
  for (const { day, expected } of coverage.days) {
    const month = day.slice(0, 7)
    const known = months.get(month) ?? { lost: 0, expected: 0 }
    const lost = gaps
      .filter((gap) => gap.day === day && (gap.cause === 'feed-gap' || gap.cause === 'not-loaded'))
      .reduce((sum, { minutes }) => sum + minutes, 0)
    months.set(month, { lost: known.lost + lost, expected: known.expected + expected })
  }
  const scored = [...months].map(([month, { lost, expected }]) => ({
    month,
    score: Math.round(10_000 * (1 - lost / expected)) / 100,
  }))
  const lostInAll = minutesOf('feed-gap') + minutesOf('not-loaded')
  return {
    symbol,
    totalBars: coverage.barsCount,
    dateRange: { from: '2021-11-24', to: '2026-11-23' },
    feed: 'demo',
    averageVolume: 21_400,
    daysWithData: coverage.days.length - coverage.missingDays.length,
    expectedDays: coverage.days.length,
    coverage: coverage,
    issues,
    gaps: gaps.slice(0, 200),
    score: Math.round(10_000 * (1 - lostInAll / coverage.expectedBars)) / 100,
    months: scored,
    nothingCame: [],
  }
}
