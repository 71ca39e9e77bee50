import { systemClock } from '#process/clock'
import type { KnownLog } from '../../src/shared/trading/audit.ts'
import type { EventLog } from '../../src/main/execution/index.ts'
import { LogProofs, type StorageClient } from '../../src/main/storage-client/index.ts'

/** The event log of a storage process, with what is noted of it kept in memory. */
export function eventLogOf({ api }: StorageClient): EventLog {
  let logs: readonly KnownLog[] = []
  const proofs = new LogProofs({
    prove: api.events.prove,
    anchors: { known: () => logs, note: (log) => void (logs = [log]) },
    onDoubt: (doubt) => {
      throw new Error(JSON.stringify(doubt))
    },
    clock: systemClock,
  })
  const { append, read } = api.events
  const events = {
    append,
    read,
    prove: (after?: number) => proofs.prove(after),
    accept: () => proofs.accept(),
  }
  return { values: api.values, events }
}
