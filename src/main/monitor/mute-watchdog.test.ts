import { beforeEach, expect, test } from 'vitest'
import type { Connection, MarketSession } from '#shared/market'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { silentLog } from '#process/log'
import type { ProbeAnswer } from './mute-judgement.ts'
import { MuteWatchdog } from './mute-watchdog.ts'

let clock: ManualClock
let connection: Connection
let phase: MarketSession['phase']
let lastHeardAt: number | undefined
/** Bursts per second expected from the list. */
let rate: number
let answer: () => Promise<ProbeAnswer>
let probes: number
let reconnects: string[]
let watchdog: MuteWatchdog
let stop: () => void

beforeEach(() => {
  clock = new ManualClock(TEN_O_CLOCK)
  connection = { status: 'connected', since: TEN_O_CLOCK }
  phase = 'regular'
  lastHeardAt = TEN_O_CLOCK
  rate = 5
  answer = async () => 'newer'
  probes = 0
  reconnects = []
  watchdog = new MuteWatchdog({
    connection: () => connection,
    session: () => ({ phase, day: '2026-11-24', earlyClose: false }),
    lastHeardAt: () => lastHeardAt,
    expected: (from, until) => ((until - from) / 1_000) * rate,
    probe: () => {
      probes++
      return answer()
    },
    reconnect: (reason) => {
      reconnects.push(reason)
      connection = { ...connection, since: clock.now() + 500 }
    },
    log: silentLog,
    clock,
  })
  stop = watchdog.start()
})

/** Lets the stream deliver every second for this many seconds. */
async function speak(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    lastHeardAt = clock.now()
    await clock.turn(1_000)
  }
}

test('if a liquid list falls silent while REST has newer quotes, the stream reconnects within 10 s', async () => {
  await speak(60)
  await clock.turn(10_000)
  expect(reconnects).toEqual(['the stream was mute'])
  expect(watchdog.mute).toMatch(/no data for \d+ s \(Alpaca has newer prices\)/)
})

test('the stream is mute until it speaks again', async () => {
  await clock.turn(10_000)
  expect(watchdog.isBeyondChance).toBe(true)
  await speak(1)
  expect(watchdog.mute).toBeUndefined()
  expect(watchdog.isBeyondChance).toBe(false)
})

test('if REST shows nothing newer the market is quiet, and is probed again only after another silence', async () => {
  answer = async () => 'nothing-newer'
  await clock.turn(60_000)
  expect(reconnects).toEqual([])
  expect(probes).toBeGreaterThanOrEqual(4)
  expect(probes).toBeLessThanOrEqual(12)
})

test('traffic expected before REST showed a quiet market no longer counts', async () => {
  answer = async () => 'nothing-newer'
  rate = 0.2
  await clock.turn(60_000)
  expect(probes).toBeGreaterThanOrEqual(4)
  expect(probes).toBeLessThanOrEqual(6)
})

test('data from the stream during the probe ends the suspicion', async () => {
  await clock.turn(5_500)
  expect(probes).toBe(1)
  lastHeardAt = clock.now()
  await clock.turn(2_000)
  expect(reconnects).toEqual([])
})

test('if REST does not answer either, only an overwhelming silence reconnects, still within 20 s', async () => {
  answer = async () => 'failed'
  await clock.turn(8_000)
  expect(reconnects).toEqual([])
  await clock.turn(12_000)
  expect(reconnects).toEqual(['the stream was mute'])
  expect(watchdog.mute).toMatch(/about \d+ updates due/)
})

test('after a failed probe, an overwhelming silence reconnects without another probe', async () => {
  answer = async () => 'failed'
  rate = 1.2
  await clock.turn(18_500)
  expect(reconnects).toEqual([])
  await clock.turn(1_000)
  expect(reconnects).toEqual(['the stream was mute'])
})

test.each(['pre', 'after', 'regular'] as const)(
  'a thinly traded list is left alone in the %s session',
  async (session) => {
    phase = session
    rate = 0.0001
    await clock.turn(3_600_000)
    expect(probes).toBe(0)
  },
)

test('nothing is expected from a closed market', async () => {
  phase = 'closed'
  await clock.turn(3_600_000)
  expect(probes).toBe(0)
})

test('a connection that is down is not mute', async () => {
  connection = { ...connection, status: 'reconnecting' }
  await clock.turn(600_000)
  expect(probes).toBe(0)
})

test('silence counts from the moment the connection came up', async () => {
  lastHeardAt = TEN_O_CLOCK - 600_000
  await clock.turn(4_000)
  expect(probes).toBe(0)
  await clock.turn(2_000)
  expect(probes).toBe(1)
})

test('a stream that stays mute is reconnected less and less often', async () => {
  await clock.turn(600_000)
  expect(reconnects.length).toBeGreaterThanOrEqual(4)
  expect(reconnects.length).toBeLessThanOrEqual(6)
  expect(watchdog.mute).toMatch(/no data for \d+ s/)
})

test('a process that was frozen for seconds does not count the time as silence', async () => {
  await speak(5)
  clock.jump(20_000)
  await clock.turn(4_000)
  expect(probes).toBe(0)
  expect(reconnects).toEqual([])
})

test('setting the clock back or forward is not silence either', async () => {
  await speak(5)
  clock.jump(-3_600_000)
  await clock.turn(3_000)
  clock.jump(25_000)
  await clock.turn(3_000)
  expect(probes).toBe(0)
})

test('after sleep the stream reconnects within a second, once', async () => {
  await speak(5)
  clock.jump(8 * 3_600_000)
  await clock.turn(1_000)
  watchdog.refresh('the computer woke')
  await clock.turn(1_000)
  expect(reconnects).toHaveLength(1)
  expect(watchdog.mute).toBeUndefined()
})

test('a network change reconnects immediately', () => {
  watchdog.refresh('the network changed')
  expect(reconnects).toEqual(['the network changed'])
})

test('the trader can reconnect immediately, even if the machine has just woken', () => {
  watchdog.refresh('the computer woke')
  watchdog.refresh('the network changed')
  watchdog.redial('asked for by the trader')
  expect(reconnects).toEqual(['the computer woke', 'asked for by the trader'])
})

test('after it is stopped it neither probes nor reconnects, even if a probe was under way', async () => {
  await clock.turn(5_500)
  stop()
  await clock.turn(600_000)
  expect(probes).toBe(1)
  expect(reconnects).toEqual([])
  expect(clock.waiting).toBe(0)
})
