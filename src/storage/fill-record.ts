import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { LoadProgress } from '#shared/history'
import type { EpochMs } from '#shared/units'
import type { HistoryFilled, VerificationReport } from '#shared/verification'
import { reading, type Database } from './database/index.ts'
import { appendEvents, canonicalText, readEvents, type StoredEvent } from './events/index.ts'
import { verifyAll } from './verifier/index.ts'

interface FillDeps {
  readonly database: Database
  readonly calendar: ExchangeCalendar
  readonly now: () => EpochMs
}

/**
 * Records the outcome of a load that filled gaps: each symbol's new bars and its total, the minutes still
 * missing by likely cause, and what failed. The load has its own stream, outside any account's: paper and
 * live share their bars. If the last event already says the same, because of a crash between it and the end
 * of the load, it is not written again. Returns the events that were written.
 */
export async function recordFill(
  { database, calendar, now }: FillDeps,
  { id, request, symbols, barsLoaded }: LoadProgress,
): Promise<readonly StoredEvent[]> {
  const reports = new Map(
    (await verifyAll({ database, calendar, now }, request.symbols)).map((report) => [report.symbol, report]),
  )
  const { startDate, endDate, feed } = request
  const payload: HistoryFilled = {
    startDate,
    endDate,
    feed,
    bars: barsLoaded,
    symbols: symbols.map(({ symbol, barsLoaded: bars, problem }) => ({
      symbol,
      bars,
      ...whatIsThere(reports.get(symbol)),
      ...(problem !== undefined && { problem }),
    })),
  }
  const stream = `history:${id}`
  const [last] = await reading(database, (reader) =>
    readEvents(reader, { stream, direction: 'desc', limit: 1 }),
  )
  if (last !== undefined && canonicalText(last.payload) === canonicalText(payload)) return []
  const events = [{ type: 'HistoryFilled', payload, at: now() }]
  const appended = await appendEvents(database, { stream, expectedVersion: last?.version ?? 0, events })
  return appended.ok ? appended.value : []
}

function whatIsThere(report: VerificationReport | undefined) {
  const gaps = report?.issues.find(({ kind }) => kind === 'gaps')
  const minutes = gaps?.kind === 'gaps' ? Object.entries(gaps.minutesByCause) : []
  const missing: HistoryFilled['symbols'][number]['missing'] = Object.fromEntries(
    minutes.filter(([, count]) => count > 0),
  )
  return { stored: report?.totalBars ?? 0, missing }
}
