/** The append-only event log. */
export { appendEvents, insert as insertCopiedEvents, type AppendConflict } from './append.ts'
export { canonicalText, type NewEvent, type Payload, type StoredEvent } from './event.ts'
export { readFacets } from './facets.ts'
export { unpackEvent, type PackedEvent } from './packed.ts'
export { readPages } from './pages.ts'
export { eventsQuery, readEvents, readPackedEvents, type EventFilter } from './read.ts'
export { verifyEvents, type LogVerdict } from './verify.ts'
