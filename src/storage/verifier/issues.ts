import type { Gap, GapCause, Issue } from '#shared/verification'
import type { RefusedBars } from '../loader/index.ts'
import type { Tally } from './tally.ts'

/** All issues found, kind by kind, in the plan's order. */
export function issuesOf(
  tally: Tally,
  gaps: readonly Gap[],
  refused: readonly RefusedBars[],
  closedDays: number,
): readonly Issue[] {
  const { violations, outliers, offMarketPrints, levelShifts, vwapOutside, duplicates, zeroVolume } = tally
  return [
    { kind: 'ohlc_violation', count: violations.count, ...violations.example },
    gapsIssue(gaps),
    { kind: 'duplicate_bars', count: duplicates },
    { kind: 'outliers', count: outliers.count, ...outliers.example },
    { kind: 'off_market_prints', count: offMarketPrints.count, ...offMarketPrints.example },
    { kind: 'level_shifts', count: levelShifts.count, ...levelShifts.example },
    { kind: 'vwap_outside', count: vwapOutside.count, ...vwapOutside.example },
    { kind: 'zero_volume', count: zeroVolume },
    { kind: 'closed_days', count: closedDays },
    {
      kind: 'refused',
      count: refused.reduce((sum, { count }) => sum + count, 0),
      reasons: Object.fromEntries(refused.map(({ reason, count }) => [reason, count])),
    },
  ]
}

function gapsIssue(gaps: readonly Gap[]): Issue {
  const longer = (minutes: number) => gaps.filter((gap) => gap.minutes > minutes).length
  const [first] = gaps
  const largest = gaps.reduce(
    (most, gap) => (most !== undefined && most.minutes >= gap.minutes ? most : gap),
    first,
  )
  const minutes = (cause: GapCause) =>
    gaps.filter((gap) => gap.cause === cause).reduce((sum, gap) => sum + gap.minutes, 0)
  return {
    kind: 'gaps',
    count: gaps.length,
    missingMinutes: gaps.reduce((sum, gap) => sum + gap.minutes, 0),
    ...(largest !== undefined && { largest }),
    longerThan: { '1': longer(1), '5': longer(5), '30': longer(30), '60': longer(60), '390': longer(390) },
    minutesByCause: {
      'no-trade': minutes('no-trade'),
      halt: minutes('halt'),
      'feed-gap': minutes('feed-gap'),
      'not-loaded': minutes('not-loaded'),
    },
    mayBeHaltMinutes: gaps.reduce((sum, gap) => sum + (gap.mayBeHalt ? gap.minutes : 0), 0),
  }
}
