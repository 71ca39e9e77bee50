import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test'
import { startDemoMarket, type DemoMarket, type DemoMarketOptions } from '../../src/demo-market/index.ts'
import { resetShared } from './reset-shared.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A running Signal with its first window. */
export interface SignalApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly dataDir: string
  readonly close: () => Promise<void>
}

/** A running Signal that is connected to a demo market of the test process. */
export interface ConnectedApp extends SignalApp {
  readonly market: DemoMarket
}

interface LaunchOptions {
  readonly env?: Record<string, string>
  /** Another data folder than the test's own. */
  readonly dataDir?: string
  /** Switches of Chromium's. */
  readonly switches?: readonly string[]
}

interface Fixtures {
  /** How {@link Fixtures.market} differs from an ordinary one. */
  readonly marketOptions: DemoMarketOptions
  /** A data folder of the test's own, gone afterwards. */
  readonly dataDir: string
  /** Starts the real app on that folder; it is closed after the test. */
  readonly launch: (options?: LaunchOptions) => Promise<SignalApp>
  /** A demo market of the test's own, into which faults can be injected. */
  readonly market: DemoMarket
  /** The app connected to {@link Fixtures.market}, which it is told about by the environment. */
  readonly connected: ConnectedApp
  /**
   * The app that all tests of a worker share, each of which finds it as it was at first: welcomed, with default
   * settings but for its symbols, connected to a market that behaves. For tests that start nothing anew.
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
    await provide(async ({ env = {}, dataDir: folder = dataDir, switches = [] } = {}) => {
      const app = await startSignal(folder, env, switches)
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
      const app = await startSignal(folder, environmentOf(market), [])
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

/** What makes the app use a demo market that runs already, instead of starting its own. */
export const environmentOf = (
  market: DemoMarket,
  symbols: readonly string[] = SYMBOLS,
): Record<string, string> => ({
  ...market.environment,
  SIGNAL_MODE: 'demo',
  SIGNAL_SYMBOLS: symbols.join(','),
})

/** The program under test and the arguments that make it Signal. */
export const signalCommand = (): readonly [program: string, ...args: string[]] => [
  required('SIGNAL_TEST_ELECTRON'),
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ROOT,
]

/** Our environment without what would steer the app under test. */
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
): Promise<SignalApp> {
  const [executablePath, ...args] = signalCommand()
  const electron = await _electron.launch({
    executablePath,
    args: [...switches, ...args],
    env: { ...inheritedEnvironment(), SIGNAL_DATA_DIR: dataDir, ...env },
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
    dataDir,
    close: async () => {
      if (closed) return
      // Whether an app ends when it is asked to is the matter of lifecycle.e2e.ts; here it must not stop the others.
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
