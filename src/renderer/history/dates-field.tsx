import { useId } from 'react'
import { CONTROL } from '../ui/field.tsx'
import { FIRST_DAY, PRESETS, rangeProblem, type DayRange } from './dates.ts'
import { useChosenDays, useWizard } from './wizard.ts'

const CHOICES = [...PRESETS, ['custom', 'Custom'] as const]

/** Which days to load: a preset that ends today, or a custom range. */
export function DatesField() {
  const preset = useWizard((wizard) => wizard.preset)
  const { range, today } = useChosenDays()
  const id = useId()
  const problem = rangeProblem(range, today)
  const change = (change: Partial<DayRange>) =>
    useWizard.setState({ preset: 'custom', custom: { ...range, ...change } })
  return (
    <fieldset className="grid gap-x-8 gap-y-1.5 py-3.5 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
      <div>
        <legend className="contents font-medium">Date range</legend>
        <p className="mt-0.5 text-xs text-muted">
          Trading days (ET), incl. extended hours. Only missing days are downloaded.
        </p>
      </div>
      <div className="min-w-0">
        <div className="mb-2 flex flex-wrap gap-1">
          {CHOICES.map(([choice, text]) => (
            <label
              key={choice}
              className="relative flex h-8 cursor-pointer items-center rounded-md border border-control/60 px-3 hover:bg-hover has-checked:border-accent has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={`${id}-preset`}
                checked={choice === preset}
                onChange={() => useWizard.setState({ preset: choice, custom: range })}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              {text}
            </label>
          ))}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {(['startDate', 'endDate'] as const).map((end) => (
            <label key={end} className="flex items-center gap-2">
              <span className="w-9 text-soft">{end === 'startDate' ? 'From' : 'To'}</span>
              <input
                type="date"
                value={range[end]}
                min={FIRST_DAY}
                max={today}
                aria-invalid={problem?.end === end}
                aria-describedby={`${id}-error`}
                onChange={({ target }) => change({ [end]: target.value })}
                className={`${CONTROL} w-36`}
              />
            </label>
          ))}
        </div>
        <p id={`${id}-error`} role="alert" className="mt-1.5 text-xs text-bad empty:hidden">
          {problem?.text}
        </p>
      </div>
    </fieldset>
  )
}
