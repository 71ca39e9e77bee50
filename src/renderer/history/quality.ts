import type { VerificationReport } from '#shared/verification'

/** How far bars can be relied on: `whole` for anything, `good` for tests, `thin` with care, `poor` not at all. */
export type QualityLevel = 'whole' | 'good' | 'thin' | 'poor'

/** The level of a score of 0 to 100. */
export function level(score: number): QualityLevel {
  if (score >= 99.5) return 'whole'
  if (score >= 97) return 'good'
  return score >= 85 ? 'thin' : 'poor'
}

/** Every month that any report knows, oldest first. */
export const monthsOfReports = (reports: readonly VerificationReport[]): readonly string[] =>
  [...new Set(reports.flatMap(({ months }) => months.map(({ month }) => month)))].sort()

/** A year and how many of the months belong to it. */
export interface YearSpan {
  readonly year: string
  readonly months: number
}

/** The years over the months, for a head of two lines. */
export function yearsOver(months: readonly string[]): readonly YearSpan[] {
  const counts = new Map<string, number>()
  for (const month of months) {
    const year = month.slice(0, 4)
    counts.set(year, (counts.get(year) ?? 0) + 1)
  }
  return [...counts].map(([year, count]) => ({ year, months: count }))
}
