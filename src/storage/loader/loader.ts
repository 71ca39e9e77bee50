import { randomUUID } from 'node:crypto'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { LoadProgress, LoadRequest } from '#shared/history'
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
import { runLoad, type SharedDeps } from './run-load.ts'
import { Turns } from './turns.ts'

/** What a loader works with. */
interface LoaderDeps extends LoadDeps {
  readonly log: Log
  /** Writes down what came of a load that was to fill gaps. After a crash it may be asked to once more. */
  readonly onFilled?: (end: LoadProgress) => Promise<void>
}

/** Symbols that are downloaded at the same time. */
const SYMBOLS_AT_ONCE = 5

interface Running {
  readonly stop: AbortController
  readonly ended: Promise<LoadProgress>
  progress: LoadProgress
}

/** Runs loads: starts, pauses, resumes and cancels them, and goes on with what a crash broke off. */
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

  /** Loads that begin from now on go by this calendar. */
  useCalendar(calendar: ExchangeCalendar): void {
    this.#deps = { ...this.#deps, calendar }
  }

  /**
   * Starts a load under an id that the caller made. Asked for again under the same id, it is the same load; under
   * another, it downloads nothing twice.
   */
  async start(request: LoadRequest, id: string, purpose: LoadPurpose = 'load'): Promise<void> {
    const known = await reading(this.#deps.database, (reader) => readLoad(reader, id))
    if (known === undefined) await this.#start({ request, id, purpose, state: 'running' })
  }

  /** Starts a load that nobody shall go on with but who asked for it, such as a command; answers its id. */
  async startAttended(request: LoadRequest): Promise<string> {
    const id = randomUUID()
    await this.#start({ request, id, purpose: 'load', state: 'paused' })
    return id
  }

  /** Stops a load at its last page; it can be resumed, also after a restart. */
  async pause(id: string): Promise<void> {
    await this.#stop(id, 'paused')
  }

  /** Goes on with a load that was paused or has failed. */
  async resume(id: string): Promise<void> {
    if (this.#running.has(id)) return
    await setLoadState(this.#deps.database, id, 'running')
    this.#run(await this.#record(id))
  }

  /** Stops a load for good. What it has stored stays. */
  async cancel(id: string): Promise<void> {
    await this.#stop(id, 'cancelled')
  }

  /** Goes on with every load that was running when the process ended. */
  async resumeInterrupted(): Promise<void> {
    for (const record of await reading(this.#deps.database, readRunningLoads)) {
      if (!this.#running.has(record.id)) this.#run(record)
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
        this.#running.get(record.id)?.progress ?? new ProgressMeter(record, this.#deps.now).progress,
    )
  }

  /** How a load ended, or how far it is when it was stopped. */
  async ended(id: string): Promise<LoadProgress> {
    const running = this.#running.get(id)
    if (running !== undefined) return running.ended
    return new ProgressMeter(await this.#record(id), this.#deps.now).progress
  }

  /** Stops everything at its last page; what was running is resumed at the next start. */
  async close(): Promise<void> {
    const running = [...this.#running.values()]
    for (const { stop } of running) stop.abort()
    await Promise.allSettled(running.map(({ ended }) => ended))
  }

  async #start(load: Omit<LoadRecord, 'createdAt' | 'symbols'>): Promise<void> {
    await keepLoad(this.#deps.database, { ...load, createdAt: this.#deps.now() })
    this.#run(await this.#record(load.id))
  }

  async #stop(id: string, state: 'paused' | 'cancelled'): Promise<void> {
    const running = this.#running.get(id)
    running?.stop.abort()
    const end = await running?.ended.catch(() => undefined)
    // It may have come to its end just before.
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
    const progress = new ProgressMeter({ ...record, state: 'running' }, this.#deps.now).progress
    const ended = this.#untilEnd(record, stop.signal, tell)
    this.#running.set(record.id, { stop, ended, progress })
    // Whoever waits for the end hears of a failure; without anybody it must not end the process.
    ended.catch((err: unknown) => this.#deps.log.error({ err, load: record.id }, 'A load ended by a fault'))
  }

  async #untilEnd(
    record: LoadRecord,
    signal: AbortSignal,
    tell: (progress: LoadProgress) => void,
  ): Promise<LoadProgress> {
    try {
      const end = await runLoad(this.#deps, { ...record, state: 'running' }, signal, tell)
      if (end.state !== 'paused') {
        // Before the load is noted as ended: whatever kills the process in between, the next start comes here again.
        if (record.purpose === 'fill') await this.#tellFilled(end)
        await setLoadState(this.#deps.database, record.id, end.state).catch((err: unknown) => {
          if (end.state === 'done') throw err
          this.#deps.log.error({ err, load: record.id }, 'The end of a load could not be noted')
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
      this.#deps.log.error({ err, load: end.id }, 'What came of filling gaps could not be written down')
    }
  }

  async #record(id: string): Promise<LoadRecord> {
    const record = await reading(this.#deps.database, (reader) => readLoad(reader, id))
    if (record === undefined) throw new Error(`there is no load ${id}`)
    return record
  }
}
