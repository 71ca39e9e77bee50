import { memo, useState } from 'react'
import { roundedDown } from '#shared/format/percent'
import type { VerificationReport } from '#shared/verification'
import { Button } from '../ui/button.tsx'
import { calendarMonth } from '../ui/times.ts'
import { monthsOfReports, yearsOver } from './quality.ts'
import { ScoreMark } from './score.tsx'
import { Section } from './section.tsx'

/** How many symbols are shown until the trader asks for all. */
const FIRST = 30

const LEVELS = [
  [100, '≥ 99.5'],
  [98, '≥ 97'],
  [90, '≥ 85'],
  [50, 'less'],
] as const

/** The score of every symbol and month, as a table of small marks. */
export const QualitySection = memo(function QualitySection({
  reports,
}: {
  readonly reports: readonly VerificationReport[]
}) {
  const [all, setAll] = useState(false)
  const withBars = reports.filter(({ months }) => months.length > 0)
  const months = monthsOfReports(withBars)
  const shown = all ? withBars : withBars.slice(0, FIRST)
  return (
    <Section title="Quality by month" aside={<Levels />}>
      {months.length === 0 ? (
        <p className="py-3 text-muted">No data</p>
      ) : (
        <div
          role="region"
          aria-label="Quality by symbol and month"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls in a narrow window, and must do so by key too
          tabIndex={0}
          className="relative overflow-x-auto pt-2"
        >
          <table className="border-separate border-spacing-0">
            <thead className="text-2xs text-muted">
              <tr>
                <th scope="col" className="text-left font-normal">
                  <span className="sr-only">Symbol</span>
                </th>
                {yearsOver(months).map(({ year, months: count }) => (
                  <th
                    key={year}
                    scope="colgroup"
                    colSpan={count}
                    className="pb-0.5 pl-0.5 text-left font-normal"
                  >
                    {count > 1 && year}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((report) => (
                <Row key={report.symbol} report={report} months={months} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.length < withBars.length && (
        <Button className="mt-2" onClick={() => setAll(true)}>
          Show all {withBars.length} symbols
        </Button>
      )}
    </Section>
  )
})

interface QualityRowProps {
  readonly report: VerificationReport
  readonly months: readonly string[]
}

function Row({ report: { symbol, months: known }, months }: QualityRowProps) {
  const scores = new Map(known.map(({ month, score }) => [month, score]))
  return (
    <tr>
      <th scope="row" className="sticky left-0 bg-app pr-3 text-left text-xs font-medium">
        {symbol}
      </th>
      {months.map((month) => {
        const score = scores.get(month)
        const text = `${symbol}, ${calendarMonth(month)}: ${score === undefined ? 'no data' : roundedDown(score)}`
        return (
          <td key={month} title={text} className="p-px leading-none">
            <span className="sr-only">{text}</span>
            {score === undefined ? (
              <span aria-hidden className="block h-4 w-3.5" />
            ) : (
              <ScoreMark score={score} className="h-4 w-3.5" />
            )}
          </td>
        )
      })}
    </tr>
  )
}

const Levels = () => (
  <ul aria-label="Scores" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
    {LEVELS.map(([score, text]) => (
      <li key={text} className="flex items-center gap-1.5">
        <ScoreMark score={score} />
        {text}
      </li>
    ))}
  </ul>
)
