import { err, ok } from '../../../src/shared/result.ts'
import type { AuditEvent } from '../../../src/shared/trading/audit.ts'
import type { EventLog } from '../../../src/main/execution/index.ts'

type Append = Parameters<EventLog['events']['append']>[0]
type Filter = Parameters<EventLog['events']['read']>[0]

/** The event log and the saved values, with the semantics of storage. Answers immediately and never fails. */
export class MemoryEventLog {
  readonly #events: AuditEvent[] = []
  readonly #streams = new Map<string, AuditEvent[]>()
  readonly #values = new Map<string, string>()

  /** All events, oldest first. */
  get events(): readonly AuditEvent[] {
    return this.#events
  }

  has(stream: string): boolean {
    return this.#streams.has(stream)
  }

  append({ stream, expectedVersion, events }: Append) {
    const known = this.#streams.get(stream) ?? []
    if (known.length !== expectedVersion) {
      const there = known.slice(expectedVersion, expectedVersion + events.length)
      const isRepeat =
        there.length === events.length &&
        events.every(({ type, payload, at }, nth) => {
          const one = there[nth]
          return one?.type === type && one.at === at && text(one.payload) === text(payload)
        })
      return isRepeat
        ? ok(there)
        : err({ kind: 'conflict', stream, expectedVersion, actualVersion: known.length } as const)
    }
    const stored = events.map(({ type, payload, at }, nth): AuditEvent => {
      const id = this.#events.length + nth + 1
      const kept = JSON.parse(JSON.stringify(payload)) as AuditEvent['payload'] // a record went in
      return { id, stream, version: expectedVersion + nth + 1, type, payload: kept, at, hash: `hash-${id}` }
    })
    this.#events.push(...stored)
    this.#streams.set(stream, [...known, ...stored])
    return ok(stored)
  }

  read({ stream, streamPrefix = '', types, afterId = 0, limit }: Filter) {
    const found = (stream === undefined ? this.#events : (this.#streams.get(stream) ?? [])).filter(
      (event) =>
        event.id > afterId &&
        event.stream.startsWith(streamPrefix) &&
        (types === undefined || types.includes(event.type)),
    )
    return ok(found.slice(0, limit))
  }

  /** Nobody else writes here, so that all holds. */
  prove() {
    const events = this.#events.length
    return ok({ kind: 'intact', from: 1, events, lastHash: this.#events.at(-1)?.hash ?? '' } as const)
  }

  keep(name: string, value: string) {
    this.#values.set(name, value)
    return ok(undefined)
  }

  kept(name: string): string | undefined {
    return this.#values.get(name)
  }
}

/** Text with the fields in a fixed order, so that the same payload gives the same text. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
