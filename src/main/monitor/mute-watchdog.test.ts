import { beforeEach, expect, test } from 'vitest'
import type { Connection, MarketSession } from '#shared/market'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { silentLog } from '#process/log'
import { createBus, type MarketEvents, type MuteChange } from '../market/index.ts'
import type { ProbeAnswer } from './mute-judgement.ts'
import { MuteWatchdog } from './mute-watchdog.ts'

let clock: ManualClock
let connection: Connection
let phase: MarketSession['phase']
let lastHeardAt: number | undefined
/** Bursts a second that the list should show. */
let rate: number
let answer: () => Promise<ProbeAnswer>
let probes: number
let reconnects: string[]
let changes: MuteChange[]
let watchdog: MuteWatchdog
let stop: () => void

beforeEach(() => {
  clock = new ManualClock(TEN_O_CLOCK)
  connection = { status: 'connected', since: TEN_O_CLOCK, attempt: 0, subscribed: 17 }
  phase = 'regular'
  lastHeardAt = TEN_O_CLOCK
  rate = 5
  answer = async () => 'newer'
  probes = 0
  reconnects = []
  changes = []
  const bus = createBus<MarketEvents>(() => {})
  bus.subscribe('mute', (change) => changes.push(change))
  watchdog = new MuteWatchdog({
    bus,
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

/** The stream speaks every second for so long. */
async function speak(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    lastHeardAt = clock.now()
    await clock.turn(1_000)
  }
}

test('a liquid list that falls silent while REST goes on is dialled anew within 10 s', async () => {
  await speak(60)
  await clock.turn(10_000)
  expect(reconnects).toEqual(['the stream was mute'])
  expect(watchdog.mute).toMatch(/delivered nothing for \d+ s, while Alpaca has newer prices/)
  expect(changes).toEqual([expect.objectContaining({ mute: true })])
})

test('the stream is mute until it speaks again, which is told', async () => {
  await clock.turn(10_000)
  expect(watchdog.isBeyondChance).toBe(true)
  await speak(1)
  expect(watchdog.mute).toBeUndefined()
  expect(watchdog.isBeyondChance).toBe(false)
  expect(changes.map(({ mute }) => mute)).toEqual([true, false])
})

test('when REST shows nothing newer the market is quiet, and asked about again only after another silence', async () => {
  answer = async () => 'nothing-newer'
  await clock.turn(60_000)
  expect(reconnects).toEqual([])
  expect(probes).toBeGreaterThanOrEqual(4)
  expect(probes).toBeLessThanOrEqual(12)
})

test('what was due before REST showed a quiet market does not count any more', async () => {
  answer = async () => 'nothing-newer'
  rate = 0.2
  await clock.turn(60_000)
  expect(probes).toBeGreaterThanOrEqual(4)
  expect(probes).toBeLessThanOrEqual(6)
})

test('what the stream brings while REST is asked clears it', async () => {
  await clock.turn(5_500)
  expect(probes).toBe(1)
  lastHeardAt = clock.now()
  await clock.turn(2_000)
  expect(reconnects).toEqual([])
})

test('when REST does not answer either, only an overwhelming silence dials anew, still within 20 s', async () => {
  answer = async () => 'failed'
  await clock.turn(8_000)
  expect(reconnects).toEqual([])
  await clock.turn(12_000)
  expect(reconnects).toEqual(['the stream was mute'])
  expect(watchdog.mute).toMatch(/about \d+ updates were due/)
})

test('once REST failed to answer, an overwhelming silence is acted on without asking again', async () => {
  answer = async () => 'failed'
  rate = 1.2
  await clock.turn(18_500)
  expect(reconnects).toEqual([])
  await clock.turn(1_000)
  expect(reconnects).toEqual(['the stream was mute'])
})

test.each(['pre', 'after', 'regular'] as const)(
  'a thin list is left alone in the %s session',
  async (session) => {
    phase = session
    rate = 0.0001
    await clock.turn(3_600_000)
    expect(probes).toBe(0)
  },
)

test('a closed market owes nothing', async () => {
  phase = 'closed'
  await clock.turn(3_600_000)
  expect(probes).toBe(0)
})

test('a link that is down is another matter', async () => {
  connection = { ...connection, status: 'reconnecting' }
  await clock.turn(600_000)
  expect(probes).toBe(0)
})

test('silence counts from the moment the link came up', async () => {
  lastHeardAt = TEN_O_CLOCK - 600_000
  await clock.turn(4_000)
  expect(probes).toBe(0)
  await clock.turn(2_000)
  expect(probes).toBe(1)
})

test('a stream that stays mute is dialled ever more seldom, and told once', async () => {
  await clock.turn(600_000)
  expect(reconnects.length).toBeGreaterThanOrEqual(4)
  expect(reconnects.length).toBeLessThanOrEqual(6)
  expect(changes).toHaveLength(1)
})

test('a process that stood still for seconds did not hear silence', async () => {
  await speak(5)
  clock.jump(20_000)
  await clock.turn(4_000)
  expect(probes).toBe(0)
  expect(reconnects).toEqual([])
})

test('a clock that is set back or forward is no silence either', async () => {
  await speak(5)
  clock.jump(-3_600_000)
  await clock.turn(3_000)
  clock.jump(25_000)
  await clock.turn(3_000)
  expect(probes).toBe(0)
})

test('after sleep the stream is dialled anew within a second, once', async () => {
  await speak(5)
  clock.jump(8 * 3_600_000)
  await clock.turn(1_000)
  watchdog.refresh('the computer woke')
  await clock.turn(1_000)
  expect(reconnects).toHaveLength(1)
  expect(changes).toEqual([])
})

test('a change of network dials anew at once', () => {
  watchdog.refresh('the network changed')
  expect(reconnects).toEqual(['the network changed'])
})

test('a trader who asks for it is obeyed at once, although the machine has just woken', () => {
  watchdog.refresh('the computer woke')
  watchdog.refresh('the network changed')
  watchdog.redial('asked for by the trader')
  expect(reconnects).toEqual(['the computer woke', 'asked for by the trader'])
})

test('once stopped it asks nothing and dials nothing, even if an answer was under way', async () => {
  await clock.turn(5_500)
  stop()
  await clock.turn(600_000)
  expect(probes).toBe(1)
  expect(reconnects).toEqual([])
  expect(clock.waiting).toBe(0)
})
