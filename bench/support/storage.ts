import { fork as forkNode, type ChildProcess } from 'node:child_process'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { type StorageConfig } from '#storage'
import { runStorage, STORAGE_NODE_FLAGS, type StorageClient } from '../../src/main/storage-client/index.ts'

const ENTRY = new URL('../../src/storage/process.ts', import.meta.url).pathname

/** Starts the storage process as the app does under Node, and waits until its database is open. */
export async function startStorage(
  config: StorageConfig,
): Promise<{ readonly client: StorageClient; readonly child: ChildProcess }> {
  const child = forkNode(ENTRY, [], {
    execArgv: [...STORAGE_NODE_FLAGS],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const client = runStorage({
    fork: () => ({
      send: (message) => void child.send(message as object),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }),
    config,
    onState: () => undefined,
    clock: systemClock,
    log: silentLog,
  })
  await new Promise<void>((resolve) => {
    client.api.database.changed(({ state }) => {
      if (state === 'open') resolve()
    })
  })
  return { client, child }
}
