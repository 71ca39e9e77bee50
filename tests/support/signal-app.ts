import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test'
import { startDemoMarket, type DemoMarket, type DemoMarketOptions } from '../../src/demo-market/index.ts'
import { ROOT } from './app-folder.ts'
import { resetShared } from './reset-shared.ts'

/** A running Signal with its first window. */
export interface SignalApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly dataDir: string
  readonly close: () => Promise<void>
}

/** A running Signal connected to a demo market in the test process. */
export interface ConnectedApp extends SignalApp {
  readonly market: DemoMarket
}

interface LaunchOptions {
  readonly env?: Record<string, string>
  /** A data folder other than the test's own. */
  readonly dataDir?: string
  /** Chromium switches. */
  readonly switches?: readonly string[]
  /** An app folder other than the checkout. */
  readonly appFolder?: string
}

interface Fixtures {
  /** How {@link Fixtures.market} differs from a default one. */
  readonly marketOptions: DemoMarketOptions
  /** The test's own data folder, deleted afterward. */
  readonly dataDir: string
  /** Starts the real app on that folder; it is closed after the test. */
  readonly launch: (options?: LaunchOptions) => Promise<SignalApp>
  /** The test's own demo market, where faults can be injected. */
  readonly market: DemoMarket
  /** The app connected to {@link Fixtures.market}, configured by the environment. */
  readonly connected: ConnectedApp
  /**
   * The app shared by all tests of a worker. Each test finds it in its initial state: welcomed, with default
   * settings except for its symbols, connected to a market without faults. For tests that start nothing
   * themselves.
   */
  readonly shared: ConnectedApp
}

interface WorkerFixtures {
  readonly sharedByWorker: ConnectedApp
}

/** Eight liquid symbols are enough for every test and leave the machine time to draw. */
export const SYMBOLS = ['AAPL', 'TSLA', 'NVDA', 'MSFT', 'AMZN', 'META', 'SPY', 'QQQ']

const ORDINARY: DemoMarketOptions = { port: 0, seed: 7, rate: 40, symbols: SYMBOLS, control: true }

export const test = base.extend<Fixtures, WorkerFixtures>({
  marketOptions: [{}, { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  dataDir: async ({}, provide) => {
    const folder = temporaryFolder()
    await provide(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  launch: async ({ dataDir }, provide) => {
    const running: SignalApp[] = []
    await provide(async ({ env = {}, dataDir: folder = dataDir, switches = [], appFolder = ROOT } = {}) => {
      const app = await startSignal(folder, env, switches, appFolder)
      running.push(app)
      return app
    })
    for (const app of running) await app.close()
  },
  market: async ({ marketOptions }, provide) => {
    const market = await startDemoMarket({ ...ORDINARY, ...marketOptions })
    await provide(market)
    await market.stop()
  },
  connected: async ({ launch, market, marketOptions }, provide) => {
    const app = await launch({ env: environmentOf(market, marketOptions.symbols) })
    await provide({ ...app, market })
  },
  sharedByWorker: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, provide) => {
      const market = await startDemoMarket(ORDINARY)
      const folder = temporaryFolder()
      const app = await startSignal(folder, environmentOf(market), [], ROOT)
      await provide({ ...app, market })
      await app.close()
      await market.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  shared: async ({ sharedByWorker }, provide) => {
    await resetShared(sharedByWorker)
    await provide(sharedByWorker)
  },
})

export { expect }

/** The environment that makes the app use a running demo market instead of starting its own. */
export const environmentOf = (
  market: DemoMarket,
  symbols: readonly string[] = SYMBOLS,
): Record<string, string> => ({
  ...market.environment,
  SIGNAL_MODE: 'demo',
  SIGNAL_SYMBOLS: symbols.join(','),
})

/** The program under test and the arguments that make it Signal. */
export const signalCommand = (appFolder = ROOT): readonly [program: string, ...args: string[]] => [
  required('SIGNAL_TEST_ELECTRON'),
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  appFolder,
]

/** Our environment without variables that would affect the app under test. */
export const inheritedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(SIGNAL|ALPACA|APCA)_/.test(entry[0]),
    ),
  )

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'signal-e2e-'))

async function startSignal(
  dataDir: string,
  env: Record<string, string>,
  switches: readonly string[],
  appFolder: string,
): Promise<SignalApp> {
  const [executablePath, ...args] = signalCommand(appFolder)
  const electron = await _electron.launch({
    executablePath,
    args: [...switches, ...args],
    env: { ...inheritedEnvironment(), SIGNAL_DATA_DIR: dataDir, ...env },
  })
  const page = await electron.firstWindow()
  await page.locator('[data-screen]').waitFor()
  let closed = false
  electron.once('close', () => {
    closed = true
  })
  return {
    electron,
    page,
    dataDir,
    close: async () => {
      if (closed) return
      // Whether an app ends when asked is tested in lifecycle.e2e.ts; here it must not stop the other tests.
      const impatience = setTimeout(() => electron.process().kill('SIGKILL'), 10_000)
      await electron.close()
      clearTimeout(impatience)
    },
  }
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start these tests with "npm run test:e2e"`)
  return value
}
