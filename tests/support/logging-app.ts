import { join } from 'node:path'
import type { DatabaseStatus } from '../../src/shared/database.ts'
import type { LogVerdict } from '../../src/shared/trading/audit.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { TradingLog } from '../../src/main/execution/event-log/trading-log.ts'
import type { ModeStorage } from '../../src/main/storage-client/index.ts'
import { Inbox } from './inbox.ts'
import { modeStorageIn } from './mode-storage.ts'

/** Signal as far as it writes and checks the event log of its paper account: storage process, anchors, trading log. */
export interface LoggingApp {
  readonly tradingLog: TradingLog
  readonly modeStorage: ModeStorage
  /** What the windows were told of the database, last. */
  status(): DatabaseStatus | undefined
  /** What Verify on the Audit screen shows. */
  verify(): Promise<LogVerdict>
  close(): Promise<void>
}

/** Starts it on a data folder, and reads its log. */
export async function startLogging(dataDir: string): Promise<LoggingApp> {
  const statuses = new Inbox<DatabaseStatus>()
  const { modeStorage, started } = modeStorageIn(dataDir, (status) => statuses.add(status), {
    chooseFile: async () => join(dataDir, 'export.jsonl'),
  })
  modeStorage.use('paper', undefined)
  await statuses.until(({ state }) => state === 'open')
  const tradingLog = new TradingLog({
    mode: 'paper',
    eventLog: modeStorage.eventLog,
    clock: systemClock,
    onApplied: () => {},
    log: silentLog,
  })
  if (!(await tradingLog.open())) throw new Error('the log could not be opened')
  return {
    tradingLog,
    modeStorage,
    status: () => statuses.items.at(-1),
    async verify() {
      const verdict = await modeStorage.handlers.audit.verify(undefined)
      if (!verdict.ok) throw new Error(JSON.stringify(verdict.error))
      return verdict.value
    },
    async close() {
      const exits = started.map(
        (child) => new Promise<void>((resolve) => void child.once('exit', () => resolve())),
      )
      modeStorage.stop()
      await Promise.all(exits)
    },
  }
}
