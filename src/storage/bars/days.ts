import { addDays, newYorkTime } from '#shared/calendar/new-york'
import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { BarDays, Transaction } from '../database/index.ts'
import type { StoredBar } from './bar.ts'
import type { BarBatch } from './rows.ts'

/** A New York day: midnight to midnight, and its regular session (empty on a day without trading). */
interface DayBounds {
  readonly day: ExchangeDay
  readonly from: EpochMs
  readonly until: EpochMs
  readonly open: EpochMs
  readonly close: EpochMs
}

const midnights = new Map<ExchangeDay, EpochMs>()

/** Midnight in New York at the start of a day. Cached per day: time zones are slow and days are few. */
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

/** The bars, oldest first, grouped by day. */
function byDay(bars: readonly StoredBar[]): ReadonlyMap<ExchangeDay, readonly StoredBar[]> {
  const days = new Map<ExchangeDay, StoredBar[]>()
  for (const bar of bars) {
    const day = exchangeDayOf(bar.at)
    const known = days.get(day)
    if (known === undefined) days.set(day, [bar])
    else known.push(bar)
  }
  return days
}

/**
 * Recounts the days that were just written to, in the same transaction and under the symbol's lock. A day
 * without an earlier count had no bars, so its batch is all of it and need not be read back.
 */
export async function refreshDays(
  trx: Transaction,
  batch: BarBatch,
  calendar: ExchangeCalendar,
): Promise<void> {
  const days = byDay(batch.bars)
  const counted = await countedDays(trx, batch.symbol, [...days.keys()])
  const fresh = [...days].filter(([day]) => !counted.has(day))
  if (fresh.length > 0) {
    const rows = fresh.map(([day, bars]) => summary(batch, bars, boundsOf(day, calendar)))
    await trx.query.insertInto('bar_days').values(rows).execute()
  }
  const known = [...counted].map((day) => boundsOf(day, calendar))
  if (known.length === 0) return
  if (trx.dialect === 'sqlite') {
    const refresh = trx.raw.prepare(REFRESH_SQLITE)
    for (const day of known) refresh.run({ ...day, symbol: batch.symbol })
  } else await refreshPostgres(trx, batch.symbol, known)
}

async function countedDays(
  { query }: Transaction,
  symbol: string,
  days: readonly ExchangeDay[],
): Promise<ReadonlySet<ExchangeDay>> {
  const rows = await query
    .selectFrom('bar_days')
    .select('day')
    .where('symbol', '=', symbol)
    .where('day', '>=', days[0] ?? '')
    .where('day', '<=', days.at(-1) ?? '')
    .execute()
  const present = new Set(rows.map(({ day }) => day))
  return new Set(days.filter((day) => present.has(day)))
}

/** The row of a day that has exactly these bars. */
function summary(
  { symbol, feed }: BarBatch,
  bars: readonly StoredBar[],
  { day, open, close }: DayBounds,
): BarDays {
  const regular = bars.filter(({ at }) => at >= open && at < close)
  const [first, last] = [regular[0], regular.at(-1)]
  return {
    symbol,
    day,
    open: first?.open ?? null,
    high: first === undefined ? null : Math.max(...regular.map(({ high }) => high)),
    low: first === undefined ? null : Math.min(...regular.map(({ low }) => low)),
    close: last?.close ?? null,
    volume: regular.reduce((sum, { volume }) => sum + volume, 0),
    bars: bars.length,
    regular_bars: regular.length,
    feed: first === undefined ? null : feed,
  }
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
  // The outermost bounds are repeated as plain values, so that the planner can skip chunks outside them.
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
