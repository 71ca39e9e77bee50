import { addDays } from '#shared/calendar/new-york'
import { barFeed, type BarFeed } from '#shared/history'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { percentOf } from '#shared/format/percent'
import type { EpochMs, ExchangeDay, StockSymbol } from '#shared/units'
import type { Gap, VerificationReport } from '#shared/verification'
import { midnight, readBars, readDays, type StoredDay } from '../bars/index.ts'
import { readCovered, type TimeRange } from '../coverage/index.ts'
import { reading, type Database, type Reader } from '../database/index.ts'
import { readRefused } from '../loader/index.ts'
import type { DayAudit } from './day-audit.ts'
import { gapsOf } from './gaps.ts'
import { issuesOf } from './issues.ts'
import { auditDays, Tally } from './tally.ts'

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
 * Verifies everything stored of a symbol, from its first day with a bar to its last, month by month, so that
 * memory stays flat. Yields to the event loop between months.
 */
export function verifySymbol(deps: VerifierDeps, symbol: StockSymbol): Promise<VerificationReport> {
  return reading(deps.database, async (reader) => {
    const stored = await readDays(reader, { symbol, from: FIRST_DAY, until: LAST_DAY })
    const covered = await readCovered(reader, symbol, 'demo')
    const tally = new Tally()
    const months: MonthAudit[] = []
    for (const month of monthsOf(stored))
      months.push(await auditMonth(reader, deps, symbol, month, covered, tally))
    return toReport(symbol, stored, months, tally, await readRefused(reader, symbol))
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
  readonly month: string
  readonly from: ExchangeDay
  readonly until: ExchangeDay
}

interface MonthAudit {
  readonly month: string
  readonly audits: readonly DayAudit[]
  readonly gaps: readonly Gap[]
}

/** The months from the first stored day to the last. */
function monthsOf(stored: readonly StoredDay[]): readonly Month[] {
  const [first, last] = [stored[0]?.day, stored.at(-1)?.day]
  if (first === undefined || last === undefined) return []
  const months: Month[] = []
  for (let from = first; from <= last;) {
    const nextMonth = addDays(`${from.slice(0, 7)}-28`, 4).slice(0, 7)
    const until = `${nextMonth}-01` > last ? addDays(last, 1) : `${nextMonth}-01`
    months.push({ month: from.slice(0, 7), from, until })
    from = until
  }
  return months
}

async function auditMonth(
  reader: Reader,
  { calendar, now }: VerifierDeps,
  symbol: StockSymbol,
  { month, from, until }: Month,
  covered: readonly TimeRange[],
  tally: Tally,
): Promise<MonthAudit> {
  const bars = await readBars(reader, { symbol, from: midnight(from), until: midnight(until) })
  tally.add(bars, calendar)
  const audits = auditDays(calendar.tradingDaysBetween(from, until), bars, now())
  await new Promise((resolve) => setImmediate(resolve))
  return { month, audits, gaps: gapsOf(audits, covered) }
}

function toReport(
  symbol: StockSymbol,
  stored: readonly StoredDay[],
  months: readonly MonthAudit[],
  tally: Tally,
  refused: Awaited<ReturnType<typeof readRefused>>,
): VerificationReport {
  const audits = months.flatMap((month) => month.audits)
  const gaps = months.flatMap((month) => month.gaps)
  const expectedBars = sum(audits.map(({ expected }) => expected))
  const actualBars = sum(audits.map(({ present }) => present))
  const [first, last] = [stored[0], stored.at(-1)]
  const feed = worstFeed(stored)
  const wrong = (month: string) => tally.wrongByMonth.get(month) ?? 0
  return {
    symbol,
    totalBars: tally.bars,
    ...(first !== undefined && last !== undefined && { dateRange: { from: first.day, to: last.day } }),
    ...(feed !== undefined && { feed }),
    averageVolume: tally.bars === 0 ? 0 : Math.round(tally.volume / tally.bars),
    daysWithData: audits.filter(({ present }) => present > 0).length,
    expectedDays: audits.length,
    coverage: { expectedBars, actualBars, coveragePct: percentOf(actualBars, expectedBars) },
    issues: issuesOf(tally, gaps, refused),
    gaps: [...gaps].sort((one, other) => other.minutes - one.minutes).slice(0, GAPS_LISTED),
    score: scoreOf(gaps, expectedBars, tally.violations.count + tally.outliers.count),
    months: months.map((each) => ({
      month: each.month,
      score: scoreOf(each.gaps, sum(each.audits.map(({ expected }) => expected)), wrong(each.month)),
    })),
  }
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** The share of minutes that can be relied on; see MonthQuality. */
function scoreOf(gaps: readonly Gap[], expected: number, wrong: number): number {
  const lost = gaps.filter(({ cause }) => cause === 'feed-gap' || cause === 'not-loaded')
  return percentOf(Math.max(0, expected - sum(lost.map(({ minutes }) => minutes)) - wrong), expected)
}

const worstFeed = (stored: readonly StoredDay[]): BarFeed | undefined =>
  barFeed.options.find((feed) => stored.some((day) => day.feed === feed))
