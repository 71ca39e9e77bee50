import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { messageAt, type MessagePlace } from './message-places.ts'
import { MessageText } from './message-text.tsx'
import { FIELD_OF } from './read-form.ts'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
  readonly label: string
  /** Keys that change it, shown beside its label. */
  readonly keys?: ReactNode
  /** The control's id. */
  readonly id: string
  /** What the line kept below it tells about; without one, the ticket's message line tells it. */
  readonly place?: MessagePlace | undefined
  /** The label is above, because two controls share a line. */
  readonly stacked?: true
  /** Less room for the label. */
  readonly narrow?: true
  /** Shown where a message goes while there is none. */
  readonly quiet?: ReactNode
  readonly children: ReactNode
}

/** Whether something at this field blocks the order. */
export const isInvalid = ({ read, problems }: TicketView, place: MessagePlace): boolean =>
  read.errors[place] !== undefined ||
  problems.some(({ field, level }) => field === FIELD_OF[place] && level === 'refuse')

/** A control of the ticket with its label, and a line below for how it was read or what is wrong. */
export function TicketField({ view, label, keys, id, place, stacked, narrow, quiet, children }: Props) {
  return (
    <div
      className={classNames(
        'min-w-0',
        !stacked && 'grid items-center gap-x-2',
        !stacked && (narrow ? 'grid-cols-[auto_minmax(0,1fr)]' : 'grid-cols-[5.75rem_minmax(0,1fr)]'),
      )}
    >
      <span className={classNames('flex items-center justify-between gap-1', stacked && 'mb-0.5 h-4.5')}>
        <label htmlFor={id} className="text-xs text-muted">
          {label}
        </label>
        {keys}
      </span>
      <div className="min-w-0">{children}</div>
      {place && <Message view={view} place={place} quiet={quiet} />}
    </div>
  )
}

interface MessageProps {
  readonly view: TicketView
  readonly place: MessagePlace
  readonly quiet: ReactNode
}

/** One line, kept free while nothing is told and never more, so that a message moves nothing. */
function Message({ view, place, quiet }: MessageProps) {
  const message = messageAt(place, view)
  return (
    <div id={`ticket-${place}-words`} className="col-span-2 h-4 text-xs leading-4">
      {message ? <MessageText message={message} oneLine /> : quiet}
    </div>
  )
}
