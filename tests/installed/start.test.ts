import { spawnSync } from 'node:child_process'
import { ROOT } from '../../scripts/lib/build.mjs'
import { desktopEntry } from '../support/installed/debian.ts'
import { commandOf, statusOf } from '../support/installed/processes.ts'
import { expect, test } from '../support/installed/test.ts'
import { bidBelowMarket, buyAtMarket } from '../support/installed/trading.ts'

/** The state of a process whose system calls are filtered. Source: proc(5), Seccomp in /proc/PID/status. */
const FILTERED = '2'

test('Signal that apt installed on a fresh Debian trades in the demo market, and Ctrl+Q ends all of it', async ({
  installed: { debian },
  start,
}) => {
  const app = await start()
  await app.gridMoves()
  expect(app.display.classOf(await app.window())).toContain(desktopEntry(debian)['StartupWMClass'])
  await buyAtMarket(app)
  app.photograph('filled')
  await app.press('ctrl+q')
  expect(await app.ended).toEqual({ code: 0, signal: null })
  await expect.poll(app.processes).toEqual([])
})

test('its windows run in Chromium’s sandbox, without rights of their own', async ({ start }) => {
  const app = await start({ user: 'eve' })
  await app.gridMoves()
  const commands = app.processes().map(commandOf)
  expect(commands.filter((command) => command.includes('--no-sandbox'))).toEqual([])
  expect(commands.filter((command) => command.includes('chrome-sandbox'))).not.toEqual([])
  const windows = app.processes().filter((pid) => commandOf(pid).includes('--type=renderer'))
  expect(windows).toHaveLength(1)
  expect(windows.map((pid) => statusOf(pid, 'Seccomp'))).toEqual([FILTERED])
  const users = app.processes().map((pid) => statusOf(pid, 'Uid')?.split('\t')[0])
  expect(new Set(users).size).toBe(1)
  expect(users).not.toContain('0')
})

test('Signal that the system ends while prices stream loses nothing: the next start has the open order', async ({
  start,
}) => {
  const home = '/home/ben'
  const first = await start({ user: 'ben' })
  await bidBelowMarket(first)
  first.photograph('open-order')
  process.kill(first.pid, 'SIGTERM')
  expect((await first.ended).code).toBe(0)
  await expect.poll(first.processes).toEqual([])

  const second = await start({ user: 'ben', home })
  await second.gridMoves()
  await expect.poll(() => second.events().at(-1)?.type).toBe('Reconciled')
  expect(second.events().at(-1)?.payload).toMatchObject({ cause: 'start', differences: [] })
  await second.press('F7')
  await expect.poll(() => second.events().map(({ type }) => type)).toContain('OrderCanceled')
  await second.press('ctrl+q')
  expect(await second.ended).toEqual({ code: 0, signal: null })
  const { status, stdout } = verifyEvents(second.dataDir)
  expect(stdout).toMatch(/intact/)
  expect(status).toBe(0)
})

/** Checks the hashes of an app's event log with the command of the checkout. */
const verifyEvents = (dataDir: string) =>
  spawnSync(process.execPath, ['src/cli/verify-events.ts'], {
    cwd: ROOT,
    env: { ...process.env, SIGNAL_DATA_DIR: dataDir, SIGNAL_MODE: 'demo' },
    encoding: 'utf8',
  })
