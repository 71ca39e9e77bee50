import type { KeyboardEvent } from 'react'
import { counted, formatCount } from '#shared/format/numbers'
import type { AuditEvent } from '#shared/trading/audit'
import { keysOf } from '../app/key-map.ts'
import { hold, loadOlder, orderOf, showWaiting, useAudit } from '../stores/audit.ts'
import { useClock } from '../stores/clock.ts'
import { Button } from '../ui/button.tsx'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { Dot } from '../ui/dot.tsx'
import { describeFault } from '../ui/faults.ts'
import { momentTime } from '../ui/times.ts'
import { describeEvent } from './describe-event.ts'
import { factOf } from './payload-facts.ts'
import { showEvent, showTimelineOf, useShownEvent } from './shown-event.ts'

const NONE: readonly AuditEvent[] = []

function Moment({ at }: { readonly at: number }) {
  return useClock(({ now }) => momentTime(at, now))
}

function What({ event }: { readonly event: AuditEvent }) {
  const { tone, title, detail } = describeEvent(event)
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Dot tone={tone} />
      <span className="truncate">
        {title}
        {detail !== '' && <span className="text-muted"> · {detail}</span>}
      </span>
    </span>
  )
}

const COLUMNS: readonly DataColumn<AuditEvent>[] = [
  {
    id: 'id',
    header: 'No.',
    width: 72,
    align: 'end',
    cell: ({ id }) => <span className="text-muted">{formatCount(id)}</span>,
  },
  { id: 'time', header: 'Time', width: 124, cell: ({ at }) => <Moment at={at} /> },
  {
    id: 'symbol',
    header: 'Symbol',
    width: 72,
    cell: ({ symbol, payload }) => (
      <span className="font-semibold">{symbol ?? factOf(payload, 'symbol')}</span>
    ),
  },
  {
    id: 'event',
    header: 'Event',
    width: 220,
    grow: 4,
    cell: (event) => <What event={event} />,
  },
  {
    id: 'order',
    header: 'Order ID',
    width: 200,
    grow: 1,
    cell: ({ stream }) => (
      <span className="truncate text-muted" title={orderOf(stream)}>
        {orderOf(stream)}
      </span>
    ),
  },
]

const keyOf = ({ id }: AuditEvent) => String(id)

function onRowKey(press: KeyboardEvent, event: AuditEvent): boolean {
  const keys = keysOf(press)
  if (keys === 'Enter') showEvent(event)
  else if (keys === 'Alt+I') return showTimelineOf(event)
  else return false
  return true
}

const nearEnd = () => void loadOlder()

/** The event log, newest first. Events that arrive while the trader is scrolled down wait above. */
export function EventsTable() {
  const { events, waiting, isLoading, fault, filter } = useAudit()
  const shownId = useShownEvent(({ event }) => event?.id)
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <div className="relative flex min-h-0 min-w-0 grow flex-col">
      {waiting.length > 0 && (
        <Button
          look="primary"
          className="absolute top-10 left-1/2 z-20 h-7! -translate-x-1/2 shadow-float"
          onClick={(click) => {
            showWaiting()
            click.currentTarget.parentElement
              ?.querySelector('[role=table]')
              ?.parentElement?.scrollTo({ top: 0 })
          }}
        >
          {counted(waiting.length, 'new event')}
        </Button>
      )}
      <DataTable
        label="Events"
        columns={COLUMNS}
        rows={events ?? NONE}
        keyOf={keyOf}
        onRowKey={onRowKey}
        onRowClick={showEvent}
        isCurrent={({ id }) => id === shownId}
        onNearEnd={nearEnd}
        onScroll={(top) => hold(top > 0)}
        empty={
          fault
            ? describeFault(fault)
            : isLoading || !events
              ? 'Loading…'
              : isNarrowed
                ? 'No matches. Clear the filters to see all events.'
                : 'No events yet. Orders, fills and limit changes are logged as they happen.'
        }
        className="min-h-0 grow"
      />
    </div>
  )
}
