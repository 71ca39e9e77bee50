import type { CopyResult, DatabaseChoice, DatabaseTest } from '#shared/database'
import { err, ok, type Result } from '#shared/result'
import type { RpcFault } from '#shared/rpc/channel'
import type { Mode } from '#shared/settings'
import { storageLocation, type StorageApi, type StorageLocation } from '#storage'

/** Finds the full address of a choice, including its password; undefined for the file in the data folder. */
export type ResolveDatabase = (choice: DatabaseChoice) => Result<string | undefined, unknown>

/** Dependencies for testing a database or copying to it. */
export interface OtherDatabaseDeps {
  readonly mode: Mode
  readonly dataDir: string
  readonly resolve: ResolveDatabase
  readonly api: Pick<StorageApi, 'database'>
  /** Where the open database is. */
  readonly present: StorageLocation | undefined
}

type Failure = { readonly message: string } | RpcFault
type Target = { readonly url: string; readonly schema?: 'signal_demo' }

/** Tests a database as the app would use it. */
export async function testOther(
  deps: OtherDatabaseDeps,
  choice: DatabaseChoice,
): Promise<Result<DatabaseTest, Failure>> {
  const target = targetOf(deps, choice)
  if (!target.ok) return ok({ kind: 'unusable', message: target.error.message })
  const tested = await deps.api.database.test(target.value)
  if (!tested.ok) return tested
  return ok(
    tested.value.kind === 'usable'
      ? { kind: 'usable', message: tested.value.capabilities.description }
      : { kind: 'unusable', message: tested.value.problem.message },
  )
}

/** A copy and its target, so that later writes can follow. */
export interface Copied {
  readonly target: Target
  readonly result: CopyResult
}

/** Copies everything in the open database to another. */
export async function copyToOther(
  deps: OtherDatabaseDeps,
  choice: DatabaseChoice,
): Promise<Result<Copied, Failure>> {
  const target = targetOf(deps, choice)
  if (!target.ok) return target
  if (target.value.url === deps.present?.url)
    return err({ message: 'This database is in use already: there is nothing to copy.' })
  const copied = await deps.api.database.copyTo(target.value)
  return copied.ok ? ok({ target: target.value, result: copied.value }) : copied
}

/** Where a mode would keep its bars and events. */
function targetOf(
  { mode, dataDir, resolve }: OtherDatabaseDeps,
  choice: DatabaseChoice,
): Result<Target, { readonly message: string }> {
  const url = resolve(choice)
  if (!url.ok) return err({ message: NOT_READABLE })
  const { url: located, options } = storageLocation(mode, dataDir, url.value)
  return ok({ url: located, ...(options.schema !== undefined && { schema: options.schema }) })
}

const NOT_READABLE = 'The address cannot be read. It has the form postgres://user@host:port/name.'
