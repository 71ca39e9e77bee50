import { MINUTE_MS } from '#shared/time'
import type { Gap, GapCause } from '#shared/verification'
import type { TimeRange } from '../coverage/index.ts'
import type { DayAudit, MissingRun } from './day-audit.ts'
import { marketHalts } from './halts.ts'

/**
 * If the chance of any such gap in a month is below 1 in 100, the gap is not taken for silence: bars were
 * lost.
 */
const BELIEVABLE = 0.01

/**
 * The gaps of the sessions, in order. A month's sessions must be passed together, because their density is
 * what their gaps are judged by.
 */
export function gapsOf(audits: readonly DayAudit[], covered: readonly TimeRange[]): readonly Gap[] {
  const expected = audits.reduce((sum, audit) => sum + audit.expected, 0)
  const silence = silenceOf(audits, expected)
  const gaps: Gap[] = []
  let before: { gap: Gap; audit: DayAudit } | undefined
  for (const audit of audits) {
    for (const run of audit.missing) {
      const cause = causeOf(run, covered, silence, expected)
      const gap = { day: audit.day.day, from: run.from, minutes: run.minutes, cause }
      // Consecutive missing whole days are one gap.
      if (before !== undefined && isWhole(audit) && isWhole(before.audit) && before.gap.cause === cause) {
        const joined = { ...before.gap, minutes: before.gap.minutes + run.minutes }
        gaps[gaps.length - 1] = joined
        before = { gap: joined, audit }
      } else {
        gaps.push(gap)
        before = { gap, audit }
      }
    }
    if (audit.missing.length === 0) before = undefined
  }
  return gaps
}

const isWhole = ({ present, expected }: DayAudit) => present === 0 && expected > 0

/**
 * How quiet a symbol usually is. Taken from its median day, so that lost bars do not make themselves
 * plausible.
 */
interface Silence {
  /** The chance that a minute has no trade. A single minute of the whole range is always plausible. */
  readonly chance: number
  /** The longest silence of a day, minutes. */
  readonly longest: number
}

function silenceOf(audits: readonly DayAudit[], expected: number): Silence {
  const days = audits.filter(({ present }) => present > 0)
  const chance = median(days.map((audit) => 1 - audit.present / audit.expected)) ?? 1
  const longest =
    median(days.map(({ missing }) => Math.max(0, ...missing.map(({ minutes }) => minutes)))) ?? 0
  return { chance: Math.max(chance, 1 / Math.max(1, expected)), longest }
}

const median = (values: readonly number[]): number | undefined =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]

function causeOf(
  { from, minutes }: MissingRun,
  covered: readonly TimeRange[],
  silence: Silence,
  expected: number,
): GapCause {
  const range = { from, until: from + minutes * MINUTE_MS }
  if (!covered.some((loaded) => loaded.from <= range.from && range.until <= loaded.until)) return 'not-loaded'
  if (marketHalts.some((halt) => range.from < halt.until && halt.from < range.until)) return 'halt'
  // Trades come in clusters, so a thin symbol's silences are longer than chance alone would make them.
  const isUsual = minutes <= 2 * silence.longest
  return isUsual || expected * silence.chance ** minutes >= BELIEVABLE ? 'no-trade' : 'feed-gap'
}
