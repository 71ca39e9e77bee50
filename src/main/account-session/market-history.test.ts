import { beforeEach, expect, test } from 'vitest'
import { newYorkTime } from '#shared/calendar/new-york'
import { nyse, type ExchangeCalendar } from '#shared/exchange-calendar'
import { ok } from '#shared/result'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { eventLogAway } from '../../../tests/support/event-log-away.ts'
import { AlpacaError, type CalendarDay } from '#alpaca'
import { systemClock, type Clock } from '#process/clock'
import { silentLog } from '#process/log'
import {
  BarCache,
  createBus,
  PlanLimits,
  TrafficProfile,
  type MarketEvents,
  type WarmUpClient,
} from '../market/index.ts'
import { MarketHistory } from './market-history.ts'
import type { KeptValues } from './kept-days.ts'

/** A database that stores texts by name. */
function keptValues(texts = new Map<string, string>()): KeptValues {
  return {
    keep: async ({ name, value }) => ok(void texts.set(name, value)),
    read: async ({ name }) => ok(texts.get(name)),
  }
}

const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A weekday in the coming weeks on which the exchange is open by its rules. */
const OPEN_BY_RULE = nyse.nextTradingDay(dayFromNow(7)).day

/** Alpaca, reporting the exchange closed on that day, or no answer while the network is away. */
function client(network: 'there' | 'away'): WarmUpClient {
  const answer = async <T>(value: T): Promise<T> => {
    if (network === 'away') throw new AlpacaError('network', 'down')
    return value
  }
  const days: CalendarDay[] = nyse
    .tradingDaysBetween(dayFromNow(-7), dayFromNow(21))
    .filter(({ day }) => day !== OPEN_BY_RULE)
    .map(({ day }) => ({
      date: day,
      open: '09:30',
      close: '16:00',
      sessionOpen: '04:00',
      sessionClose: '20:00',
    }))
  return {
    getCalendar: () => answer(days),
    getClock: () => answer({ timestamp: Date.now(), isOpen: false, nextOpen: 0, nextClose: 0 }),
    getSnapshots: () => answer(new Map()),
    getBars: () => answer(new Map()),
  }
}

interface Opening {
  readonly values: KeptValues
  readonly onLearned?: (calendar: ExchangeCalendar | undefined) => void
  readonly onProblem?: (problem: string | undefined) => void
  readonly clock?: Clock
}

const historyOf = (
  network: WarmUpClient,
  { values, onLearned = () => {}, onProblem = () => {}, clock = systemClock }: Opening,
) =>
  new MarketHistory({
    client: network,
    feed: 'iex',
    source: 'iex',
    plan: new PlanLimits(false),
    splitsReady: Promise.resolve(),
    onProblem,
    calendar: nyse,
    cache: new BarCache(),
    bus: createBus<MarketEvents>(() => {}),
    profile: new TrafficProfile(),
    profileReady: Promise.resolve(),
    values,
    onLearned: ({ calendar }) => onLearned(calendar),
    clock,
    log: silentLog,
  })

async function learn(network: 'there' | 'away', values: KeptValues): Promise<ExchangeCalendar | undefined> {
  let learned: ExchangeCalendar | undefined
  const history = historyOf(client(network), {
    values,
    onLearned(calendar) {
      learned = calendar
    },
  })
  await history.warmUp(['AAPL'])
  history.stop()
  return learned
}

let values: KeptValues
beforeEach(() => {
  values = keptValues()
})

test('a closure that Alpaca reported is still known at a start without a network', async () => {
  expect(nyse.tradingDay(OPEN_BY_RULE)?.open).toBe(newYorkTime(OPEN_BY_RULE, '09:30'))
  expect((await learn('there', values))?.tradingDay(OPEN_BY_RULE)).toBeUndefined()
  const calendar = await learn('away', values)
  expect(calendar?.tradingDay(OPEN_BY_RULE)).toBeUndefined()
  expect(calendar?.tradingDay('2030-11-29')).toEqual(nyse.tradingDay('2030-11-29')) // beyond the stored days the rules apply
})

test('without a network and without stored days, the rules apply', async () => {
  expect(await learn('away', values)).toBeUndefined()
  for (const text of ['{', '{}', '{"from":"2026-01-01","until":"soon","days":[]}'])
    expect(await learn('away', keptValues(new Map([['exchange-days', text]])))).toBeUndefined()
})

test('if the database is away, only the storing of days is lost', async () => {
  expect((await learn('there', eventLogAway.values))?.tradingDay(OPEN_BY_RULE)).toBeUndefined()
  expect(await learn('away', eventLogAway.values)).toBeUndefined()
})

/** Alpaca that refuses or fails minute bars; counts what it is asked for. */
function without(bars: AlpacaError) {
  const asked: string[] = []
  const there = client('there')
  const counted: WarmUpClient = {
    ...there,
    getSnapshots: (symbols) => {
      asked.push('snapshots')
      return there.getSnapshots(symbols)
    },
    getBars: async ({ timeframe }) => {
      if (timeframe !== undefined) return new Map()
      asked.push('bars')
      throw bars
    },
  }
  return { asked, counted }
}

test('only what failed is requested again, after 15, 30 and 60 seconds, and reported until it arrives', async () => {
  const clock = new ManualClock(Date.now())
  const problems: (string | undefined)[] = []
  const { asked, counted } = without(new AlpacaError('network', 'down'))
  const history = historyOf(counted, { values, clock, onProblem: (problem) => problems.push(problem) })
  await history.warmUp(['AAPL'])
  expect([asked, problems]).toEqual([['snapshots', 'bars'], ['Price history unavailable: down']])
  for (const seconds of [15, 30, 60]) {
    const before = asked.length
    await clock.turn(seconds * 1_000 - 1)
    expect(asked).toHaveLength(before)
    await clock.turn(1)
    expect(asked.slice(before)).toEqual(['bars'])
  }
  history.stop()
})

test('what the plan does not allow is reported and not requested again', async () => {
  const clock = new ManualClock(Date.now())
  const problems: (string | undefined)[] = []
  const { asked, counted } = without(new AlpacaError('forbidden', 'not in your plan'))
  const history = historyOf(counted, { values, clock, onProblem: (problem) => problems.push(problem) })
  await history.warmUp(['AAPL'])
  await clock.turn(3_600_000)
  expect(asked).toEqual(['snapshots', 'bars'])
  expect(problems).toEqual(['Price history unavailable: not in your plan'])
  history.stop()
})

test('what the plan does not allow is still reported when the rest has arrived', async () => {
  const clock = new ManualClock(Date.now())
  const problems: (string | undefined)[] = []
  const { counted } = without(new AlpacaError('forbidden', 'not in your plan'))
  let tries = 0
  const getClock: WarmUpClient['getClock'] = async () => {
    if (tries++ === 0) throw new AlpacaError('network', 'down')
    return { timestamp: clock.now(), isOpen: false, nextOpen: 0, nextClose: 0 }
  }
  const onProblem = (problem: string | undefined) => void problems.push(problem)
  const history = historyOf({ ...counted, getClock }, { values, clock, onProblem })
  await history.warmUp(['AAPL'])
  await clock.turn(3_600_000)
  expect(tries).toBe(2)
  expect(problems.at(-1)).toBe('Price history unavailable: not in your plan')
  history.stop()
})
