import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import {
  openSettings,
  readEnvironment,
  type Environment,
  type SettingsStore,
} from '../../src/main/settings/index.ts'
import { keyring } from './keyring.ts'

export const KEYS = { apiKey: 'PKTESTKEY0000000ABCD', apiSecret: 'the-very-secret-secret' }

/** The addresses that `npm run demo-market` prints, and its keys. */
export const DEMO_MARKET = {
  ALPACA_BASE_URL: 'http://127.0.0.1:8000',
  ALPACA_DATA_URL: 'http://127.0.0.1:8000',
  ALPACA_WS_URL: 'ws://127.0.0.1:8000/v2/iex',
}
export const DEMO_KEYS = { ALPACA_API_KEY: 'PKDEMO0000', ALPACA_API_SECRET: 'demo-secret' }

/** A data folder, and the settings in it. */
export interface SettingsFolder {
  readonly dataDir: string
  /** Opens the settings as a start of Signal does; what was saved before is there. */
  open(environment?: Environment, encryption?: typeof keyring): SettingsStore
  write(name: string, text: string): void
  read(name: string): string
}

/** A data folder of its own for each test. */
export function settingsFolder(): SettingsFolder {
  let dataDir = ''
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'signal-settings-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))
  return {
    get dataDir() {
      return dataDir
    },
    open: (environment = {}, encryption = keyring) =>
      openSettings({
        dataDir,
        environment,
        signal: readEnvironment(environment),
        encryption,
        clock: systemClock,
        log: silentLog,
      }),
    write: (name, text) => writeFileSync(join(dataDir, name), text),
    read: (name) => readFileSync(join(dataDir, name), 'utf8'),
  }
}
