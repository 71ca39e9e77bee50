import { exchangeDayOf } from '#shared/exchange-calendar'
import type { SettingsView } from '#shared/settings'
import type { NewRelease } from '#shared/updates'
import { useClock } from '../stores/clock.ts'
import { tell } from '../stores/toasts.ts'
import { checkForUpdates, openDownloadPage, useUpdates } from '../stores/updates.ts'
import { Button } from '../ui/button.tsx'
import { describeFault, type Fault } from '../ui/faults.ts'
import { Notice } from '../ui/notice.tsx'
import { calendarDay } from '../ui/times.ts'
import { describeCheck, NO_CHECKS } from './describe-updates.ts'
import { SwitchSetting } from './switch-setting.tsx'

/** Runs a call and tells of its fault. */
async function run(call: Promise<Fault | undefined>): Promise<void> {
  const fault = await call
  if (fault) tell({ tone: 'failed', text: describeFault(fault) })
}

/** What is known about newer versions, when it was asked for, and whether it is asked for by itself. */
export function NewVersions({ view }: { readonly view: SettingsView }) {
  const status = useUpdates((updates) => updates.status)
  const text = useClock(({ now }) => status && describeCheck(status, now))
  if (!status) return null
  if (status.source !== 'named') return <p className="py-3.5 text-muted">{NO_CHECKS[status.source]}</p>
  return (
    <>
      {status.release && <Release release={status.release} />}
      <SwitchSetting
        view={view}
        field="updateNotices"
        label="New-version notices"
        hint="Checked at start and once a night (20:00–04:00 ET). Nothing is downloaded or installed."
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3.5">
        <Button disabled={status.isChecking} onClick={() => void run(checkForUpdates())}>
          Check now
        </Button>
        <p role="status" aria-label="Last check" className="min-w-40 grow basis-0 text-muted">
          {text}
        </p>
      </div>
    </>
  )
}

function Release({ release: { version, releasedAt, notes } }: { readonly release: NewRelease }) {
  return (
    <div className="py-3.5">
      <Notice tone="info">
        <h3 className="font-medium">
          Signal {version} is available ({calendarDay(exchangeDayOf(releasedAt))})
        </h3>
        <ul aria-label={`New in Signal ${version}`} className="mt-1 list-disc pl-4 wrap-anywhere">
          {notes.map((note, nth) => (
            // oxlint-disable-next-line react/no-array-index-key -- notes may repeat, and never move
            <li key={nth}>{note}</li>
          ))}
        </ul>
        <Button className="mt-2.5" onClick={() => void run(openDownloadPage())}>
          Open download page
        </Button>
      </Notice>
    </div>
  )
}
