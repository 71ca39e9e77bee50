import { addDays } from '#shared/calendar/new-york'
import { barFeed, type BarFeed } from '#shared/history'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { percentOf } from '#shared/format/percent'
import type { EpochMs, ExchangeDay, StockSymbol } from '#shared/units'
import type { Gap, MonthQuality, NothingCame, VerificationReport } from '#shared/verification'
import { midnight, readBars, readBatches, readDays, type StoredDay } from '../bars/index.ts'
import { nothingCame, readCovered, readExpectedDays, type SeriesDays } from '../coverage/index.ts'
import { reading, type Database, type Reader } from '../database/index.ts'
import { readRefused } from '../loader/index.ts'
import { auditDay, type DayAudit } from './day-audit.ts'
import { gapsOf, joined } from './gaps.ts'
import { issuesOf } from './issues.ts'
import { readSplits } from './level-shifts.ts'
import { byDay, Tally } from './tally.ts'

/** What the verifier works with. */
export interface VerifierDeps {
  readonly database: Database
  readonly calendar: ExchangeCalendar
  readonly now: () => EpochMs
}

/** The most gaps that a report lists. */
const GAPS_LISTED = 200
const FIRST_DAY = '1970-01-01'
const LAST_DAY = '9999-12-31'

/**
 * Verifies everything stored of a symbol, from its first day with a bar to its last, or from and to those of which bars
 * should have come, month by month, so that memory stays flat. Yields to the event loop between months.
 */
export function verifySymbol(deps: VerifierDeps, symbol: StockSymbol): Promise<VerificationReport> {
  return reading(deps.database, async (reader) => {
    const stored = await readDays(reader, { symbol, from: FIRST_DAY, until: LAST_DAY })
    const covered = await readCovered(reader, symbol, 'demo')
    const tally = new Tally(await readSplits(reader, symbol))
    const expected = await readExpectedDays(reader, symbol)
    const bounds = boundsOf(stored, expected)
    const feeds = new Map(stored.map(({ day, feed }) => [day, feed]))
    const audits: DayAudit[] = []
    for (const month of monthsOf(bounds))
      audits.push(...(await auditMonth(reader, deps, symbol, month, feeds, tally)))
    tally.end()
    return toReport(symbol, stored, bounds, audits, gapsOf(audits, covered, new Set(expected)), tally, {
      refused: await readRefused(reader, symbol),
      closedDays: await countClosedDays(reader, symbol, tally),
      nothingCame: nothingCame(boundsOf(stored, []), covered, deps.calendar).map((span) => ({
        ...span,
        traded: expected.filter((day) => span.from <= day && day <= span.to).length,
      })),
    })
  })
}

/** Verifies several symbols, one after the other, until `isStopped` returns true. */
export async function verifyAll(
  deps: VerifierDeps,
  symbols: readonly StockSymbol[],
  onReport: (report: VerificationReport) => void = () => undefined,
  isStopped: () => boolean = () => false,
): Promise<readonly VerificationReport[]> {
  const reports: VerificationReport[] = []
  for (const symbol of symbols) {
    if (isStopped()) break
    const report = await verifySymbol(deps, symbol)
    reports.push(report)
    onReport(report)
  }
  return reports
}

/** Days from <= day < until of one month. */
interface Month {
  readonly from: ExchangeDay
  readonly until: ExchangeDay
}

/** The first and the last day that is stored, or should be. */
function boundsOf(stored: readonly StoredDay[], expected: readonly ExchangeDay[]): SeriesDays {
  if (stored.length === 0) return { first: undefined, last: undefined }
  const days = [...stored.map(({ day }) => day), ...expected].sort()
  return { first: days[0], last: days.at(-1) }
}

/** The months from the first day to the last. */
function monthsOf({ first, last }: SeriesDays): readonly Month[] {
  if (first === undefined || last === undefined) return []
  const months: Month[] = []
  for (let from = first; from <= last;) {
    const nextMonth = addDays(`${from.slice(0, 7)}-28`, 4).slice(0, 7)
    const until = `${nextMonth}-01` > last ? addDays(last, 1) : `${nextMonth}-01`
    months.push({ from, until })
    from = until
  }
  return months
}

