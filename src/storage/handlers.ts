import { err, ok, type Result } from '#shared/result'
import type { Bar } from '#shared/market'
import type { BarFeed } from '#shared/history'
import type { EpochMs } from '#shared/units'
import type { Log } from '#process/log'
import {
  readBars,
  readBarText,
  readLastBars,
  toBar,
  writeBars,
  type BarBatch,
  type StoredBar,
} from './bars/index.ts'
import type { StorageEmitter, StorageHandlers } from './contract.ts'
import { keepActions, readActions, readLoadedSymbols } from './corporate-actions/index.ts'
import { checkCoverage, keepValue, readValue } from './coverage/index.ts'
import { readDailyCandles } from './daily-candles.ts'
import { copyDatabase, copyEvents } from './copy-database.ts'
import {
  DatabaseError,
  openDatabase,
  problemOf,
  testDatabase,
  transact,
  type Database,
  type DatabaseProblem,
} from './database/index.ts'
import { appendEvents, keepGuarded, proveLog, readFacets, readPackedEvents } from './events/index.ts'
import { estimateLoad, type HistoricalLoader } from './loader/index.ts'
import type { OpenStorage, StorageService } from './service.ts'
import { verifyAll } from './verifier/index.ts'

/** Alpaca's free plan, assumed until an answer has reported the account's own limit. */
const REQUESTS_PER_MINUTE = 200

/** Answers every call of the contract from the service's database. */
export function storageHandlers(service: StorageService, emit: StorageEmitter, log: Log): StorageHandlers {
  return {
    database: databaseHandlers(service, emit),
    bars: barHandlers(service, log),
    history: historyHandlers(service, emit),
    events: eventHandlers(service),
    corporateActions: {
      keep: (answered) =>
        service.use(({ database }) => transact(database, (trx) => keepActions(trx, answered))),
      read: (request) => service.use(({ database }) => readActions(database, request)),
      loadedSymbols: () => service.use(({ database }) => readLoadedSymbols(database)),
    },
    values: {
      keep: ({ name, value }) =>
        service.use(({ database }) => transact(database, (trx) => keepValue(trx, name, value))),
      read: ({ name }) => service.use(({ database }) => readValue(database, name)),
    },
  }
}

function databaseHandlers(service: StorageService, emit: StorageEmitter): StorageHandlers['database'] {
  let isStopped = false
  return {
    status: () => ok(service.status),
    test: async ({ url, schema }) => ok(await testDatabase(url, schema === undefined ? {} : { schema })),
    copyTo: (other) =>
      withOther(other, (to) => {
        isStopped = false
        const deps = { to, onProgress: emit.database.copying, isStopped: () => isStopped }
        return service.use(({ database, calendar, loader }) => {
          if (loader?.isBusy) throw LOADING
          return copyDatabase({ ...deps, from: database, calendar })
        })
      }),
    copyLateEvents: (other) =>
      withOther(other, (to) => service.use(({ database }) => copyEvents({ from: database, to }))),
    stopCopying() {
      isStopped = true
      return ok(undefined)
    },
  }
}

const LOADING = new DatabaseError(
  'other',
  'A download is running, and the copy would miss its bars. Pause it in History, then copy.',
)

interface OtherDatabase {
  readonly url: string
  readonly schema?: 'signal_demo' | undefined
}

/** Opens another database beside the service's own, whose problems must not be taken for the service's. */
async function withOther<T>(
  { url, schema }: OtherDatabase,
  work: (other: Database) => Promise<Result<T, DatabaseProblem>>,
): Promise<Result<T, DatabaseProblem>> {
  let other: Database
  try {
    other = await openDatabase(url, schema === undefined ? {} : { schema })
  } catch (cause) {
    return err(problemOf(cause))
  }
  try {
    return await work(other)
  } finally {
    await other.close()
  }
}

