import { useMemo } from 'react'
import { openTimeline, type Timeline } from '../stores/audit.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { Dot } from '../ui/dot.tsx'
import { describeFault } from '../ui/faults.ts'
import { orderTitle } from '../ui/describe-order.ts'
import { clockTime } from '../ui/times.ts'
import { orderFacts } from './order-facts.ts'
import { showEvent } from './shown-event.ts'
import { SidePanel } from './side-panel.tsx'
import { describeSpan, timelineOf, type TimelineStep } from './timeline.ts'

/** The timeline of one order, from the request to the last event. */
export function TimelinePanel({ timeline: { orderId, events, fault } }: { readonly timeline: Timeline }) {
  const order = useTrading(({ trading }) => trading?.orders.find(({ id }) => id === orderId))
  const steps = useMemo(() => timelineOf(events ?? []), [events])
  const first = events?.[0]
  const title = order ? orderTitle(order) : ((first && orderFacts(first.payload)) ?? orderId)
  return (
    <SidePanel label="Order timeline" title={title}>
      <p className="px-3 pt-2 text-xs wrap-anywhere text-muted select-text">{orderId}</p>
      {events && <p className="px-3 pb-1 text-xs text-muted">{describeSpan(events)}</p>}
      {fault && (
        <p role="alert" className="px-3 py-2 text-bad">
          {describeFault(fault)}
        </p>
      )}
      {events?.length === 0 && (
        <p className="px-3 py-2 text-muted">Not in Signal’s log (sent elsewhere or earlier).</p>
      )}
      <ol aria-label="Timeline" className="px-3 py-2">
        {steps.map((step, at) => (
          <StepLine key={step.event.id} step={step} isLast={at === steps.length - 1} />
        ))}
      </ol>
      <div className="flex flex-wrap gap-2 px-3 pb-3">
        {order?.replaces !== undefined && <TimelineButton id={order.replaces}>Replaced order</TimelineButton>}
        {order?.replacedBy !== undefined && (
          <TimelineButton id={order.replacedBy}>Replacement</TimelineButton>
        )}
        {order?.parentId !== undefined && <TimelineButton id={order.parentId}>Entry order</TimelineButton>}
      </div>
    </SidePanel>
  )
}

function TimelineButton({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <Button className="h-7!" onClick={() => openTimeline(id)}>
      {children}
    </Button>
  )
}

function StepLine({
  step: { event, tone, title, detail, after },
  isLast,
}: {
  readonly step: TimelineStep
  readonly isLast: boolean
}) {
  return (
    <li className="grid grid-cols-[0.75rem_minmax(0,1fr)] gap-x-2.5">
      {after !== undefined && (
        <>
          <Line />
          <span className="py-0.5 text-2xs text-muted">{after}</span>
        </>
      )}
      <span className="flex flex-col items-center">
        <span className="mt-1.5 flex">
          <Dot tone={tone} />
        </span>
        {!isLast && <Line grow />}
      </span>
      <button
        type="button"
        title="Show event details"
        onClick={() => showEvent(event)}
        className="-ml-1 rounded-sm px-1 py-0.5 text-left hover:bg-hover"
      >
        <span className="flex items-baseline justify-between gap-2">
          <span className="font-medium">{title}</span>
          <time dateTime={new Date(event.at).toISOString()} className="shrink-0 text-xs text-muted">
            {clockTime(event.at)}.{String(event.at % 1_000).padStart(3, '0')}
          </time>
        </span>
        {detail !== '' && <span className="block text-xs wrap-anywhere text-soft">{detail}</span>}
      </button>
    </li>
  )
}

function Line({ grow = false }: { readonly grow?: boolean }) {
  return <span aria-hidden className={`mx-auto w-px bg-line ${grow ? 'grow' : 'h-full'}`} />
}
