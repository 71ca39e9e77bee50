import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import type { VerificationReport } from '#shared/verification'
import { describeReport } from './describe.ts'

const AT = Date.parse('2026-11-24T15:00:00Z')
const gap = { day: '2026-11-24', from: AT, minutes: 1, cause: 'feed-gap' } as const
const report: VerificationReport = {
  symbol: stockSymbol.parse('AAPL'),
  totalBars: 1_234,
  dateRange: { from: '2026-11-23', to: '2026-11-24' },
  feed: 'iex',
  averageVolume: 5_000,
  daysWithData: 2,
  expectedDays: 2,
  coverage: { expectedBars: 780, actualBars: 778, coveragePct: 99.74 },
  issues: [],
  gaps: [],
  score: 99.7,
  months: [],
  nothingCame: [],
}

test('a report says in a few lines what is stored and what is wrong', () => {
  const minutesByCause = { 'no-trade': 0, halt: 0, 'feed-gap': 31, 'not-loaded': 1 }
  const longerThan = { 1: 0, 5: 0, 30: 0, 60: 0, 390: 0 }
  const gaps = {
    kind: 'gaps',
    count: 3,
    missingMinutes: 32,
    longerThan,
    minutesByCause,
    mayBeHaltMinutes: 30,
    largest: { ...gap, minutes: 30, mayBeHalt: true },
  } as const
  expect(describeReport({ ...report, issues: [gaps] })).toBe(
    [
      'AAPL: 1,234 bars, 2026-11-23 to 2026-11-24 (iex), quality 99.7',
      '  coverage   778 of 780 session minutes (99.74%), 2 of 2 days, 5,000 shares per bar',
      '  gaps       3, 32 min (1 min lost by the feed, 30 min lost by the feed or in a halt of this stock, 1 min not loaded); largest 30 min on 2026-11-24, lost by the feed or in a halt of this stock',
    ].join('\n'),
  )
})

test('a report says if a symbol has no bars, and lists no issue with a count of 0', () => {
  const { dateRange: _dateRange, ...empty } = report
  expect(describeReport(empty)).toBe('AAPL: no bars')
  const issues = [
    { kind: 'zero_volume', count: 0 },
    { kind: 'closed_days', count: 3 },
  ] as const
  expect(
    describeReport({ ...report, issues })
      .split('\n')
      .slice(2),
  ).toEqual(['  closed     3 bars on days without trading'])
})
