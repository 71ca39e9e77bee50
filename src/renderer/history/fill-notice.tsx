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
              ? `Missing data can be downloaded for ${counted(request.symbols.length, 'symbol')}.`
              : causes.length === 0
                ? 'No gaps between the first and the last bar.'
                : 'Nothing more is available from this feed:'}
          </p>
          <ul className="mt-0.5 text-soft">
            {empty.length > 0 && (
              <li>
                {empty.map(({ symbol }) => symbol).join(', ')}: no data stored; download what is available.
              </li>
            )}
            {causes.map((cause) => (
              <li key={cause}>
                {counted(minutes[cause], 'minute')}: {CAUSES[cause].why}
              </li>
            ))}
          </ul>
        </div>
        {request && (
          <Button look="primary" disabled={starting} onClick={() => void begin(request, 'fill')}>
            Fill gaps
          </Button>
        )}
      </div>
    </Notice>
  )
}
