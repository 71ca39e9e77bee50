import { createHash } from 'node:crypto'
import type { EpochMs, StockSymbol } from '#shared/units'

/** JSON that both databases return as it was stored. */
export type Payload = { readonly [name: string]: unknown }

/** Something that happened, on its way into the log. */
export interface NewEvent {
  /** In the past tense, such as `OrderRequested`. */
  readonly type: string
  readonly payload: Payload
  /** When it happened, by the clock of whoever reports it. */
  readonly at: EpochMs
}

/** An event of the log. */
export interface StoredEvent {
  /** Position in the whole log: 1, 2, 3 ... without gaps. */
  readonly id: number
  readonly stream: string
  /** Position in its stream: 1, 2, 3 ... without gaps. */
  readonly version: number
  readonly type: string
  readonly payload: Payload
  readonly at: EpochMs
  /** SHA-256 over the event and the previous hash, hexadecimal. */
  readonly hash: string
  /** The symbol of the event's order; only where a reader asked for it. */
  readonly symbol?: StockSymbol
}

/** The previous hash of the first event. */
export const FIRST_HASH = ''

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** NUL and lone surrogates: PostgreSQL's jsonb refuses both. */
const UNKEEPABLE = /\0|\p{Surrogate}/u

/**
 * The payload as one text with sorted keys: the same before and after storage, although jsonb reorders keys.
 * Throws a TypeError, in either database, on text that PostgreSQL could not store.
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

/** Narrows to a readonly array, which Array.isArray does not. */
const isArray = (value: Json & object): value is readonly Json[] => Array.isArray(value)

function keepable(text: string): string {
  if (UNKEEPABLE.test(text)) throw new TypeError('An event holds text that a database cannot keep')
  return text
}

/** The hash of an event that follows `previousHash`. */
export const hashOf = (previousHash: string, event: Omit<StoredEvent, 'hash'>): string =>
  hashOfText(previousHash, event, canonicalText(event.payload))

/** The same for a payload that is known as its canonical text. */
export function hashOfText(
  previousHash: string,
  { id, stream, version, type, at }: Omit<StoredEvent, 'hash' | 'payload'>,
  payloadText: string,
): string {
  const text = JSON.stringify([previousHash, id, stream, version, type, at, payloadText])
  return createHash('sha256').update(text).digest('hex')
}
