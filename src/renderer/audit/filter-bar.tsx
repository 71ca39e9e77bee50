import { useEffect, useRef, useState } from 'react'
import { exchangeDayOf } from '#shared/calendar/new-york'
import { formatCount } from '#shared/format/numbers'
import { setFilter, useAudit, type AuditFilter } from '../stores/audit.ts'
import { now } from '../stores/clock.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { RANGES, rangeOf, type RangeKind, type TimeChoice } from './time-range.ts'

/** How long typing must pause before a stream's name is searched for, ms. */
const TYPED_MS = 250

/** The id of the field that the filter key focuses. */
export const FILTER_ID = 'audit-filter'

const RANGE_NAMES: Readonly<Record<RangeKind, string>> = {
  any: 'Any time',
  hour: 'Last hour',
  today: 'Today',
  week: 'Last 7 days',
  days: 'Days …',
}

const SMALL = classNames(CONTROL, 'h-7! w-auto! py-0!')

/** Filters the log by stream, type and time. */
export function FilterBar() {
  const types = useAudit((audit) => audit.types)
  const total = useAudit((audit) => audit.total)
  const [stream, setStream] = useState(() => useAudit.getState().filter.streamPrefix ?? '')
  const [type, setType] = useState(() => useAudit.getState().filter.type ?? '')
  const [time, setTime] = useState<TimeChoice>({ kind: 'any', first: '', last: '' })
  const isFirst = useRef(true)

  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return undefined
    }
    const timer = setTimeout(() => setFilter(filterOf(stream, type, time)), TYPED_MS)
    return () => clearTimeout(timer)
  }, [stream, type, time])

  const isNarrowed = stream !== '' || type !== '' || time.kind !== 'any'
  return (
    <>
      <input
        id={FILTER_ID}
        type="search"
        aria-label="Stream begins with"
        placeholder="Stream begins with  /"
        value={stream}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setStream(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setStream('')
          event.currentTarget.blur()
        }}
        className={classNames(CONTROL, 'h-7! w-52! min-w-36 max-sm:grow')}
      />
      <select
        aria-label="Type of event"
        value={type}
        onChange={({ target }) => setType(target.value)}
        className={classNames(SMALL, 'max-w-52')}
      >
        <option value="">All types</option>
        {types.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        aria-label="Time"
        value={time.kind}
        onChange={({ target }) => setTime(withKind(time, target.value))}
        className={SMALL}
      >
        {RANGES.map((kind) => (
          <option key={kind} value={kind}>
            {RANGE_NAMES[kind]}
          </option>
        ))}
      </select>
      {time.kind === 'days' && (
        <>
          <input
            type="date"
            aria-label="First day"
            value={time.first}
            onChange={({ target }) => setTime({ ...time, first: target.value })}
            className={SMALL}
          />
          <input
            type="date"
            aria-label="Last day"
            value={time.last}
            onChange={({ target }) => setTime({ ...time, last: target.value })}
            className={SMALL}
          />
        </>
      )}
      {isNarrowed && (
        <Button
          look="quiet"
          className="h-7! px-2!"
          onClick={() => {
            setStream('')
            setType('')
            setTime({ kind: 'any', first: '', last: '' })
          }}
        >
          Clear
        </Button>
      )}
      <span className="text-xs whitespace-nowrap text-muted">
        {total === undefined ? 'Number of events not known' : `${formatCount(total)} events in all`}
      </span>
    </>
  )
}

function withKind(time: TimeChoice, text: string): TimeChoice {
  const kind = RANGES.find((one) => one === text) ?? 'any'
  const today = exchangeDayOf(now())
  return kind === 'days' && time.first === '' ? { kind, first: today, last: today } : { ...time, kind }
}

const filterOf = (stream: string, type: string, time: TimeChoice): AuditFilter => ({
  ...(stream.trim() !== '' && { streamPrefix: stream.trim() }),
  ...(type !== '' && { type }),
  ...rangeOf(time, now()),
})
