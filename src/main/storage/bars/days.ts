import { addDays, newYorkTime } from '#shared/calendar/new-york'
import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import type { BarFeed } from '#shared/history'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { Reader, Transaction } from '../database/index.ts'
import type { StoredBar } from './bar.ts'

/** A New York day: from midnight to midnight, and the regular session in it (empty on a day without trading). */
interface DayBounds {
  readonly day: ExchangeDay
  readonly from: EpochMs
  readonly until: EpochMs
  readonly open: EpochMs
  readonly close: EpochMs
}

const midnights = new Map<ExchangeDay, EpochMs>()

/** New York's midnight at the beginning of a day. Worked out once a day: zones are slow, and days are few. */
export function midnight(day: ExchangeDay): EpochMs {
  const known = midnights.get(day)
  if (known !== undefined) return known
  const at = newYorkTime(day, '00:00')
  midnights.set(day, at)
  return at
}

function boundsOf(day: ExchangeDay, calendar: ExchangeCalendar): DayBounds {
  const from = midnight(day)
  const session = calendar.tradingDay(day)
  return {
    day,
    from,
    until: midnight(addDays(day, 1)),
    open: session?.open ?? from,
    close: session?.close ?? from,
  }
}

/** Days that the bars, oldest first, fall on. */
function daysOf(bars: readonly StoredBar[]): readonly ExchangeDay[] {
  const days = new Set<ExchangeDay>()
  for (const { at } of bars) days.add(exchangeDayOf(at))
  return [...days]
}

/** Counts anew the days that were just written to, in the same transaction. */
export async function refreshDays(
  trx: Transaction,
  symbol: string,
  bars: readonly StoredBar[],
  calendar: ExchangeCalendar,
): Promise<void> {
  const days = daysOf(bars).map((day) => boundsOf(day, calendar))
  if (days.length === 0) return
  if (trx.dialect === 'sqlite') {
    const refresh = trx.raw.prepare(REFRESH_SQLITE)
    for (const day of days) refresh.run({ ...day, symbol })
  } else await refreshPostgres(trx, symbol, days)
}

const REFRESH_SQLITE = `
  with regular as (
    select * from market_bars where symbol = @symbol and bar_time >= @open and bar_time < @close
  )
  insert or replace into bar_days (symbol, day, open, high, low, close, volume, bars, regular_bars, feed)
  select @symbol, @day,
    (select open from regular order by bar_time limit 1), max(high), min(low),
    (select close from regular order by bar_time desc limit 1), coalesce(sum(volume), 0),
    (select count(*) from market_bars where symbol = @symbol and bar_time >= @from and bar_time < @until),
    count(*), min(feed)
  from regular`

async function refreshPostgres(
  { client }: Extract<Transaction, { dialect: 'postgres' }>,
  symbol: string,
  days: readonly DayBounds[],
): Promise<void> {
  const column = (read: (day: DayBounds) => EpochMs) => days.map((day) => new Date(read(day)).toISOString())
  // The outermost bounds stand once more as plain values, so that chunks outside are left out when it is planned.
  await client.query(
    `insert into bar_days (symbol, day, open, high, low, close, volume, bars, regular_bars, feed)
     select $1, day,
       ((array_agg(open order by bar_time) filter (where regular))[1] * 10000)::bigint,
       (max(high) filter (where regular) * 10000)::bigint,
       (min(low) filter (where regular) * 10000)::bigint,
       ((array_agg(close order by bar_time desc) filter (where regular))[1] * 10000)::bigint,
       coalesce(sum(volume) filter (where regular), 0), count(*), count(*) filter (where regular),
       min(feed) filter (where regular)
     from (
       select d.day, b.*, b.bar_time >= d.open_time and b.bar_time < d.close_time as regular
       from unnest($2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
         as d (day, from_time, until_time, open_time, close_time)
       join market_bars b on b.symbol = $1 and b.bar_time >= d.from_time and b.bar_time < d.until_time
       where b.bar_time >= $7::timestamptz and b.bar_time < $8::timestamptz
     ) as counted
     group by day
     on conflict (symbol, day) do update set
       open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
       volume = excluded.volume, bars = excluded.bars, regular_bars = excluded.regular_bars, feed = excluded.feed`,
    [
      symbol,
      days.map(({ day }) => day),
      column(({ from }) => from),
      column(({ until }) => until),
      column(({ open }) => open),
      column(({ close }) => close),
      new Date(Math.min(...days.map(({ from }) => from))).toISOString(),
      new Date(Math.max(...days.map(({ until }) => until))).toISOString(),
    ],
  )
}

/** What is stored of one day: its regular session as a candle, prices in 1/10,000 dollars, and counts of bars. */
export interface StoredDay {
  readonly day: ExchangeDay
  /** Nothing where the regular session has no bar. */
  readonly candle:
    { readonly open: number; readonly high: number; readonly low: number; readonly close: number } | undefined
  /** Shares of the regular session. */
  readonly volume: number
  /** Pre- and post-market included. */
  readonly bars: number
  readonly regularBars: number
  /** The worst feed of the regular session's bars. */
  readonly feed: BarFeed | undefined
}

/** Days with from <= day < until of which there are bars, oldest first. */
export async function readDays(
  { query }: Reader,
  {
    symbol,
    from,
    until,
  }: { readonly symbol: string; readonly from: ExchangeDay; readonly until: ExchangeDay },
): Promise<readonly StoredDay[]> {
  const rows = await query
    .selectFrom('bar_days')
    .selectAll()
    .where('symbol', '=', symbol)
    .where('day', '>=', from)
    .where('day', '<', until)
    .orderBy('day')
    .execute()
  return rows.map(({ day, open, high, low, close, volume, bars, regular_bars, feed }) => ({
    day,
    candle:
      open === null || high === null || low === null || close === null
        ? undefined
        : { open, high, low, close },
    volume,
    bars,
    regularBars: regular_bars,
    feed: feed ?? undefined,
  }))
}

/** How many bars there are of each symbol in days from <= day < until. */
export async function countBars(
  { query }: Reader,
  { from, until }: { readonly from: ExchangeDay; readonly until: ExchangeDay },
): Promise<ReadonlyMap<string, number>> {
  const rows = await query
    .selectFrom('bar_days')
    .select(['symbol', ({ fn }) => fn.sum<number | string>('bars').as('bars')])
    .where('day', '>=', from)
    .where('day', '<', until)
    .groupBy('symbol')
    .execute()
  return new Map(rows.map(({ symbol, bars }) => [symbol, Number(bars)]))
}
