import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import type { ProcessState } from '../../src/shared/health.ts'
import { runDemoMarket } from '../../src/main/account-session/index.ts'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { nodeFork } from '../support/child-fork.ts'
import { Inbox } from '../support/inbox.ts'

const ENTRY = new URL('../../src/demo-market/process.ts', import.meta.url)

let stop = () => {}
afterEach(() => stop())

test('a demo market that is killed comes back at the same address with the same keys, and its users are notified once', async () => {
  const { fork, started } = nodeFork(ENTRY)
  const states = new Inbox<ProcessState>()
  const addresses = new Inbox<Readonly<Record<string, string>>>()
  stop = runDemoMarket({
    fork,
    options: { seed: 1 },
    onReady: (environment) => addresses.add(environment),
    onState: (state) => states.add(state),
    clock: systemClock,
    log: silentLog,
  })
  const { ALPACA_BASE_URL = '', ...environment } = await addresses.until(() => true)
  const headers = {
    'APCA-API-KEY-ID': environment['ALPACA_API_KEY'] ?? '',
    'APCA-API-SECRET-KEY': environment['ALPACA_API_SECRET'] ?? '',
  }
  await states.until((state) => state === 'running')

  for (let round = 0; round < 3; round++) {
    const seen = states.items.length
    started.at(-1)?.kill('SIGKILL')
    await states.until((state) => state === 'running', seen)
    expect(states.items.slice(seen)).toContain('restarting')
    expect((await fetch(`${ALPACA_BASE_URL}/v2/clock`)).status).toBe(401)
    expect((await fetch(`${ALPACA_BASE_URL}/v2/clock`, { headers })).status).toBe(200)
  }
  expect(addresses.items).toHaveLength(1)
})

test('a demo market that is stopped ends and stays away', async () => {
  const { fork, started } = nodeFork(ENTRY)
  const states = new Inbox<ProcessState>()
  const end = runDemoMarket({
    fork,
    options: {},
    onReady: () => {},
    onState: (state) => states.add(state),
    clock: systemClock,
    log: silentLog,
  })
  await states.until((state) => state === 'running')
  const ended = once(started[0] ?? process, 'exit')
  end()
  await ended
  expect(states.items.at(-1)).toBe('stopped')
  expect(started).toHaveLength(1)
})
