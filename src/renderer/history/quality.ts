import type { VerificationReport } from '#shared/verification'

/** How reliable bars are: `whole` for anything, `good` for tests, `thin` with caution, `poor` not at all. */
export type QualityLevel = 'whole' | 'good' | 'thin' | 'poor'

/** The level of a score from 0 to 100. */
export function level(score: number): QualityLevel {
  if (score >= 99.5) return 'whole'
  if (score >= 97) return 'good'
  return score >= 85 ? 'thin' : 'poor'
}

/** Every month in any report, oldest first. */
export const monthsOfReports = (reports: readonly VerificationReport[]): readonly string[] =>
  [...new Set(reports.flatMap(({ months }) => months.map(({ month }) => month)))].sort()

/** A year and how many of the months belong to it. */
export interface YearSpan {
  readonly year: string
  readonly months: number
}

/** The years above the months, for a two-line header. */
export function yearsOver(months: readonly string[]): readonly YearSpan[] {
  const counts = new Map<string, number>()
  for (const month of months) {
    const year = month.slice(0, 4)
    counts.set(year, (counts.get(year) ?? 0) + 1)
  }
  return [...counts].map(([year, count]) => ({ year, months: count }))
}
