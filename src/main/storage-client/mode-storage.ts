import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { DatabaseAway, DatabaseChoice, DatabaseStatus } from '#shared/database'
import type { ProcessState } from '#shared/health'
import type { BarFeed, LoadProgress, LoadRequest } from '#shared/history'
import type { SignalEmitter, SignalHandlers } from '#shared/ipc/contract'
import { isForeign, type Source } from '#shared/provenance'
import { err, ok, type Result } from '#shared/result'
import type { RpcFault } from '#shared/rpc/channel'
import { callOn, handlersBy, passEventsOn } from '#shared/rpc/pass-on'
import type { Mode } from '#shared/settings'
import { storedCopy, storedHistory, storedLog } from '#shared/stored-calls'
import { describeVerdict } from '#shared/trading/describe-log'
import { stockSymbol } from '#shared/units'
import { alpacaConfig, AlpacaError, foreignHosts, type Asset } from '#alpaca'
import { within, type Clock } from '#process/clock'
import type { Log, LogLevel } from '#process/log'
import { toBar, type ReceivedBar } from '../market/index.ts'
import type { Fork } from '#process/supervisor'
import { openAnchorStore, type AnchorStore, type Environment } from '../settings/index.ts'
import {
  storageLocation,
  type StorageApi,
  type StorageConfig,
  type StorageLocation,
  type DatabaseProblem,
  type StorageStatus,
} from '#storage'
import { runStorage, storageApi, type StorageClient } from './client.ts'
import { BarWriter } from './bar-writer.ts'
import type { EventLog } from '../execution/index.ts'
import { LogProofs } from './log-proofs.ts'
import { checkSymbols, searchAssets } from './asset-search.ts'
import { auditHandlers } from './audit.ts'
import {
  copyToOther,
  testOther,
  type Copied,
  type OtherDatabaseDeps,
  type ResolveDatabase,
} from './other-database.ts'

/** Keeps corporate actions; each call answers a problem while the database is away. */
export type ActionStore = StorageApi['corporateActions']

interface ModeStorageDeps {
  readonly fork: Fork
  readonly dataDir: string
  /** The full address of the chosen database; undefined for the SQLite file in the data folder. */
  readonly databaseUrl: () => string | undefined
  /** The same for a choice that is not in use. */
  readonly databaseUrlOf: ResolveDatabase
  readonly logFile: string
  readonly logLevel: LogLevel
  readonly emit: Pick<SignalEmitter, 'history' | 'database' | 'audit'>
  /** All assets of the open market; rejects as the Alpaca library does. */
  readonly assets: () => Promise<readonly Asset[]>
  readonly onLoadEnded: (progress: LoadProgress) => void
  /** Asks the trader where to save a file of that name; undefined if canceled. */
  readonly chooseFile: (name: string) => Promise<string | undefined>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Main's side of storage: keeps the storage process on the current mode's database, passes the stream's bars
 * to it, and answers the windows from it. Another mode uses another process, so that nothing of one mode that
 * is still on its way can end up in the database of another.
 */
export class ModeStorage {
  readonly #deps: ModeStorageDeps
  #mode: Mode | undefined
  #storage: StorageClient | undefined
  #writer: BarWriter | undefined
  #proofs: LogProofs | undefined
  #state: ProcessState | undefined
  #config: StorageConfig | undefined
  #location: StorageLocation | undefined
  /** The last complete copy of the open database. */
  #copied: Copied | undefined

  readonly #anchors: AnchorStore

  constructor(deps: ModeStorageDeps) {
    this.#deps = deps
    this.#anchors = openAnchorStore(deps)
  }

  get state(): ProcessState | undefined {
    return this.#state
  }

  /**
   * Stores the bars of a mode from now on. `variables` lead to the market to load from; absent while there is
   * none.
   */
  use(mode: Mode, variables: Environment | undefined): void {
    const { dataDir, databaseUrl, logFile, logLevel, fork, clock, log } = this.#deps
    const location = storageLocation(mode, dataDir, databaseUrl())
    const { url, options } = location
    const config: StorageConfig = {
      databaseUrl: url,
      ...(options.schema === 'signal_demo' && { schema: options.schema }),
      ...(variables && { alpaca: alpacaOnly(variables) }),
      feeds: [...feedsOf(mode, variables)],
      logFile,
      logLevel,
    }
    if (this.#storage && this.#mode === mode) {
      if (!isDeepStrictEqual(config, this.#config)) this.#storage.configure(config)
      this.#config = config
      return
    }
    this.stop()
    this.#config = config
    this.#mode = mode
    this.#location = location
    const storage = runStorage({
      fork,
      config,
      onState: (state) => {
        this.#state = state
      },
      clock,
      log,
    })
    this.#storage = storage
    this.#writer = new BarWriter(storage.api.bars.store, clock, log)
    this.#proofs = new LogProofs({
      prove: storage.api.events.prove,
      anchors: this.#anchors,
      onDoubt: (doubt) => {
        if (doubt) log.error({ verdict: doubt }, 'The event log is not as Signal noted it')
        else log.warn('The event log is noted anew, as the trader wanted')
        void this.#tellStatus(storage)
      },
      clock,
    })
    this.#tellWindows(storage)
  }

