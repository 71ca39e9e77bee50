import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import type { VerificationReport } from '#shared/verification'
import { level, monthsOfReports, yearsOver } from './quality.ts'

const report = (symbol: string, months: readonly string[]): VerificationReport => ({
  symbol: stockSymbol.parse(symbol),
  totalBars: 1,
  averageVolume: 1,
  daysWithData: 1,
  expectedDays: 1,
  coverage: { expectedBars: 1, actualBars: 1, coveragePct: 100 },
  issues: [],
  nothingCame: [],
  gaps: [],
  score: 100,
  months: months.map((month) => ({ month, score: 100 })),
})

test('a score falls into one of four levels', () => {
  expect([100, 99.5, 99.49, 97, 96.9, 85, 84.9, 0].map(level)).toEqual([
    'whole',
    'whole',
    'good',
    'good',
    'thin',
    'thin',
    'poor',
    'poor',
  ])
})

test('the months of all symbols form one row under their years', () => {
  const months = monthsOfReports([
    report('AAPL', ['2023-12', '2024-01']),
    report('TSLA', ['2023-11', '2024-01', '2024-02']),
  ])
  expect(months).toEqual(['2023-11', '2023-12', '2024-01', '2024-02'])
  expect(yearsOver(months)).toEqual([
    { year: '2023', months: 2 },
    { year: '2024', months: 2 },
  ])
})
