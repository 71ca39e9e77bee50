import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import type { EpochMs } from '#shared/units'
import { AlpacaError, type AlpacaClient } from '#alpaca'
import type { Log } from '#process/log'
import { reading, transact, type Database } from '../database/index.ts'
import { keepCalendar, readCalendar } from './calendar-days.ts'

/** The first day for which Alpaca has minute bars. */
const FIRST_DAY = '2016-01-01'
/** What is announced further ahead may still change. */
const DAYS_AHEAD = 180

interface RefreshDeps {
  readonly database: Database
  readonly source: Pick<AlpacaClient, 'getCalendar'>
  readonly log: Log
  readonly now: () => EpochMs
}

/**
 * Requests the exchange's calendar from Alpaca and keeps the answer. If there is none, the kept calendar
 * stays in force, and the rules beyond it: a load must not fail for lack of a calendar.
 */
export async function refreshCalendar({
  database,
  source,
  log,
  now,
}: RefreshDeps): Promise<ExchangeCalendar> {
  const until = addDays(exchangeDayOf(now()), DAYS_AHEAD)
  try {
    const days = await source.getCalendar({ start: FIRST_DAY, end: addDays(until, -1) })
    const known = days.map(({ date, open, close, sessionOpen = '04:00', sessionClose }) => {
      const afterClose = sessionClose ?? (close < '16:00' ? '17:00' : '20:00')
      return { day: date, preOpen: sessionOpen, open, close, afterClose }
    })
    // An empty calendar would close the exchange for good.
    if (known.length > 0)
      await transact(database, (trx) => keepCalendar(trx, { from: FIRST_DAY, until, days: known }))
  } catch (cause) {
    if (!(cause instanceof AlpacaError)) throw cause
    log.warn({ kind: cause.kind }, 'The exchange calendar could not be fetched; the one at hand is used')
  }
  return reading(database, readCalendar)
}
