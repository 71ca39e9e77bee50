import type { Reader } from '../database/index.ts'
import { FIRST_HASH, hashOf, type StoredEvent } from './event.ts'
import { readEvents } from './read.ts'

/** Whether the log is intact. */
export type LogVerdict =
  | { readonly kind: 'intact'; readonly events: number; readonly lastHash: string }
  | {
      readonly kind: 'broken'
      /** The first position in the log where the problem shows. */
      readonly id: number
      /** A description of the problem. */
      readonly reason: string
    }

const PAGE = 1_000

/**
 * Reads the whole log and proves by its hash chain that no event was changed, removed or inserted. A cut-off
 * tail, which the chain alone cannot reveal, is detected by the separately stored head.
 */
export async function verifyEvents(
  reader: Reader,
  onProgress?: (events: number) => void,
): Promise<LogVerdict> {
  const versions = new Map<string, number>()
  let [lastId, lastHash] = [0, FIRST_HASH]
  for (;;) {
    const page = await readEvents(reader, { afterId: lastId, limit: PAGE })
    for (const event of page) {
      const reason = faultOf(event, lastId, lastHash, versions)
      if (reason !== undefined) return { kind: 'broken', id: event.id, reason }
      versions.set(event.stream, event.version)
      lastId = event.id
      lastHash = event.hash
    }
    onProgress?.(lastId)
    if (page.length < PAGE) break
  }
  const head = await reader.query.selectFrom('event_head').selectAll().executeTakeFirst()
  if (head?.last_id === lastId && head.hash === lastHash) return { kind: 'intact', events: lastId, lastHash }
  return {
    kind: 'broken',
    id: lastId + 1,
    reason: `the log ends with event ${lastId}, but ${head?.last_id ?? 'an unknown number of'} events were written`,
  }
}

function faultOf(
  event: StoredEvent,
  lastId: number,
  lastHash: string,
  versions: ReadonlyMap<string, number>,
): string | undefined {
  const expectedVersion = (versions.get(event.stream) ?? 0) + 1
  if (event.id !== lastId + 1) return `event ${lastId + 1} is missing`
  if (event.version !== expectedVersion)
    return `stream ${event.stream} goes on with version ${event.version} instead of ${expectedVersion}`
  return hashOf(lastHash, event) === event.hash ? undefined : 'the event or the one before it was changed'
}
