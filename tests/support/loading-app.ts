/**
 * The app without its windows, as a process that can be killed: keeps the storage process running on a
 * database, and starts a load if told to. Reports the storage process's id and the end of a load to its
 * parent.
 */
import type { LoadRequest } from '../../src/shared/history.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { type StorageConfig } from '#storage'
import { runStorage } from '../../src/main/storage-client/index.ts'
import { storageForks } from './storage-process.ts'

/** The parent's first message. */
export interface LoadingAppOptions {
  readonly config: StorageConfig
  /** A load to start; without one only those already running continue. */
  readonly load?: { readonly id: string; readonly request: LoadRequest }
}

/** What it reports. */
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
