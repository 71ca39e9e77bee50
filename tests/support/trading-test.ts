// oxlint-disable no-empty-pattern -- vitest reads from the pattern which fixtures are wanted, also that none are
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { isAlive } from './is-alive.ts'
import { SkippingClock } from './skipping-clock.ts'
import { openTradingDesk, type TradingDesk } from './trading-desk.ts'

export const SYMBOLS = ['AAPL', 'MSFT']

type Opening = Partial<Parameters<typeof openTradingDesk>[0]>

interface Fixtures {
  readonly market: DemoMarket
  readonly dataDir: string
  readonly clock: SkippingClock
  /** Opens a desk on the market and the folder of this test; it is closed with the test. */
  readonly open: (opening?: Opening) => TradingDesk
  /** A desk that is ready to trade. */
  readonly desk: TradingDesk
}

/** A test with a demo market, a folder and a trading desk of its own. */
export const test = base.extend<Fixtures>({
  market: async ({}, run) => {
    const market = await startDemoMarket({ symbols: SYMBOLS, rate: 200, seed: 5 })
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
    const desks: TradingDesk[] = []
    await run((opening = {}) => {
      const desk = openTradingDesk({ market, dataDir, clock, symbols: SYMBOLS, ...opening })
      desks.push(desk)
      return desk
    })
    for (const desk of desks) {
      for (const { pid } of desk.storageProcesses)
        if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGCONT') // a test may have stopped it
      await desk.close()
    }
  },
  desk: async ({ open }, run) => {
    const desk = open()
    await desk.ready()
    await run(desk)
  },
})
