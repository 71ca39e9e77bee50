/**
 * The app without its windows, as a process that can be killed: keeps the storage process running on a database, and
 * begins a load where it is told to. Tells its parent the id of the storage process, and the end of a load.
 */
import type { LoadRequest } from '../../src/shared/history.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { type StorageConfig } from '#storage'
import { runStorage } from '../../src/main/storage-client/index.ts'
import { storageForks } from './storage-process.ts'

/** What the parent sends first. */
export interface LoadingAppOptions {
  readonly config: StorageConfig
  /** A load to begin; without one only those go on that were running. */
  readonly load?: { readonly id: string; readonly request: LoadRequest }
}

/** What it tells. */
export type LoadingAppMessage =
  { readonly kind: 'open'; readonly storagePid: number | undefined } | { readonly kind: 'done' }

const tell = (message: LoadingAppMessage) => process.send?.(message)

process.once('message', ({ config, load }: LoadingAppOptions) => {
  const { fork, processes } = storageForks()
  const { api } = runStorage({ fork, config, clock: systemClock, log: silentLog, onState: () => undefined })
  api.history.progress(({ state }) => {
    if (state === 'done') tell({ kind: 'done' })
  })
  api.database.changed(({ state }) => {
    if (state !== 'open') return
    if (load) void api.history.start(load)
    tell({ kind: 'open', storagePid: processes.at(-1)?.pid })
  })
})
