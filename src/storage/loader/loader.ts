import { randomUUID } from 'node:crypto'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { BarFeed, LoadProgress, LoadRequest } from '#shared/history'
import type { Log } from '#process/log'
import { DatabaseError, reading } from '../database/index.ts'
import type { LoadDeps } from './load-range.ts'
import { ProgressMeter } from './progress.ts'
import {
  keepLoad,
  readLoad,
  readLoads,
  readRunningLoads,
  setLoadState,
  type LoadPurpose,
  type LoadRecord,
} from './record.ts'
import { refreshActions } from './refresh-actions.ts'
import { runLoad, type SharedDeps } from './run-load.ts'
import { Turns } from './turns.ts'

/** What a loader works with. */
interface LoaderDeps extends LoadDeps {
  readonly log: Log
  /** Feeds that the source may be stored as; all if absent. */
  readonly feeds?: readonly BarFeed[] | undefined
  /** Records the outcome of a load that filled gaps. May be called again after a crash. */
  readonly onFilled?: (end: LoadProgress) => Promise<void>
  /** Called with the reason if a load could not fetch its symbols' corporate actions. */
  readonly onActionsMissing?: (reason: string) => void
}

const OTHER_MARKET = new DatabaseError(
  'other',
  'This download is of another market: its feed isn’t what the current connection delivers.',
)

/** Symbols downloaded at the same time. */
const SYMBOLS_AT_ONCE = 5

interface Running {
  readonly stop: AbortController
  readonly ended: Promise<LoadProgress>
  progress: LoadProgress
}

/** Runs loads: starts, pauses, resumes and cancels them, and continues what a crash interrupted. */
export class HistoricalLoader {
  #deps: LoaderDeps & SharedDeps
  readonly #onProgress: (progress: LoadProgress) => void
  readonly #running = new Map<string, Running>()

  constructor(deps: LoaderDeps, onProgress: (progress: LoadProgress) => void) {
    const turns = new Map<string, Turns>()
    const turnsOf = (symbol: string): Turns => {
      const known = turns.get(symbol) ?? new Turns(1)
      turns.set(symbol, known)
      return known
    }
    this.#deps = { ...deps, downloads: new Turns(SYMBOLS_AT_ONCE), turnsOf }
    this.#onProgress = onProgress
  }

  /** Sets the calendar for loads that start from now on. */
  useCalendar(calendar: ExchangeCalendar): void {
    this.#deps = { ...this.#deps, calendar }
  }