async function auditMonth(
  reader: Reader,
  { calendar, now }: VerifierDeps,
  symbol: StockSymbol,
  { from, until }: Month,
  feeds: ReadonlyMap<ExchangeDay, BarFeed | undefined>,
  tally: Tally,
): Promise<readonly DayAudit[]> {
  const bars = await readBars(reader, { symbol, from: midnight(from), until: midnight(until) })
  const days = byDay(bars)
  for (const [day, list] of days) tally.add(day, list, calendar)
  await new Promise((resolve) => setImmediate(resolve))
  return calendar
    .tradingDaysBetween(from, until)
    .map((day) => auditDay(day, days.get(day.day) ?? [], now(), feeds.get(day.day)))
}

/** Bars of real exchanges on days when they were closed; the demo market never closes. */
async function countClosedDays(reader: Reader, symbol: StockSymbol, { closedDays }: Tally): Promise<number> {
  let count = 0
  for (const day of closedDays.keys()) {
    const batches = await readBatches(reader, {
      symbol,
      from: midnight(day),
      until: midnight(addDays(day, 1)),
    })
    count += sum(batches.filter(({ feed }) => feed !== 'demo').map(({ bars }) => bars.length))
  }
  return count
}

/** What a report says besides its gaps and its bars. */
interface Findings {
  readonly refused: Awaited<ReturnType<typeof readRefused>>
  readonly closedDays: number
  readonly nothingCame: readonly NothingCame[]
}

function toReport(
  symbol: StockSymbol,
  stored: readonly StoredDay[],
  bounds: SeriesDays,
  audits: readonly DayAudit[],
  missing: readonly Gap[],
  tally: Tally,
  findings: Findings,
): VerificationReport {
  const expectedBars = sum(audits.map(({ expected }) => expected))
  const actualBars = sum(audits.map(({ present }) => present))
  const [first, last] = [stored[0], stored.at(-1)]
  const feed = worstFeed(stored)
  const gaps = joined(missing, audits)
  return {
    symbol,
    totalBars: tally.bars,
    ...(first !== undefined && last !== undefined && { dateRange: { from: first.day, to: last.day } }),
    ...(feed !== undefined && { feed }),
    averageVolume: tally.bars === 0 ? 0 : Math.round(tally.volume / tally.bars),
    daysWithData: audits.filter(({ present }) => present > 0).length,
    expectedDays: audits.length,
    coverage: { expectedBars, actualBars, coveragePct: percentOf(actualBars, expectedBars) },
    issues: issuesOf(tally, gaps, findings.refused, findings.closedDays),
    gaps: [...gaps].sort((one, other) => other.minutes - one.minutes).slice(0, GAPS_LISTED),
    score: scoreOf(gaps, expectedBars, tally.violations.count + tally.outliers.count),
    months: monthScores(bounds, audits, missing, tally),
    nothingCame: findings.nothingCame,
  }
}

function monthScores(
  bounds: SeriesDays,
  audits: readonly DayAudit[],
  missing: readonly Gap[],
  tally: Tally,
): readonly MonthQuality[] {
  const monthOf = (day: ExchangeDay) => day.slice(0, 7)
  const expected = new Map<string, number>()
  for (const { day, expected: minutes } of audits)
    expected.set(monthOf(day.day), (expected.get(monthOf(day.day)) ?? 0) + minutes)
  const gaps = new Map<string, Gap[]>()
  for (const gap of missing) {
    const known = gaps.get(monthOf(gap.day))
    if (known === undefined) gaps.set(monthOf(gap.day), [gap])
    else known.push(gap)
  }
  return monthsOf(bounds).map(({ from }) => {
    const month = monthOf(from)
    const wrong = tally.wrongByMonth.get(month) ?? 0
    return { month, score: scoreOf(gaps.get(month) ?? [], expected.get(month) ?? 0, wrong) }
  })
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** The share of minutes that can be relied on; see MonthQuality. */
function scoreOf(gaps: readonly Gap[], expected: number, wrong: number): number {
  const lost = gaps.filter(({ cause }) => cause === 'feed-gap' || cause === 'not-loaded')
  return percentOf(Math.max(0, expected - sum(lost.map(({ minutes }) => minutes)) - wrong), expected)
}

const worstFeed = (stored: readonly StoredDay[]): BarFeed | undefined =>
  barFeed.options.find((feed) => stored.some((day) => day.feed === feed))
