import type { ReactNode } from 'react'
import type { AuditEvent } from '#shared/trading/audit'
import { orderOf } from '../stores/audit.ts'
import { useClock } from '../stores/clock.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { momentInZone } from '../ui/times.ts'
import { describeEvent } from './describe-event.ts'
import { showTimelineOf } from './shown-event.ts'
import { SidePanel } from './side-panel.tsx'

/** One event in full: its position in the log, and its payload as written. */
export function EventPanel({ event }: { readonly event: AuditEvent }) {
  const { id, stream, version, type, at, hash, payload } = event
  const { title } = describeEvent(event)
  return (
    <SidePanel label="Event" title={title}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 px-3 py-2">
        <Fact name="Event">No. {id}</Fact>
        <Fact name="Type">{type}</Fact>
        <Fact name="Stream">
          {stream}, version {version}
        </Fact>
        <Fact name="Time">
          <Moment at={at} />
        </Fact>
        <Fact name="UTC">{new Date(at).toISOString()}</Fact>
        <Fact name="Hash">{hash}</Fact>
      </dl>
      {orderOf(stream) !== undefined && (
        <div className="px-3 pb-2">
          <Button className="h-7!" onClick={() => showTimelineOf(event)}>
            Timeline of this order
            <Keys keys="Alt+I" />
          </Button>
        </div>
      )}
      <h3 className="border-t border-line px-3 pt-2 text-xs font-semibold text-muted">Payload</h3>
      <pre
        aria-label="Payload"
        className="px-3 py-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap select-text"
      >
        {JSON.stringify(payload, null, 2)}
      </pre>
    </SidePanel>
  )
}

function Moment({ at }: { readonly at: number }) {
  return useClock(({ now }) => momentInZone(at, now))
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-xs leading-5 text-muted">{name}</dt>
      <dd className="wrap-anywhere select-text">{children}</dd>
    </>
  )
}
