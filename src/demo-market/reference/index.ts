import { addDays, NEW_YORK } from '#shared/calendar/new-york'
import { exchangeDayOf, nextTradingDay, tradingDay, tradingDaysBetween } from '#shared/exchange-calendar'
import type { EpochMs } from '#shared/units'
import { Temporal } from 'temporal-polyfill'
import type { SimExchange } from '../exchange/index.ts'
import { json, Refusal, type Route } from '../server/index.ts'
import { assetRoutes } from './assets.ts'

export { assetOf, type SimAsset } from './assets.ts'

const CALENDAR_FROM = '1970-01-01'
const CALENDAR_UNTIL = '2030-01-01'

const inNewYork = (at: EpochMs) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(NEW_YORK)

/** RFC 3339 with New York's offset. */
const newYorkStamp = (at: EpochMs) =>
  inNewYork(at).toString({ timeZoneName: 'never', smallestUnit: at % 1000 === 0 ? 'second' : 'millisecond' })

const wallTime = (at: EpochMs) => inNewYork(at).toPlainTime().toString({ smallestUnit: 'minute' })

function readDay(query: URLSearchParams, name: string, otherwise: string): string {
  const day = query.get(name)?.slice(0, 10) ?? otherwise
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) {
    throw new Refusal(422, `${name} is not a date: ${day}`)
  }
  return day
}

/** Clock, calendar and assets: Alpaca's market information on its trading host. */
export const referenceRoutes = (exchange: SimExchange): readonly Route[] => [
  {
    method: 'GET',
    path: '/v2/clock',
    answer() {
      const now = exchange.clock.now()
      const today = tradingDay(exchangeDayOf(now))
      const coming = nextTradingDay(exchangeDayOf(now))
      return json({
        timestamp: newYorkStamp(now),
        is_open: exchange.isRegular(now),
        next_open: newYorkStamp(today !== undefined && now < today.open ? today.open : coming.open),
        next_close: newYorkStamp(today !== undefined && now < today.close ? today.close : coming.close),
      })
    },
  },
  {
    method: 'GET',
    path: '/v2/calendar',
    answer({ query }) {
      const start = readDay(query, 'start', CALENDAR_FROM)
      const end = addDays(readDay(query, 'end', addDays(CALENDAR_UNTIL, -1)), 1)
      const days = tradingDaysBetween(
        start < CALENDAR_FROM ? CALENDAR_FROM : start,
        end > CALENDAR_UNTIL ? CALENDAR_UNTIL : end,
      )
      return json(
        days.map(({ day, preOpen, open, close, afterClose }) => ({
          date: day,
          open: wallTime(open),
          close: wallTime(close),
          session_open: wallTime(preOpen).replace(':', ''),
          session_close: wallTime(afterClose).replace(':', ''),
          settlement_date: nextTradingDay(day).day,
        })),
      )
    },
  },
  ...assetRoutes(exchange),
]
