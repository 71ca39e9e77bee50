import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import type * as z from 'zod'
import type { DatabaseAway } from '#shared/database'
import type { SaveFailure, SignalHandlers } from '#shared/ipc/contract'
import { err, ok, type Result } from '#shared/result'
import type { RpcFault } from '#shared/rpc/channel'
import { forWindow, type AuditEvent, type auditFilter } from '#shared/trading/audit'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { Clock } from '#process/clock'

/** Which events, and how many of them. */
interface EventQuery extends z.output<typeof auditFilter> {
  readonly withSymbols?: boolean
  readonly afterId?: number | undefined
  readonly beforeId?: number | undefined
  readonly direction: 'asc' | 'desc'
  readonly limit: number
}

type AuditAnswer<T> = Promise<Result<T, { readonly message: string } | RpcFault>>

/** The part of the storage process's API that the audit needs. */
export interface AuditStorage {
  readonly events: {
    read(query: EventQuery): AuditAnswer<readonly AuditEvent[]>
  }
}

/** Sends a question to the storage process of the current mode. */
export type AskStorage = <T>(
  question: (storage: AuditStorage) => AuditAnswer<T>,
) => Promise<Result<T, DatabaseAway>>

/** Events per read and write: however long the log is, no more of it is in memory. */
const PAGE = 1_000

interface AuditDeps {
  /** Asks the trader where to save the file; undefined if canceled. */
  readonly chooseFile: (name: string) => Promise<string | undefined>
  /** Notes the end of the log outside the database, after checking it. */
  readonly noteEnd: () => Promise<void>
  readonly clock: Clock
}

/** Answers the contract's calls that read events of the log. */
export const auditHandlers = (
  ask: AskStorage,
  { chooseFile, noteEnd, clock }: AuditDeps,
): Pick<SignalHandlers['audit'], 'events' | 'export'> => ({
  events: async (query) => {
    const page = await ask(({ events }) => events.read({ ...query, withSymbols: true, direction: 'desc' }))
    return page.ok ? ok(page.value.map(forWindow)) : page
  },
  export: async (filter) => {
    const path = await chooseFile(`signal-events-${exchangeDayOf(clock.now())}.jsonl`)
    if (path === undefined) return ok({ kind: 'canceled' })
    const written = await writeLog(path, (afterId) =>
      ask(({ events }) => events.read({ ...filter, afterId, direction: 'asc', limit: PAGE })),
    )
    if (!written.ok) return written
    await noteEnd()
    return ok({ kind: 'saved', path })
  },
})

type ReadPage = (afterId: number) => Promise<Result<readonly AuditEvent[], DatabaseAway>>

/** Writes all pages to a file, which gets its name only once it is complete. */
async function writeLog(path: string, readPage: ReadPage): Promise<Result<void, DatabaseAway | SaveFailure>> {
  const partPath = `${path}.part`
  try {
    const written = await writeClosed(partPath, readPage)
    if (written.ok) await rename(partPath, path)
    else await rm(partPath, { force: true })
    return written
  } catch (cause) {
    await rm(partPath, { force: true }).catch(() => undefined) // report the first failure
    const reason = cause instanceof Error ? cause.message : String(cause)
    return err({ kind: 'not-written', message: `The file could not be written: ${reason}` })
  }
}

async function writeClosed(path: string, readPage: ReadPage): Promise<Result<void, DatabaseAway>> {
  await rm(path, { force: true })
  const file = await open(path, 'wx', 0o600) // a link in its place is not followed
  try {
    return await writePages(file, readPage)
  } finally {
    await file.close()
  }
}

async function writePages(file: FileHandle, readPage: ReadPage): Promise<Result<void, DatabaseAway>> {
  let lastId = 0
  for (;;) {
    const page = await readPage(lastId)
    if (!page.ok) return page
    await file.appendFile(page.value.map(lineOf).join(''))
    lastId = page.value.at(-1)?.id ?? lastId
    if (page.value.length < PAGE) return ok(undefined)
  }
}

/** An event as one line of JSON, its time in ISO-8601; the hash can be verified from it. */
const lineOf = ({ id, stream, version, type, at, payload, hash }: AuditEvent): string =>
  `${JSON.stringify({ id, stream, version, type, at: new Date(at).toISOString(), payload, hash })}\n`
