import { memo, useState } from 'react'
import { counted, formatCount } from '#shared/format/numbers'
import { percentOf, roundedDown } from '#shared/format/percent'
import type { Coverage } from '#shared/history'
import { classNames } from '../ui/class-names.ts'
import { calendarMonth } from '../ui/times.ts'
import { describeCoverage, missingStretches, describeMissing, monthsOf } from './describe-coverage.ts'
import { DayMap } from './day-map.tsx'

/** What is stored of one symbol: in one line, as a calendar, and on demand by month. */
export const SymbolCoverage = memo(function SymbolCoverage({ coverage }: { readonly coverage: Coverage }) {
  const { symbol, days } = coverage
  const [open, setOpen] = useState(false)
  const isWhole = missingStretches(days).length === 0
  return (
    <section aria-label={`Coverage of ${symbol}`} className="border-b border-line py-3">
      <div className="mb-1 flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <h3 className="w-14 font-semibold">{symbol}</h3>
        <p>{describeCoverage(coverage)}</p>
        <p className={classNames('text-xs', isWhole ? 'text-good' : 'text-soft')}>{describeMissing(days)}</p>
        <span className="grow" />
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="rounded-sm text-xs text-muted underline underline-offset-2 hover:text-ink"
        >
          Months<span className="sr-only"> of {symbol}</span>
        </button>
      </div>
      <DayMap symbol={symbol} days={days} />
      {open && <Months coverage={coverage} />}
    </section>
  )
})

function Months({ coverage: { symbol, days } }: { readonly coverage: Coverage }) {
  return (
    <div
      role="region"
      aria-label={`${symbol} by month`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and must do so by key too
      tabIndex={0}
      className="mt-3 max-h-72 max-w-160 overflow-y-auto rounded-md border border-line"
    >
      <table className="w-full text-right">
        <thead className="sticky top-0 bg-surface text-xs text-muted shadow-[0_1px_var(--line)]">
          <tr>
            <th scope="col" className="px-3 py-1 text-left font-normal">
              Month
            </th>
            <th scope="col" className="px-3 py-1 font-normal">
              Days
            </th>
            <th scope="col" className="px-3 py-1 font-normal">
              Minutes
            </th>
            <th scope="col" className="px-3 py-1 font-normal">
              Coverage
            </th>
            <th scope="col" className="px-3 py-1 font-normal">
              To load
            </th>
          </tr>
        </thead>
        <tbody>
          {monthsOf(days).map(({ month, days: count, present, expected, toLoad }) => (
            <tr key={month} className="odd:bg-zebra">
              <th scope="row" className="px-3 py-0.5 text-left font-normal whitespace-nowrap">
                {calendarMonth(month)}
              </th>
              <td className="px-3 py-0.5">{count}</td>
              <td className="px-3 py-0.5 whitespace-nowrap">
                {formatCount(present)} of {formatCount(expected)}
              </td>
              <td className="px-3 py-0.5">{roundedDown(percentOf(present, expected))}%</td>
              <td className="px-3 py-0.5">{toLoad === 0 ? 'nothing' : counted(toLoad, 'day')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
