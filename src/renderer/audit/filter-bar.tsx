import { XMarkIcon } from '@heroicons/react/16/solid'
import { exchangeDayOf } from '#shared/calendar/new-york'
import { formatCount } from '#shared/format/numbers'
import { useAudit } from '../stores/audit.ts'
import { now } from '../stores/clock.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { choose, chooseAll, isAll, useChoice, type EventKinds } from '../stores/audit-choice.ts'
import { GROUPS, groupOf, groupTitle, titleOf, typesIn } from './describe-event.ts'
import { SearchField } from './search-field.tsx'
import { RANGES, type RangeKind, type TimeChoice } from '../stores/audit-range.ts'

const RANGE_NAMES: Readonly<Record<RangeKind, string>> = {
  any: 'Any time',
  hour: 'Last hour',
  today: 'Today',
  week: 'Last 7 days',
  days: 'Custom…',
}

const SMALL = classNames(CONTROL, 'h-7! w-auto! py-0!')

/** Filters the log by symbol, order, kind of event and time. */
export function FilterBar() {
  const choice = useChoice()
  const { symbol, orderId, time } = choice
  return (
    <>
      <SearchField />
      {symbol !== undefined && <Chip text={symbol} onRemove={() => choose({ symbol: undefined })} />}
      {orderId !== undefined && (
        <Chip text={`Order ${orderId}`} onRemove={() => choose({ orderId: undefined })} />
      )}
      <KindField />
      <select
        aria-label="Time"
        value={time.kind}
        onChange={({ target }) => choose({ time: withKind(time, target.value) })}
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
            onChange={({ target }) => choose({ time: { ...time, first: target.value } })}
            className={SMALL}
          />
          <input
            type="date"
            aria-label="Last day"
            value={time.last}
            onChange={({ target }) => choose({ time: { ...time, last: target.value } })}
            className={SMALL}
          />
        </>
      )}
      {!isAll(choice) && (
        <Button look="quiet" className="h-7! px-2!" onClick={chooseAll}>
          Clear
        </Button>
      )}
      <Count />
    </>
  )
}

/** The kinds of event that occur, by what they are about. */
function KindField() {
  const types = useAudit((audit) => audit.types)
  const kind = useChoice((choice) => choice.kind?.name) ?? ''
  const kindNamed = (name: string): EventKinds | undefined => {
    const group = GROUPS.find((one) => one === name)
    if (group !== undefined) return { name, types: typesIn(group, types) }
    return name === '' ? undefined : { name, types: [name] }
  }
  const groups = GROUPS.map((group) => ({
    group,
    kinds: types
      .filter((type) => groupOf(type) === group)
      .sort((one, other) => titleOf(one).localeCompare(titleOf(other))),
  })).filter(({ group, kinds }) => kinds.length > 0 || group === kind)
  return (
    <select
      aria-label="Kind of event"
      value={kind}
      onChange={({ target }) => choose({ kind: kindNamed(target.value) })}
      className={classNames(SMALL, 'max-w-52')}
    >
      <option value="">All events</option>
      {groups.map(({ group, kinds }) => (
        <optgroup key={group} label={group}>
          <option value={group}>{groupTitle(group)}</option>
          {kinds.map((type) => (
            <option key={type} value={type}>
              {titleOf(type)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <span className="flex h-7 max-w-56 items-center gap-1 rounded-md border border-line bg-raised pr-1 pl-2 text-sm">
      <span className="truncate" title={text}>
        {text}
      </span>
      <button
        type="button"
        aria-label={`Remove filter ${text}`}
        onClick={onRemove}
        className="rounded-sm p-0.5 text-muted hover:bg-hover hover:text-ink"
      >
        <XMarkIcon className="size-3.5" aria-hidden />
      </button>
    </span>
  )
}

/** How many events match, as far as they are loaded, and how many there are. */
function Count() {
  const total = useAudit((audit) => audit.total)
  const shown = useAudit((audit) => audit.events?.length)
  const isComplete = useAudit((audit) => audit.isComplete)
  const isNarrowed = !isAll(useChoice())
  const all = total === undefined ? undefined : `${formatCount(total)} events`
  const text =
    all === undefined
      ? 'Event count unknown'
      : isNarrowed && shown !== undefined
        ? `${formatCount(shown)}${isComplete ? '' : '+'} of ${all}`
        : all
  return <span className="text-xs whitespace-nowrap text-muted">{text}</span>
}

function withKind(time: TimeChoice, text: string): TimeChoice {
  const kind = RANGES.find((one) => one === text) ?? 'any'
  const today = exchangeDayOf(now())
  return kind === 'days' && time.first === '' ? { kind, first: today, last: today } : { ...time, kind }
}
