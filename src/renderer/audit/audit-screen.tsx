import { ArrowDownTrayIcon, ShieldCheckIcon } from '@heroicons/react/16/solid'
import { useEffect } from 'react'
import { followAudit, useAudit, verifyLog } from '../stores/audit.ts'
import { Button } from '../ui/button.tsx'
import { Checks } from './checks.tsx'
import { EventPanel } from './event-panel.tsx'
import { EventsTable } from './events-table.tsx'
import { exportEvents } from './exporting.ts'
import { FilterBar } from './filter-bar.tsx'
import { useShownEvent } from './shown-event.ts'
import { TimelinePanel } from './timeline-panel.tsx'

/** Every event of the log, the timeline of each order, and the check whether any was changed. */
export function AuditScreen() {
  useEffect(followAudit, [])
  const timeline = useAudit((audit) => audit.timeline)
  const isVerifying = useAudit(({ verification }) => verification.kind === 'running')
  const event = useShownEvent((shown) => shown.event)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-2 py-1.5">
        <FilterBar />
        <span className="grow" />
        <Button
          className="h-7! px-2!"
          title="Verify log integrity (Alt+V)"
          disabled={isVerifying}
          onClick={() => void verifyLog()}
        >
          <ShieldCheckIcon className="size-3.5" aria-hidden />
          Verify
        </Button>
        <Button
          className="h-7! px-2!"
          title="Export filtered events, JSONL (Alt+E)"
          onClick={() => void exportEvents()}
        >
          <ArrowDownTrayIcon className="size-3.5" aria-hidden />
          Export
        </Button>
      </div>
      <Checks />
      <div className="relative flex min-h-0 grow">
        <EventsTable />
        {timeline ? (
          <TimelinePanel key={timeline.orderId} timeline={timeline} />
        ) : (
          event && <EventPanel event={event} />
        )}
      </div>
    </div>
  )
}
