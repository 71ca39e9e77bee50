import type { CopyProgress, CopyResult, DatabaseStatus } from '#shared/database'
import { formatCount } from '#shared/format/numbers'
import { wholePercent } from '#shared/format/percent'

/** State of the database: what it supports, or why it is not open. */
export function describeStatus(status: DatabaseStatus | undefined): string {
  switch (status?.state) {
    case undefined:
    case 'opening':
      return describeUpgrade(status?.copiedPercent) ?? 'Opening…'
    case 'open':
      return status.description ?? 'Open'
    case 'waiting':
      return `${status.problem ?? 'Unreachable.'} Retrying…`
    case 'failed':
      return status.problem ?? 'Can’t be opened'
  }
}

/** What an SQLite file is waiting for before it is open; nothing if it is not being upgraded. */
function describeUpgrade(copiedPercent: number | undefined): string | undefined {
  if (copiedPercent === undefined) return undefined
  return copiedPercent < 100 ? `Backing up before the upgrade: ${copiedPercent}%` : 'Upgrading…'
}

/** Progress of a copy, in words and as a percentage. */
export function describeCopy({ bars, totalBars, events }: CopyProgress): { text: string; percent: number } {
  const written = events === 0 ? '' : `, ${formatCount(events)} events`
  return {
    text: totalBars === 0 ? 'Counting…' : `${formatCount(bars)} of ${formatCount(totalBars)} bars${written}`,
    percent: totalBars === 0 ? 0 : wholePercent(bars / totalBars),
  }
}

/** What to say about a copy that is not simply complete. */
export function copyRemark({ complete, events, bars }: CopyResult): string | undefined {
  if (!complete)
    return `Stopped after ${formatCount(bars)} bars, which stay in the new database. Resume copy to continue. Database not switched.`
  if (events === 'kept-apart')
    return 'Bars copied. The new database has its own event log, which is kept; your order events stay in the current one.'
  return undefined
}
