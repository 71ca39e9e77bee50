import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { ExchangeDay } from '#shared/units'
import { AlpacaError } from '#alpaca'
import { midnight, readDays } from '../bars/index.ts'
import { keepExpectedDays, nothingCame, readCovered, type EndSpan } from '../coverage/index.ts'
import { reading, transact } from '../database/index.ts'
import type { LoadDeps, SymbolTask } from './load-range.ts'
import { requestedFeed } from './page.ts'

const [FIRST_DAY, LAST_DAY] = ['1970-01-01', '9999-12-31']

/**
 * Records on which days before a symbol's first bar and after its last one bars should have come: those on which it
 * traded according to its daily bars, which Alpaca builds apart from the minutes.
 */
export async function expectDays(deps: LoadDeps, task: SymbolTask, signal: AbortSignal): Promise<void> {
  const { database, calendar } = deps
  const { symbol, feed } = task
  const spans = await reading(database, async (reader) => {
    const days = await readDays(reader, { symbol, from: FIRST_DAY, until: LAST_DAY })
    const covered = await readCovered(reader, symbol, feed)
    return nothingCame({ first: days[0]?.day, last: days.at(-1)?.day }, covered, calendar)
  })
  const expected: ExchangeDay[] = []
  try {
    for (const span of spans) expected.push(...(await tradedDays(deps, task, span, signal)))
  } catch (cause) {
    // What was recorded before stays, until an answer comes.
    if (cause instanceof AlpacaError) return
    throw cause
  }
  await transact(database, (trx) => keepExpectedDays(trx, symbol, expected))
}

async function tradedDays(
  { source, calendar }: LoadDeps,
  { symbol, feed }: SymbolTask,
  { from, to }: EndSpan,
  signal: AbortSignal,
): Promise<readonly ExchangeDay[]> {
  const request = {
    symbols: [symbol],
    timeframe: '1Day',
    start: midnight(from),
    end: midnight(to),
    feed: requestedFeed(feed),
  }
  const traded = new Set<ExchangeDay>()
  for await (const { bars } of source.bars(request, { signal }))
    for (const { at } of bars.get(symbol) ?? []) traded.add(exchangeDayOf(at))
  return calendar
    .tradingDaysBetween(from, addDays(to, 1))
    .map(({ day }) => day)
    .filter((day) => traded.has(day))
}
