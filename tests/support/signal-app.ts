import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test'
import { startDemoMarket, type DemoMarket } from '../../src/main/demo-market/index.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A running Signal with its first window. */
export interface SignalApp {
  readonly electron: ElectronApplication
  readonly page: Page
  close(): Promise<void>
}

interface LaunchOptions {
  readonly env?: Record<string, string>
  /** Another data folder than the test's own. */
  readonly dataDir?: string
}

interface Fixtures {
  /** A data folder of the test's own, gone afterwards. */
  readonly dataDir: string
  /** Starts the real app on that folder; it is closed after the test. */
  readonly launch: (options?: LaunchOptions) => Promise<SignalApp>
  /** A demo market of the test's own, which can be told to misbehave. */
  readonly market: DemoMarket
  /** The app connected to {@link market}. */
  readonly connected: SignalApp
}

/** Eight liquid symbols are enough for every test and leave the machine time to draw. */
export const SYMBOLS = ['AAPL', 'TSLA', 'NVDA', 'MSFT', 'AMZN', 'META', 'SPY', 'QQQ']

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  dataDir: async ({}, provide) => {
    const folder = mkdtempSync(join(tmpdir(), 'signal-e2e-'))
    await provide(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  launch: async ({ dataDir }, provide) => {
    const running: SignalApp[] = []
    await provide(async ({ env = {}, dataDir: folder = dataDir } = {}) => {
      const app = await startSignal({ SIGNAL_DATA_DIR: folder, ...env })
      running.push(app)
      return app
    })
    for (const app of running) await app.close()
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  market: async ({}, provide) => {
    const market = await startDemoMarket({ port: 0, seed: 7, rate: 40, symbols: SYMBOLS, control: true })
    await provide(market)
    await market.stop()
  },
  connected: async ({ launch, market }, provide) => {
    await provide(await launch({ env: environmentOf(market) }))
  },
})

export { expect }

/** What makes the app use a demo market that runs already, instead of starting its own. */
export const environmentOf = (market: DemoMarket): Record<string, string> => ({
  ...market.environment,
  SIGNAL_MODE: 'demo',
  SIGNAL_SYMBOLS: SYMBOLS.join(','),
})

async function startSignal(env: Record<string, string>): Promise<SignalApp> {
  const electron = await _electron.launch({
    executablePath: required('SIGNAL_TEST_ELECTRON'),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ROOT],
    env: { ...inherited(), ...env },
  })
  const page = await electron.firstWindow()
  await page.getByRole('grid', { name: 'Market' }).waitFor()
  let closed = false
  electron.once('close', () => {
    closed = true
  })
  return {
    electron,
    page,
    close: async () => {
      if (!closed) await electron.close()
    },
  }
}

/** Our environment without what would steer the app under test. */
const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(SIGNAL|ALPACA|APCA)_/.test(entry[0]),
    ),
  )

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start these tests with "npm run test:e2e"`)
  return value
}
