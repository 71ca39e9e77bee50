import { exchangeDayOf } from '../exchange-calendar.ts'
import { formatCount } from '../format/numbers.ts'
import type { LogVerdict } from './audit.ts'

/** What a check of the event log shows, and no more than that. */
export function describeVerdict(verdict: LogVerdict): string {
  switch (verdict.kind) {
    case 'broken':
      return `Log altered or damaged at event ${formatCount(verdict.id)}: ${verdict.reason}.`
    case 'unguarded':
      return `The triggers that protect the event log were changed or removed; Signal restores them when it opens the log. ${describeChecked(verdict)}`
    case 'replaced':
      return (
        'This is not the event log that was in use here before: the database was replaced, and with it ' +
        `${formatCount(verdict.before.id)} events. ${describeChecked(verdict)}`
      )
    case 'intact':
      return describeChecked(verdict)
  }
}

function describeChecked({ from, events, anchor }: Exclude<LogVerdict, { kind: 'broken' }>): string {
  if (events === 0) return 'The event log is empty.'
  const which =
    from === 1 ? `all ${formatCount(events)} events` : `events ${formatCount(from)} to ${formatCount(events)}`
  return anchor === undefined
    ? `Hashes verified, ${which} intact. No record outside the database to compare with: a log rebuilt as a whole would pass too.`
    : `Log verified, ${which} intact. Up to event ${formatCount(anchor.id)} they match what Signal has recorded outside the database since ${exchangeDayOf(anchor.since)}.`
}
