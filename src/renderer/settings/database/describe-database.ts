import type { CopyProgress, CopyResult, DatabaseStatus } from '#shared/database'
import { formatCount } from '#shared/format/numbers'
import { wholePercent } from '#shared/format/percent'

/** State of the database: what it supports, or why it is not open. */
export function describeStatus(status: DatabaseStatus | undefined): string {
  switch (status?.state) {
    case undefined:
    case 'opening':
      return describeUpgrade(status?.copiedPercent) ?? 'It is being opened.'
    case 'open':
      return status.description ?? 'It is open.'
    case 'waiting':
      return `${status.problem ?? 'It cannot be reached.'} Signal keeps trying.`
    case 'failed':
      return status.problem ?? 'It cannot be opened.'
  }
}

/** What an SQLite file is waiting for before it is open; nothing if it is not being upgraded. */
function describeUpgrade(copiedPercent: number | undefined): string | undefined {
  if (copiedPercent === undefined) return undefined
  return copiedPercent < 100
    ? `Copying the database before upgrading it: ${copiedPercent}%.`
    : 'Upgrading the database.'
}

/** Progress of a copy, in words and as a percentage. */
export function describeCopy({ bars, totalBars, events }: CopyProgress): { text: string; percent: number } {
  const written = events === 0 ? '' : `, ${formatCount(events)} events`
  return {
    text:
      totalBars === 0
        ? 'Counting what is there'
        : `${formatCount(bars)} of ${formatCount(totalBars)} bars${written}`,
    percent: totalBars === 0 ? 0 : wholePercent(bars / totalBars),
  }
}

/** What to say about a copy that is not simply complete. */
export function copyRemark({ complete, events, bars }: CopyResult): string | undefined {
  if (!complete)
    return `Stopped after ${formatCount(bars)} bars, which stay in the other database. Copied again, it goes on. Nothing was switched.`
  if (events === 'kept-apart')
    return (
      'The bars are copied. The other database has an event log of its own, which is kept as it is: what is written ' +
      'down here about your orders stays in this database.'
    )
  return undefined
}