  /**
   * Stores a bar of the stream, or its correction. Fetched and stored bars and those of the test stream and the
   * overnight feeds are ignored.
   */
  write({ message, source }: ReceivedBar): void {
    const symbol = stockSymbol.safeParse(message.symbol)
    const feed = feedOf(source)
    if (symbol.success && feed !== undefined) this.#writer?.write(symbol.data, feed, toBar(message))
  }

  readonly #stored: StorageApi = storageApi({
    invoke: async (path, input) =>
      this.#storage ? this.#storage.carrier.invoke(path, input) : err<DatabaseProblem>(NOT_OPEN_PROBLEM),
    listen: (path, listener) => this.#storage?.carrier.listen(path, listener) ?? (() => {}),
  })

  /** The event log and kept values of the mode in use; each call answers a problem while there is none. */
  readonly eventLog: EventLog = {
    values: this.#stored.values,
    events: {
      append: this.#stored.events.append,
      read: this.#stored.events.read,
      prove: async (after) => this.#proofs?.prove(after) ?? err(NOT_OPEN_PROBLEM),
      accept: async () => this.#proofs?.accept(),
    },
  }
  /** The corporate actions kept for the mode in use, likewise. */
  readonly corporateActions: ActionStore = this.#stored.corporateActions

  /**
   * Ends the process. If the next database is a copy of this one, events written since the copy go there
   * first.
   */
  async close(): Promise<void> {
    const [storage, copied, mode] = [this.#storage, this.#copied, this.#mode]
    const { dataDir, databaseUrl, clock, log } = this.#deps
    if (
      storage &&
      copied &&
      mode &&
      storageLocation(mode, dataDir, databaseUrl()).url === copied.target.url
    ) {
      const late = await within(clock, LATE_EVENTS_MS, storage.api.database.copyLateEvents(copied.target))
      if (!late?.ok) log.error('Events that were written after the copy may be missing in the new database')
    }
    this.stop()
  }

  /** Ends the process immediately. */
  stop(): void {
    this.#proofs?.stop()
    this.#proofs = undefined
    this.#storage?.stop()
    this.#storage = undefined
    this.#writer = undefined
    this.#location = undefined
    this.#copied = undefined
  }

  /** Answers the contract's calls about stored bars and events. */
  get handlers(): Pick<SignalHandlers, 'history' | 'database' | 'audit'> {
    return {
      audit: {
        ...this.#passedOn.events,
        ...auditHandlers((question) => this.#ask(question), {
          ...this.#deps,
          noteEnd: async () => void (await this.#proofs?.prove()),
        }),
        verify: () => this.#ask(async () => this.eventLog.events.prove(0)),
      },
      history: {
        ...this.#passedOn.history,
        checkSymbols: async ({ symbols }) => ok(checkSymbols(await this.#knownAssets(), symbols)),
        findAssets: async ({ text }) => ok(searchAssets(await this.#deps.assets(), text)),
        start: (request) => this.#startLoad(request, 'load'),
        fill: (request) => this.#startLoad(request, 'fill'),
      },
      database: {
        status: async () => {
          const status = await this.#storage?.api.database.status()
          return ok(status?.ok ? this.#toDatabaseStatus(status.value) : OPENING)
        },
        test: (choice) => this.#ask((api) => testOther(this.#otherPorts(api), choice)),
        copyTo: (choice) => this.#ask((api) => this.#copyTo(api, choice)),
        ...this.#passedOn.database,
      },
    }
  }

  /** All assets of the market; none while they cannot be fetched. */
  async #knownAssets(): Promise<readonly Asset[]> {
    try {
      return await this.#deps.assets()
    } catch (cause) {
      if (cause instanceof AlpacaError) return []
      throw cause
    }
  }

  /** What the storage process answers a window by itself. */
  readonly #passedOn = handlersBy(STORED, (area, name, input) =>
    this.#ask(async (api) => {
      const answer = await callOn(api, area, name, input)
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both contracts have these calls by one declaration
      return answer as Result<unknown, DatabaseProblem | RpcFault>
    }),
  )

  async #startLoad(request: LoadRequest, purpose: 'load' | 'fill'): Promise<Result<string, DatabaseAway>> {
    const id = randomUUID()
    const started = await this.#ask(({ history }) => history.start({ id, request, purpose }))
    return started.ok ? ok(id) : started
  }

  async #copyTo(api: StorageApi, choice: DatabaseChoice) {
    const copied = await copyToOther(this.#otherPorts(api), choice)
    if (!copied.ok) return copied
    const { complete, events } = copied.value.result
    if (complete && events === 'copied') this.#copied = copied.value
    return ok(copied.value.result)
  }

  #otherPorts(api: StorageApi): OtherDatabaseDeps {
    const { dataDir, databaseUrlOf } = this.#deps
    return { api, dataDir, resolve: databaseUrlOf, mode: this.#mode ?? 'demo', present: this.#location }
  }

  #tellWindows({ api }: StorageClient): void {
    const { emit, onLoadEnded } = this.#deps
    api.database.changed((status) => {
      emit.database.changed(this.#toDatabaseStatus(status))
      if (status.state === 'open') void this.#proofs?.prove()
    })
    api.events.written((events) => emit.audit.appended(events))
    passEventsOn(STORED.database, api.database, emit.database)
    passEventsOn(STORED.history, api.history, emit.history)
    api.history.progress((progress) => {
      if (progress.state === 'done' || progress.state === 'failed') onLoadEnded(progress)
    })
  }

  async #tellStatus({ api }: StorageClient): Promise<void> {
    const status = await api.database.status()
    if (status.ok) this.#deps.emit.database.changed(this.#toDatabaseStatus(status.value))
  }

  #toDatabaseStatus({
    state,
    address,
    capabilities,
    copiedPercent,
    problem,
    setAside,
  }: StorageStatus): DatabaseStatus {
    const doubt = this.#proofs?.doubt
    const logDoubt = doubt === undefined ? this.#anchors.problem : describeVerdict(doubt)
    return {
      state,
      address,
      ...(capabilities && { description: capabilities.description }),
      ...(copiedPercent !== undefined && { copiedPercent }),
      ...(problem && { problem: problem.message }),
      ...(setAside !== undefined && { setAside }),
      ...(logDoubt !== undefined && { logDoubt }),
    }
  }

  async #ask<T>(
    question: (api: StorageClient['api']) => Promise<Result<T, { readonly message: string } | RpcFault>>,
  ): Promise<Result<T, DatabaseAway>> {
    if (!this.#storage) return err({ kind: 'database', message: NOT_OPEN })
    const answer = await question(this.#storage.api)
    return answer.ok ? answer : err({ kind: 'database', message: describe(answer.error) })
  }
}

/** The calls and events that pass between a window and the storage process as they are, by the latter's areas. */
const STORED = {
  history: storedHistory<DatabaseAway>(),
  events: storedLog<DatabaseAway>(),
  database: storedCopy<DatabaseAway>(),
}

/** How long a switch waits for the last events; the exchange tells again what is missing then. */
const LATE_EVENTS_MS = 10_000

const NOT_OPEN = 'The database is not open yet. Try again.'
const NOT_OPEN_PROBLEM: DatabaseProblem = { kind: 'refused', message: NOT_OPEN }
const OPENING: DatabaseStatus = { state: 'opening', address: 'the database of this mode' }

const describe = (error: { readonly message: string } | RpcFault): string =>
  'message' in error ? error.message : 'The database process did not reply. Details are in the log.'

/** What bars of a mode's market are stored as: never under a real feed's name if they come from a foreign host. */
function feedsOf(mode: Mode, variables: Environment | undefined): readonly BarFeed[] {
  if (mode === 'demo') return ['demo']
  const isForeign = variables !== undefined && foreignHosts(alpacaConfig(variables)).length > 0
  return isForeign ? ['foreign'] : ['iex', 'sip']
}

/** What a bar of the stream is stored as; nothing if it isn't stored. */
function feedOf(source: Source): BarFeed | undefined {
  if (isForeign(source)) return 'foreign'
  if (source === 'delayed_sip') return 'sip'
  return source === 'demo' || source === 'iex' || source === 'sip' ? source : undefined
}

/** The variables that the storage process may see: those for Alpaca, and nothing else. */
const alpacaOnly = (variables: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).filter(
      (entry): entry is [string, string] => /^(ALPACA|APCA)_/.test(entry[0]) && entry[1] !== undefined,
    ),
  )