function barHandlers(service: StorageService, log: Log): StorageHandlers['bars'] {
  return {
    store: (batches) =>
      service.use(async ({ database, calendar }) => {
        const read = batches.map((batch) => toBatch(batch, log))
        await transact(database, async (trx) => {
          for (const batch of read) await writeBars(trx, batch, calendar)
        })
        const stored = read.reduce((sum, { bars }) => sum + bars.length, 0)
        const sent = batches.reduce((sum, { bars }) => sum + bars.length, 0)
        return { stored, refused: sent - stored }
      }),
    range: ({ symbol, from, until, limit }) =>
      service.use(async ({ database }) =>
        (await readBars(database, { symbol, from, until, limit })).map(toBar),
      ),
    last: (request) =>
      service.use(async ({ database }) => (await readLastBars(database, request)).map(toBar)),
    daily: (request) => service.use(({ database }) => readDailyCandles(database, request)),
  }
}

interface SentBatch {
  readonly symbol: string
  readonly feed: BarFeed
  readonly bars: readonly { readonly [K in keyof Bar]: Bar[K] | undefined }[]
}

/** The batch without invalid bars. */
function toBatch({ symbol, feed, bars }: SentBatch, log: Log): BarBatch {
  const good: StoredBar[] = []
  for (const bar of bars) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zod's optional fields may be undefined, Bar's absent
    const read = readBarText(bar as Bar)
    if (typeof read === 'string') log.warn({ symbol, at: bar.at }, `A live bar was refused: ${read}`)
    else good.push(read)
  }
  return { symbol, feed, bars: good }
}

function historyHandlers(service: StorageService, emit: StorageEmitter): StorageHandlers['history'] {
  let isStopped = false
  const withLoader = (work: (loader: HistoricalLoader) => Promise<void>) =>
    service.use(({ loader }) => {
      if (loader === undefined) throw NO_KEYS
      return work(loader)
    })
  return {
    plan: (request) => service.use((open) => plan(open, request, service.now())),
    start: ({ id, request, purpose }) => withLoader((loader) => loader.start(request, id, purpose)),
    pause: (id) => withLoader((loader) => loader.pause(id)),
    resume: (id) => withLoader((loader) => loader.resume(id)),
    cancel: (id) => withLoader((loader) => loader.cancel(id)),
    loads: () => service.use(async ({ loader }) => (await loader?.list()) ?? []),
    verify: ({ symbols }) =>
      service.use(async ({ database, calendar }) => {
        isStopped = false
        let done = 0
        return verifyAll(
          { database, calendar, now: service.now },
          symbols,
          ({ symbol }) => emit.history.verified({ symbol, done: ++done, total: symbols.length }),
          () => isStopped,
        )
      }),
    stopVerifying() {
      isStopped = true
      return ok(undefined)
    },
  }
}

const NO_KEYS = new DatabaseError('other', 'No Alpaca API keys to download with. Add them in Settings.')

async function plan(
  { database, calendar, client }: OpenStorage,
  request: Parameters<StorageHandlers['history']['plan']>[0],
  now: EpochMs,
) {
  const { symbols, startDate, endDate, feed } = request
  const coverage = await Promise.all(
    symbols.map((symbol) => checkCoverage(database, { symbol, startDate, endDate, feed }, calendar)),
  )
  const requestsPerMinute = client?.rateLimits.data.limit ?? REQUESTS_PER_MINUTE
  const pace = { now, requestsPerMinute }
  return { coverage, estimate: await estimateLoad(database, request, coverage, calendar, pace) }
}

function eventHandlers(service: StorageService): StorageHandlers['events'] {
  return {
    async append(append) {
      const result = await service.use(({ database }) => appendEvents(database, append))
      if (!result.ok) return result
      return result.value.ok ? ok(result.value.value) : err(result.value.error)
    },
    read: (filter) => service.use(({ database }) => readPackedEvents(database, filter)),
    facets: () => service.use(({ database }) => readFacets(database)),
    prove: ({ known, after }) =>
      service.use(async ({ database }) => {
        const proof = await proveLog(database, known, after)
        await keepGuarded(database)
        return proof
      }),
  }
}
