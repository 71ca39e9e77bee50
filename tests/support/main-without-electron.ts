import { join } from 'node:path'
import { systemClock as clock } from '#process/clock'
import { silentLog as log } from '#process/log'
import { openSafetyFile, SessionManager } from '../../src/main/account-session/index.ts'
import {
  openSettings,
  readEnvironment,
  settingsHandlers,
  type Environment,
} from '../../src/main/settings/index.ts'
import type { DatabaseStatus } from '../../src/shared/database.ts'
import type { MarketRow } from '../../src/shared/market.ts'
import type { TradingChange } from '../../src/shared/trading/account.ts'
import { Inbox } from './inbox.ts'
import { keyring } from './keyring.ts'
import { modeStorageIn } from './mode-storage.ts'

/** Main's settings, storage and account session in an environment and a data folder. */
export function mainWithoutElectron(dataDir: string, environment: Environment) {
  const statuses = new Inbox<DatabaseStatus>()
  const [rows, changes] = [new Inbox<MarketRow>(), new Inbox<TradingChange>()]
  const store = openSettings({
    dataDir,
    environment,
    signal: readEnvironment(environment),
    encryption: keyring,
    clock,
    log,
  })
  const { modeStorage, started } = modeStorageIn(
    dataDir,
    (status) => {
      statuses.add(status)
      sessions.databaseChanged(status)
    },
    {
      databaseUrl: () => store.databaseUrl(),
      databaseUrlOf: (choice) => store.databaseUrlOf(choice),
    },
  )
  const sessions: SessionManager = new SessionManager({
    store,
    modeStorage,
    forkDemoMarket: () => {
      throw new Error('no test here uses the demo mode')
    },
    demoOptions: { accountFile: join(dataDir, 'demo-account.jsonl') },
    demoAddress: undefined,
    safetyOf: (mode) => openSafetyFile({ dataDir, mode, clock }),
    concerns: () => [],
    emit: {
      market: {
        changes: (changed) => changed.forEach((row) => rows.add(row)),
        sparklines: () => {},
        connection: () => {},
        session: () => {},
      },
      monitor: { statsChanged: () => {}, anomaly: () => {} },
      trading: { changed: (change) => changes.add(change), noticed: () => {} },
      audit: { appended: () => {} },
    },
    onAnomaly: () => {},
    onOrderNotice: () => {},
    loopDelay: { read: () => ({ p50: 0, p99: 0 }) },
    clock,
    log,
  })
  sessions.setVisible(true)
  const close = async () => {
    await sessions.close()
    modeStorage.stop()
  }
  return {
    store,
    modeStorage,
    storageProcesses: started,
    sessions,
    rows,
    changes,
    statuses,
    close,
    settings: settingsHandlers(store),
  }
}
