import type { LoadProgress, SymbolProgress } from '#shared/history'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'
import type { LoadRecord } from './record.ts'

/** The time window for measuring the rate. */
const RATE_WINDOW_MS = 10_000

interface SymbolState {
  state: SymbolProgress['state']
  barsLoaded: number
  barsRejected: number
  days: number
  daysDone: number
  problem: string | undefined
}

/** Counts a load's progress for its observers. */
export class ProgressMeter {
  readonly #record: LoadRecord
  readonly #symbols: Map<string, SymbolState>
  readonly #pages: { readonly at: EpochMs; readonly bars: number }[] = []
  readonly #startedAt: EpochMs
  readonly #clock: Pick<Clock, 'now'>
  #barsAtStart: number
  state: LoadProgress['state']

  constructor(record: LoadRecord, clock: Pick<Clock, 'now'>) {
    this.#record = record
    this.#clock = clock
    this.#startedAt = clock.now()
    this.state = record.state
    this.#symbols = new Map(
      record.symbols.map(({ symbol, state, barsLoaded, barsRejected, problem }) => [
        symbol,
        { state, barsLoaded, barsRejected, days: 0, daysDone: 0, problem },
      ]),
    )
    this.#barsAtStart = this.#sum(({ barsLoaded }) => barsLoaded)
  }

  /** Updates a symbol's state. */
  update(symbol: string, change: Partial<SymbolState>): void {
    const known = this.#symbols.get(symbol)
    if (known !== undefined) Object.assign(known, change)
  }

  /** Counts a stored page. */
  page(symbol: string, bars: number, rejected: number, daysDone: number): void {
    const known = this.#symbols.get(symbol)
    if (known === undefined) return
    known.barsLoaded += bars
    known.barsRejected += rejected
    known.daysDone = daysDone
    known.problem = undefined
    const now = this.#clock.now()
    this.#pages.push({ at: now, bars })
    while ((this.#pages[0]?.at ?? now) < now - RATE_WINDOW_MS) this.#pages.shift()
  }

  get progress(): LoadProgress {
    const { id, request, createdAt, symbols } = this.#record
    const shown = symbols.map(({ symbol }) => this.#shown(symbol))
    const fraction = shown.reduce((sum, each) => sum + each.fraction, 0) / Math.max(1, shown.length)
    const barsLoaded = this.#sum((each) => each.barsLoaded)
    const base = { id, state: this.state, request, createdAt, symbols: shown, fraction, barsLoaded }
    return this.state === 'running' ? { ...base, ...this.#rate(fraction, barsLoaded) } : base
  }

  #shown(symbol: LoadRecord['symbols'][number]['symbol']): SymbolProgress {
    const { state, barsLoaded, barsRejected, days, daysDone, problem } = this.#symbols.get(symbol) ?? NOTHING
    const fraction = state === 'done' ? 1 : days === 0 ? 0 : Math.min(1, daysDone / days)
    return { symbol, state, barsLoaded, barsRejected, fraction, ...(problem !== undefined && { problem }) }
  }

  #rate(fraction: number, barsLoaded: number): Pick<LoadProgress, 'barsPerSecond' | 'secondsLeft'> {
    const now = this.#clock.now()
    const seconds = Math.max(1, Math.min(RATE_WINDOW_MS, now - this.#startedAt) / 1_000)
    const barsPerSecond = Math.round(this.#pages.reduce((sum, { bars }) => sum + bars, 0) / seconds)
    const elapsed = (now - this.#startedAt) / 1_000
    // Before one hundredth is done, the estimate would jump around.
    const isGuessable = fraction >= 0.01 && barsLoaded > this.#barsAtStart
    return {
      barsPerSecond,
      ...(isGuessable && { secondsLeft: Math.round((elapsed * (1 - fraction)) / fraction) }),
    }
  }

  #sum(amount: (symbol: SymbolState) => number): number {
    return [...this.#symbols.values()].reduce((sum, symbol) => sum + amount(symbol), 0)
  }
}

const NOTHING: SymbolState = {
  state: 'waiting',
  barsLoaded: 0,
  barsRejected: 0,
  days: 0,
  daysDone: 0,
  problem: undefined,
}
