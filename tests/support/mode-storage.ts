import { join } from 'node:path'
import type { DatabaseStatus } from '../../src/shared/database.ts'
import { ok } from '../../src/shared/result.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { ModeStorage } from '../../src/main/storage-client/index.ts'
import { nodeFork } from './child-fork.ts'

type Deps = ConstructorParameters<typeof ModeStorage>[0]

/**
 * Main's side of storage in a data folder, with its process. `onStatus` gets what the windows are told of the database;
 * `deps` replaces what is different in a test.
 */
export function modeStorageIn(
  dataDir: string,
  onStatus: (status: DatabaseStatus) => void,
  deps: Partial<Pick<Deps, 'databaseUrl' | 'databaseUrlOf' | 'chooseFile' | 'clock'>> = {},
) {
  const { fork, started } = nodeFork(new URL('../../src/storage/process.ts', import.meta.url))
  const modeStorage = new ModeStorage({
    fork,
    dataDir,
    databaseUrl: () => undefined,
    databaseUrlOf: () => ok(undefined),
    logFile: join(dataDir, 'storage.log'),
    logLevel: 'info',
    emit: {
      history: { progress: () => {}, verified: () => {} },
      audit: { appended: () => {} },
      database: { changed: onStatus, copying: () => {} },
    },
    assets: async () => [],
    onLoadEnded: () => {},
    chooseFile: async () => undefined,
    clock: systemClock,
    log: silentLog,
    ...deps,
  })
  return { modeStorage, started }
}