  /**
   * Starts a load under an id made by the caller. The same id again is the same load; another id downloads
   * nothing twice.
   */
  async start(request: LoadRequest, id: string, purpose: LoadPurpose = 'load'): Promise<void> {
    const known = await reading(this.#deps.database, (reader) => readLoad(reader, id))
    if (known === undefined) await this.#start({ request, id, purpose, state: 'running' })
  }

  /** Starts a load that only its caller may continue, such as a command; returns its id. */
  async startAttended(request: LoadRequest): Promise<string> {
    const id = randomUUID()
    await this.#start({ request, id, purpose: 'load', state: 'paused' })
    return id
  }

  /** Stops a load at its last page; it can be resumed, even after a restart. */
  async pause(id: string): Promise<void> {
    await this.#stop(id, 'paused')
  }

  /** Continues a load that was paused or failed. */
  async resume(id: string): Promise<void> {
    if (this.#running.has(id)) return
    if (!this.#isServed(await this.#record(id))) throw OTHER_MARKET
    await setLoadState(this.#deps.database, id, 'running')
    this.#run(await this.#record(id))
  }

  /** Stops a load for good. What it has stored stays. */
  async cancel(id: string): Promise<void> {
    await this.#stop(id, 'canceled')
  }

  /** Continues every load that was running when the process ended. */
  async resumeInterrupted(): Promise<void> {
    for (const record of await reading(this.#deps.database, readRunningLoads)) {
      if (this.#running.has(record.id)) continue
      if (this.#isServed(record)) this.#run(record)
      else await setLoadState(this.#deps.database, record.id, 'paused')
    }
  }

  /** Whether a load is running. */
  get isBusy(): boolean {
    return this.#running.size > 0
  }

  /** The newest loads, newest first. */
  async list(): Promise<readonly LoadProgress[]> {
    const loads = await reading(this.#deps.database, readLoads)
    return loads.map(
      (record) =>
        this.#running.get(record.id)?.progress ?? new ProgressMeter(record, this.#deps.clock).progress,
    )
  }

  /** How a load ended, or how far it got when it was stopped. */
  async ended(id: string): Promise<LoadProgress> {
    const running = this.#running.get(id)
    if (running !== undefined) return running.ended
    return new ProgressMeter(await this.#record(id), this.#deps.clock).progress
  }

  /** Stops everything at its last page; what was running resumes at the next start. */
  async close(): Promise<void> {
    const running = [...this.#running.values()]
    for (const { stop } of running) stop.abort()
    await Promise.allSettled(running.map(({ ended }) => ended))
  }

  #isServed({ request: { feed } }: Pick<LoadRecord, 'request'>): boolean {
    return this.#deps.feeds?.includes(feed) ?? true
  }

  async #start(load: Omit<LoadRecord, 'createdAt' | 'symbols'>): Promise<void> {
    if (!this.#isServed(load)) throw OTHER_MARKET
    await keepLoad(this.#deps.database, { ...load, createdAt: this.#deps.clock.now() })
    this.#run(await this.#record(load.id))
  }

  async #stop(id: string, state: 'paused' | 'canceled'): Promise<void> {
    const running = this.#running.get(id)
    running?.stop.abort()
    const end = await running?.ended.catch(() => undefined)
    // It may have finished just before.
    if (end?.state === 'done') return
    await setLoadState(this.#deps.database, id, state)
    this.#onProgress({ ...(await this.ended(id)), state })
  }

  #run(record: LoadRecord): void {
    const stop = new AbortController()
    const tell = (progress: LoadProgress) => {
      const known = this.#running.get(record.id)
      if (known !== undefined) known.progress = progress
      this.#onProgress(progress)
    }
    const progress = new ProgressMeter({ ...record, state: 'running' }, this.#deps.clock).progress
    const ended = this.#untilEnd(record, stop.signal, tell)
    this.#running.set(record.id, { stop, ended, progress })
    // Whoever waits for the end gets the failure; if nobody does, it must not end the process.
    ended.catch((err: unknown) => this.#deps.log.error({ err, load: record.id }, 'A load failed'))
  }

  async #untilEnd(
    record: LoadRecord,
    signal: AbortSignal,
    tell: (progress: LoadProgress) => void,
  ): Promise<LoadProgress> {
    try {
      const [end, actionsProblem] = await Promise.all([
        runLoad(this.#deps, { ...record, state: 'running' }, signal, tell),
        refreshActions(this.#deps, record.request.symbols, signal),
      ])
      if (actionsProblem !== undefined) this.#deps.onActionsMissing?.(actionsProblem)
      if (end.state !== 'paused') {
        // Before the load is recorded as ended: if the process is killed in between, the next start comes
        // here again.
        if (record.purpose === 'fill') await this.#tellFilled(end)
        await setLoadState(this.#deps.database, record.id, end.state).catch((err: unknown) => {
          if (end.state === 'done') throw err
          this.#deps.log.error({ err, load: record.id }, 'The end of a load could not be recorded')
        })
      }
      this.#running.delete(record.id)
      if (!signal.aborted) this.#onProgress(end)
      return end
    } finally {
      this.#running.delete(record.id)
    }
  }

  async #tellFilled(end: LoadProgress): Promise<void> {
    try {
      await this.#deps.onFilled?.(end)
    } catch (err) {
      if (!(err instanceof DatabaseError)) throw err
      this.#deps.log.error({ err, load: end.id }, 'The result of filling gaps could not be recorded')
    }
  }

  async #record(id: string): Promise<LoadRecord> {
    const record = await reading(this.#deps.database, (reader) => readLoad(reader, id))
    if (record === undefined) throw new Error(`there is no load ${id}`)
    return record
  }
}
