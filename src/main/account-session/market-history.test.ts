import { beforeEach, expect, test } from 'vitest'
import { newYorkTime } from '#shared/calendar/new-york'
import { nyse, type ExchangeCalendar } from '#shared/exchange-calendar'
import { ok } from '#shared/result'
import { eventLogAway } from '../../../tests/support/event-log-away.ts'
import { AlpacaError, type CalendarDay } from '#alpaca'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { BarCache, createBus, TrafficProfile, type MarketEvents, type WarmUpClient } from '../market/index.ts'
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

async function learn(network: 'there' | 'away', values: KeptValues): Promise<ExchangeCalendar | undefined> {
  let learned: ExchangeCalendar | undefined
  const history = new MarketHistory({
    client: client(network),
    feed: 'iex',
    calendar: nyse,
    cache: new BarCache(),
    bus: createBus<MarketEvents>(() => {}),
    profile: new TrafficProfile(),
    profileReady: Promise.resolve(),
    values,
    onLearned({ calendar }) {
      learned = calendar
    },
    clock: systemClock,
    log: silentLog,
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
