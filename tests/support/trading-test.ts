// oxlint-disable no-empty-pattern -- vitest reads from the pattern which fixtures are wanted, including none
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { isAlive } from './is-alive.ts'
import { SkippingClock } from './skipping-clock.ts'
import { openTradingSession, type TradingSession } from './trading-session.ts'

export const SYMBOLS = ['AAPL', 'MSFT']

type Opening = Partial<Parameters<typeof openTradingSession>[0]>

interface Fixtures {
  readonly market: DemoMarket
  readonly dataDir: string
  readonly clock: SkippingClock
  /** Opens an account session on the market and the folder of this test; it is closed with the test. */
  readonly open: (opening?: Opening) => TradingSession
  /** An account session that is ready to trade. */
  readonly session: TradingSession
}

/** A test with its own demo market, folder and account session. */
export const test = base.extend<Fixtures>({
  market: async ({ clock }, run) => {
    const market = await startDemoMarket({ symbols: SYMBOLS, rate: 200, seed: 5 }, undefined, clock)
    await run(market)
    await market.stop()
  },
  dataDir: async ({}, run) => {
    const folder = mkdtempSync(join(tmpdir(), 'signal-trading-'))
    await run(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  clock: async ({}, run) => run(new SkippingClock()),
  open: async ({ market, dataDir, clock }, run) => {
    const sessions: TradingSession[] = []
    await run((opening = {}) => {
      const session = openTradingSession({ market, dataDir, clock, symbols: SYMBOLS, ...opening })
      sessions.push(session)
      return session
    })
    for (const session of sessions) {
      for (const { pid } of session.storageProcesses)
        if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGCONT') // a test may have stopped it
      await session.close()
    }
  },
  session: async ({ open }, run) => {
    const session = open()
    await session.ready()
    await run(session)
  },
})
