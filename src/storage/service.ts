import { backoffMs } from '#shared/backoff'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { LoadProgress } from '#shared/history'
import { err, ok, type Result } from '#shared/result'
import { SECOND_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { StorageEmitter } from './contract.ts'
import { readCalendar, refreshCalendar } from './coverage/index.ts'
import {
  DatabaseError,
  describeAddress,
  mayPass,
  openDatabase,
  problemOf,
  readDatabaseUrl,
  reading,
  setAside,
  type Database,
  type DatabaseProblem,
} from './database/index.ts'
import { recordFill } from './fill-record.ts'
import { HistoricalLoader } from './loader/index.ts'
import type { StorageConfig } from './messages.ts'
import { progressEmitter } from './progress-emitter.ts'
import type { StorageStatus } from './status.ts'

/** What is available while the database is open. */
export interface OpenStorage {
  readonly database: Database
  readonly calendar: ExchangeCalendar
  /** Absent if there are no keys to download with. */
  readonly loader: HistoricalLoader | undefined
  readonly client: AlpacaClient | undefined
}

/** The longest pause between tries to open a database that is down: 1, 2, 4 ... 30 s. */
const LONGEST_RETRY_MS = 30_000

/**
 * Keeps the database open: waits for one that is down, backs up one that is damaged, and reports its status.
 */
export class StorageService {
  readonly #config: StorageConfig
  readonly #emit: StorageEmitter
  readonly #log: Log
  #open: OpenStorage | undefined
  #status: StorageStatus
  readonly #clock: Clock
  #stopRetry: () => void = () => {}
  #isClosed = false

  constructor(config: StorageConfig, emit: StorageEmitter, clock: Clock, log: Log) {
    this.#config = config
    this.#emit = emit
    this.#clock = clock
    this.#log = log
    this.#status = { state: 'opening', address: describeDatabaseAddress(config.databaseUrl) }
  }

  get status(): StorageStatus {
    return this.#status
  }

  /** This machine's time. */
  readonly now = (): EpochMs => this.#clock.now()

  /** Opens the database, now or as soon as it is available, and continues the loads that were running. */
  async start(tries = 0): Promise<void> {
    try {
      const open = await this.#opened()
      if (this.#isClosed) return await open.database.close()
      this.#open = open
      this.#tell({ state: 'open', capabilities: open.database.capabilities })
      this.#log.info({ database: this.#status.address }, open.database.capabilities.description)
      void this.#refreshCalendar(open)
      await open.loader?.resumeInterrupted()
    } catch (cause) {
      if (this.#isClosed) return
      const problem = problemOf(cause)
      this.#log.error({ kind: problem.kind, tries }, problem.message)
      if (problem.kind === 'damaged' && this.#putAside()) return this.start(tries)
      if (!mayPass(problem.kind)) return this.#tell({ state: 'failed', problem })
      this.#tell({ state: 'waiting', problem })
      const delayMs = backoffMs({ firstMs: SECOND_MS, longestMs: LONGEST_RETRY_MS }, tries)
      this.#stopRetry = this.#clock.after(delayMs, () => void this.start(tries + 1))
    }
  }

  /** Runs `work` on the open database; a database that is unavailable or fails is returned as an error. */
  async use<T>(work: (open: OpenStorage) => Promise<T>): Promise<Result<T, DatabaseProblem>> {
    const open = this.#open
    if (open === undefined) return err(this.#status.problem ?? OPENING)
    try {
      return ok(await reading(open.database, () => work(open)))
    } catch (cause) {
      if (!(cause instanceof DatabaseError)) throw cause
      if (cause.kind === 'damaged') void this.#recover(open)
      return err(cause.problem)
    }
  }

  /** Stops loads at their last page and closes the database. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopRetry()
    const open = this.#open
    this.#open = undefined
    await open?.loader?.close()
    await open?.database.close()
  }

  async #opened(): Promise<OpenStorage> {
    const { databaseUrl, schema, alpaca, feeds } = this.#config
    const database = await openDatabase(databaseUrl, {
      ...(schema !== undefined && { schema }),
      onCopied: (copiedPercent) => this.#tell({ state: 'opening', copiedPercent }),
    })
    const [clock, log] = [this.#clock, this.#log]
    const calendar = await reading(database, readCalendar)
    if (alpaca === undefined) return { database, calendar, loader: undefined, client: undefined }
    const client = new AlpacaClient(alpacaConfig(alpaca), { clock: this.now, log })
    const loader = new HistoricalLoader(
      {
        database,
        source: client,
        calendar,
        clock,
        log,
        feeds,
        onFilled: (end) => this.#recordFill(database, end),
      },
      progressEmitter((progress) => this.#emit.history.progress(progress), clock),
    )
    return { database, calendar, loader, client }
  }

  async #recordFill(database: Database, end: LoadProgress): Promise<void> {
    const calendar = await reading(database, readCalendar)
    const written = await recordFill({ database, calendar, now: this.now }, end)
    if (written.length > 0) this.#emit.events.written(written)
  }

  /** Requests the calendar while everything else continues: without a network that takes a minute. */
  async #refreshCalendar({ database, client, loader }: OpenStorage): Promise<void> {
    // A foreign host's calendar is not kept: what was loaded from Alpaca is judged by it too.
    if (client === undefined || this.#config.feeds?.includes('foreign') === true) return
    try {
      const calendar = await refreshCalendar({ database, source: client, log: this.#log, now: this.now })
      if (this.#open?.database === database) this.#open = { ...this.#open, calendar }
      loader?.useCalendar(calendar)
    } catch (err) {
      if (!this.#isClosed) this.#log.warn({ err }, 'The exchange calendar could not be kept')
    }
  }

  /** Recovers from a file that turned out to be damaged while in use. */
  async #recover(open: OpenStorage): Promise<void> {
    if (this.#open?.database !== open.database || !this.#config.databaseUrl.startsWith('sqlite:')) return
    this.#open = undefined
    this.#tell({ state: 'opening' })
    await open.loader?.close()
    await open.database.close()
    if (this.#putAside()) await this.start()
  }

  /** Renames the damaged SQLite file and remembers its new path; false if there is none to rename. */
  #putAside(): boolean {
    const address = readDatabaseUrl(this.#config.databaseUrl)
    if (address.dialect !== 'sqlite') return false
    const aside = setAside(address.file, new Date(this.now()).toISOString())
    this.#log.error(
      { file: address.file, aside },
      'The database file is damaged. It was backed up, and a new one started',
    )
    this.#status = { ...this.#status, setAside: aside }
    return true
  }

  #tell(change: Pick<StorageStatus, 'state' | 'problem' | 'capabilities' | 'copiedPercent'>): void {
    const { address, setAside: aside } = this.#status
    this.#status = { address, ...(aside !== undefined && { setAside: aside }), ...change }
    this.#emit.database.changed(this.#status)
  }
}

const OPENING: DatabaseProblem = { kind: 'starting', message: 'Opening the database.' }

function describeDatabaseAddress(url: string): string {
  try {
    return describeAddress(readDatabaseUrl(url))
  } catch {
    return 'an unreadable address'
  }
}
