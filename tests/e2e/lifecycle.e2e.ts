import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { ElectronApplication } from '@playwright/test'
import { startBareApp } from '../support/bare-app.ts'
import { amountIn, connection, price, statsOf } from '../support/market-page.ts'
import { environmentOf, expect, inheritedEnvironment, signalCommand, test } from '../support/signal-app.ts'

test('a second start on the same data folder brings the first window forward and exits', async ({
  shared: { electron, page, dataDir },
}) => {
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  expect(await isVisible(electron)).toBe(false)
  const [program, ...args] = signalCommand()
  const env = { ...inheritedEnvironment(), SIGNAL_DATA_DIR: dataDir }
  const second = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const said = text(second.stderr)
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(0)
  expect(await said).toContain('Signal is already running; its window was brought to the front.\n')
  await expect.poll(() => isVisible(electron)).toBe(true)
  expect(electron.windows()).toHaveLength(1)
  await expect(connection(page)).toHaveText('Connected')
})

test('a window that crashes comes back with the market, while the feed continues', async ({
  market,
  dataDir,
}) => {
  const { crashWindow, inWindow, close } = await startBareApp({
    ...environmentOf(market),
    SIGNAL_DATA_DIR: dataDir,
  })
  const priceOfApple = () =>
    inWindow(`document.querySelector('[data-symbol=AAPL] [data-freshness=live]')?.textContent`)
  try {
    await expect.poll(priceOfApple).toMatch(/\d\.\d/)
    await inWindow('globalThis.isOld = true')
    await crashWindow()
    await expect.poll(priceOfApple).toMatch(/\d\.\d/)
    expect(await inWindow('typeof isOld')).toBe('undefined')
    const before = await priceOfApple()
    await expect.poll(priceOfApple).not.toBe(before)
    expect(market.sent().connections).toBe(1)
  } finally {
    await close()
  }
})

test('an app whose processes are all told to end, as at a system shutdown, ends', async ({ dataDir }) => {
  const { inWindow, shutDown, close } = await startBareApp({ SIGNAL_DATA_DIR: dataDir })
  const rows = () => inWindow(`document.querySelectorAll('[role=rowheader]').length`)
  try {
    await expect.poll(rows).toBeGreaterThan(0)
    await shutDown()
  } finally {
    await close()
  }
})

test('a demo market that is killed is restarted, and prices move on', async ({ launch }) => {
  const { electron, page } = await launch()
  await expect(price(page, 'AAPL')).toHaveAttribute('data-freshness', 'live')
  const killed = await demoMarketPid(electron)
  if (killed === undefined) throw new Error('there is no demo market')
  process.kill(killed, 'SIGKILL')
  await expect.poll(async () => (await statsOf(page)).reconnectsLastHour).toBe(1)
  await expect(connection(page)).toHaveText('Connected')
  expect([killed, undefined]).not.toContain(await demoMarketPid(electron))
  const before = amountIn(await price(page, 'AAPL').textContent())
  await expect.poll(async () => amountIn(await price(page, 'AAPL').textContent())).not.toBe(before)
  await expect(price(page, 'AAPL')).toHaveAttribute('data-freshness', 'live')
})

test('a failed start is reported, with the location of the log, instead of leaving an app without a window', async ({
  dataDir,
}) => {
  const [program, ...args] = signalCommand()
  const child = spawn(program, args, {
    env: {
      ...inheritedEnvironment(),
      SIGNAL_DATA_DIR: dataDir,
      NODE_OPTIONS: `--require=${fileURLToPath(new URL('../support/take-scheme.cjs', import.meta.url))}`,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    const reported = await firstLine(createInterface(child.stderr), 'Signal could not start')
    expect(reported).toContain('the scheme is taken')
  } finally {
    child.kill()
    await once(child, 'exit')
  }
  expect(readFileSync(join(dataDir, 'logs', 'signal.log'), 'utf8')).toContain('Signal could not start')
})

test('an app that quits leaves no process behind', async ({ launch }) => {
  const { electron, page, close } = await launch()
  await expect(connection(page)).toHaveText('Connected')
  const [main, demoMarket] = [electron.process().pid, await demoMarketPid(electron)]
  await close()
  for (const pid of [main, demoMarket]) {
    if (pid === undefined) throw new Error('a process is missing')
    await expect.poll(() => isRunning(pid)).toBe(false)
  }
})

async function firstLine(lines: AsyncIterable<string>, text: string): Promise<string> {
  for await (const line of lines) if (line.includes(text)) return line
  throw new Error(`Signal ended without saying “${text}”`)
}

const isVisible = (electron: ElectronApplication): Promise<boolean | undefined> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

const demoMarketPid = (electron: ElectronApplication): Promise<number | undefined> =>
  electron.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Signal demo market')?.pid)

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
