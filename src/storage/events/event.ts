import { createHash } from 'node:crypto'
import type { EpochMs } from '#shared/units'

/** JSON that both databases give back as it went in. */
export type Payload = { readonly [name: string]: unknown }

/** Something that happened, on its way into the log. */
export interface NewEvent {
  /** In the past tense, such as `OrderRequested`. */
  readonly type: string
  readonly payload: Payload
  /** When it happened; the moment of the append where absent. */
  readonly at?: EpochMs
}

/** An event of the log. */
export interface StoredEvent {
  /** Place in the whole log: 1, 2, 3 ... without a hole. */
  readonly id: number
  readonly stream: string
  /** Place in its stream: 1, 2, 3 ... without a hole. */
  readonly version: number
  readonly type: string
  readonly payload: Payload
  readonly at: EpochMs
  /** SHA-256 over the event and the hash before it, hexadecimal. */
  readonly hash: string
}

/** Before the first event. */
export const FIRST_HASH = ''

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** NUL, and half of a surrogate pair: PostgreSQL's jsonb refuses both. */
const UNKEEPABLE = /\0|\p{Surrogate}/u

/**
 * The payload as one text with its keys sorted: the same for what went in and for what comes back, although jsonb
 * reorders keys. Throws a TypeError on text that PostgreSQL could not keep, in either database.
 */
export function canonicalText(payload: Payload): string {
  const plain: Json = JSON.parse(JSON.stringify(payload))
  return JSON.stringify(sorted(plain))
}

function sorted(value: Json): Json {
  if (typeof value === 'string') return keepable(value)
  if (typeof value !== 'object' || value === null) return value
  if (isArray(value)) return value.map(sorted)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [keepable(key), sorted(inner)]))
}

/** Array.isArray does not narrow a readonly array. */
const isArray = (value: Json & object): value is readonly Json[] => Array.isArray(value)

function keepable(text: string): string {
  if (UNKEEPABLE.test(text)) throw new TypeError('An event holds text that a database cannot keep')
  return text
}

/** The hash of an event that follows `previousHash`. */
export function hashOf(previousHash: string, event: Omit<StoredEvent, 'hash'>): string {
  const { id, stream, version, type, at, payload } = event
  const text = JSON.stringify([previousHash, id, stream, version, type, at, canonicalText(payload)])
  return createHash('sha256').update(text).digest('hex')
}
