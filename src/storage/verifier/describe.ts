import { counted, formatCount } from '#shared/format/numbers'
import type { BarExample, Gap, GapCause, Issue, NothingCame, VerificationReport } from '#shared/verification'
import { unreachable } from '#shared/result'

const CAUSES: Readonly<Record<GapCause, string>> = {
  'no-trade': 'no trades',
  halt: 'the market was halted',
  'feed-gap': 'lost by the feed',
  'not-loaded': 'not loaded',
}

/** What a `feed-gap` may also be where the bars cannot tell. */
const LOST_OR_HALTED = 'lost by the feed or in a halt of this stock'

/** The report as a few lines of text. */
export function describeReport(report: VerificationReport): string {
  const { symbol, dateRange, totalBars, coverage, score, daysWithData, expectedDays, averageVolume, feed } =
    report
  if (dateRange === undefined) return [`${symbol}: no bars`, ...nothingCame(report)].join('\n')
  const { actualBars, expectedBars, coveragePct } = coverage
  return [
    `${symbol}: ${formatCount(totalBars)} bars, ${dateRange.from} to ${dateRange.to}${feed ? ` (${feed})` : ''}, quality ${score}`,
    `  coverage   ${formatCount(actualBars)} of ${formatCount(expectedBars)} session minutes (${coveragePct}%), ` +
      `${formatCount(daysWithData)} of ${formatCount(expectedDays)} days, ${formatCount(averageVolume)} shares per bar`,
    ...nothingCame(report),
    ...report.issues.filter((issue) => issue.count > 0).map((issue) => `  ${describeIssue(issue)}`),
  ].join('\n')
}

const nothingCame = ({ nothingCame: spans }: VerificationReport): readonly string[] =>
  spans.map(({ where, from, to, days, traded }) => {
    const span = `${from} to ${to} (${counted(days, 'trading day')})`
    const why = traded === 0 ? WHY[where] : `lost, as it traded on ${formatCount(traded)} of these days`
    return `  nothing    ${span} ${CAME[where]}: ${why}`
  })

const CAME: Readonly<Record<NothingCame['where'], string>> = {
  before: 'came before its first bar',
  after: 'came after its last bar',
  throughout: 'came at all',
}

const WHY: Readonly<Record<NothingCame['where'], string>> = {
  before: 'listed later, or not in this feed',
  after: 'delisted, renamed, or not in this feed',
  throughout: 'unknown, not listed then, or not in this feed',
}

function describeIssue(issue: Issue): string {
  switch (issue.kind) {
    case 'ohlc_violation':
      return `violations ${formatCount(issue.count)}${describeExample(issue.example)}`
    case 'gaps':
      return describeGaps(issue)
    case 'duplicate_bars':
      return `duplicates ${formatCount(issue.count)}`
    case 'outliers':
      return `outliers   ${formatCount(issue.count)}${describeExample(issue.example)}`
    case 'off_market_prints':
      return `off market ${formatCount(issue.count)} by 5% and more, back the next minute${describeExample(issue.example)}`
    case 'level_shifts':
      return `shifts     ${formatCount(issue.count)} to a price level that no split explains: adjusted in part, or a real move${describeExample(issue.example)}`
    case 'vwap_outside':
      return `average    ${formatCount(issue.count)} outside of low and high${describeExample(issue.example)}`
    case 'zero_volume':
      return `no volume  ${formatCount(issue.count)}`
    case 'closed_days':
      return `closed     ${formatCount(issue.count)} bars on days without trading`
    case 'refused':
      return `refused    ${Object.entries(issue.reasons)
        .map(([reason, times]) => `${formatCount(times)} ${reason}`)
        .join(', ')}`
    default:
      return unreachable(issue)
  }
}

function describeGaps({
  count: gaps,
  missingMinutes,
  largest,
  minutesByCause,
  mayBeHaltMinutes,
}: Extract<Issue, { kind: 'gaps' }>): string {
  const causes = [
    [minutesByCause['no-trade'], CAUSES['no-trade']],
    [minutesByCause.halt, CAUSES.halt],
    [minutesByCause['feed-gap'] - mayBeHaltMinutes, CAUSES['feed-gap']],
    [mayBeHaltMinutes, LOST_OR_HALTED],
    [minutesByCause['not-loaded'], CAUSES['not-loaded']],
  ] as const
  const named = causes
    .filter(([minutes]) => minutes > 0)
    .map(([minutes, text]) => `${formatCount(minutes)} min ${text}`)
  return `gaps       ${formatCount(gaps)}, ${formatCount(missingMinutes)} min (${named.join(', ')})${describeLargest(largest)}`
}

const describeLargest = (gap: Gap | undefined) =>
  gap === undefined
    ? ''
    : `; largest ${formatCount(gap.minutes)} min on ${gap.day}, ${gap.mayBeHalt ? LOST_OR_HALTED : CAUSES[gap.cause]}`

const describeExample = (example: BarExample | undefined) =>
  example === undefined
    ? ''
    : `; first ${new Date(example.at).toISOString()} open ${example.open} high ${example.high} low ${example.low} close ${example.close}`
