import { counted } from '#shared/format/numbers'
import type { VerificationReport } from '#shared/verification'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { fillRequest } from './fill.ts'
import { minutesByCause } from './gap-list.ts'
import { CAUSES, CAUSE_ORDER } from './describe-report.ts'
import { begin, useChosenDays, useChosenFeed, useWizard } from './wizard.ts'

/** What is missing and why, with one button that fills what can be filled. */
export function FillNotice({ reports }: { readonly reports: readonly VerificationReport[] }) {
  const { range } = useChosenDays()
  const feed = useChosenFeed()
  const starting = useWizard((wizard) => wizard.starting)
  const request = fillRequest(reports, range, feed)
  const minutes = minutesByCause(reports)
  const causes = CAUSE_ORDER.filter((cause) => minutes[cause] > 0)
  const empty = reports.filter(({ totalBars }) => totalBars === 0)
  return (
    <Notice tone={request ? 'info' : 'good'}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-56 grow basis-0">
          <p className="font-medium">
            {request
              ? `Loading can fill what is missing of ${counted(request.symbols.length, 'symbol')}.`
              : causes.length === 0
                ? 'Nothing is missing between the first bar and the last.'
                : 'All that can be had is there. What is missing cannot be filled:'}
          </p>
          <ul className="mt-0.5 text-soft">
            {empty.length > 0 && (
              <li>
                {empty.map(({ symbol }) => symbol).join(', ')}: no bar is stored. Loading gets what there is.
              </li>
            )}
            {causes.map((cause) => (
              <li key={cause}>
                {counted(minutes[cause], 'minute')} {CAUSES[cause].why}
              </li>
            ))}
          </ul>
        </div>
        {request && (
          <Button look="primary" disabled={starting} onClick={() => void begin(request, 'fill')}>
            Fill what can be filled
          </Button>
        )}
      </div>
    </Notice>
  )
}
