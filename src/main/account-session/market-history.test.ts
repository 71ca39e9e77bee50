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

/** A database that keeps texts by name. */
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

/** Alpaca, which says that the exchange is closed on that day; or nobody, where the network is away. */
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

test('a closing that Alpaca told of yesterday is still known at a start without a network', async () => {
  expect(nyse.tradingDay(OPEN_BY_RULE)?.open).toBe(newYorkTime(OPEN_BY_RULE, '09:30'))
  expect((await learn('there', values))?.tradingDay(OPEN_BY_RULE)).toBeUndefined()
  const calendar = await learn('away', values)
  expect(calendar?.tradingDay(OPEN_BY_RULE)).toBeUndefined()
  expect(calendar?.tradingDay('2030-11-29')).toEqual(nyse.tradingDay('2030-11-29')) // beyond it by the rules
})

test('without a network and with nothing kept, the rules stand', async () => {
  expect(await learn('away', values)).toBeUndefined()
  for (const text of ['{', '{}', '{"from":"2026-01-01","until":"soon","days":[]}'])
    expect(await learn('away', keptValues(new Map([['exchange-days', text]])))).toBeUndefined()
})

test('a database that is away costs nothing but the keeping', async () => {
  expect((await learn('there', eventLogAway.values))?.tradingDay(OPEN_BY_RULE)).toBeUndefined()
  expect(await learn('away', eventLogAway.values)).toBeUndefined()
})
