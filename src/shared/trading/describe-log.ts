import { exchangeDayOf } from '../exchange-calendar.ts'
import { formatCount } from '../format/numbers.ts'
import type { LogVerdict } from './audit.ts'

/** What a check of the event log shows, and no more than that. */
export function describeVerdict(verdict: LogVerdict): string {
  switch (verdict.kind) {
    case 'broken':
      return `The event log is not as it was written, from event ${formatCount(verdict.id)} on: ${verdict.reason}.`
    case 'unguarded':
      return `The triggers that refuse changes of the event log were changed or removed; Signal sets them up again when it opens the log. ${describeChecked(verdict)}`
    case 'replaced':
      return (
        'The event log is not the one that was in use at this place: the database was replaced, and with it ' +
        `${formatCount(verdict.before.id)} events. ${describeChecked(verdict)}`
      )
    case 'intact':
      return describeChecked(verdict)
  }
}

function describeChecked({ from, events, anchor }: Exclude<LogVerdict, { kind: 'broken' }>): string {
  if (events === 0) return 'The event log is empty.'
  const which =
    from === 1
      ? `The hashes of all ${formatCount(events)} events hold`
      : `The hashes of events ${formatCount(from)} to ${formatCount(events)} hold`
  return anchor === undefined
    ? `${which}. Nothing was noted outside the database to compare with: a log rebuilt as a whole would hold too.`
    : `${which}, and up to event ${formatCount(anchor.id)} they are what Signal has noted outside the database since ${exchangeDayOf(anchor.since)}.`
}
