import type * as z from 'zod'
import { MAX_PAYLOAD_LENGTH } from '#shared/trading/audit'

/** A payload as stored in the log. */
type Payload = { readonly [name: string]: unknown }

/** Converts a payload to the next version; the caller sets the version itself. */
export type Upgrade = (older: Payload) => Payload

/** Payload schemas by event type, each of the current version. */
type Schemas = Readonly<Record<string, z.ZodType>>

/** Upgrades by type, oldest first: the first makes version 2 from 1. A type without any is still at version 1. */
export type Upgrades<S extends Schemas> = { readonly [T in keyof S]?: readonly Upgrade[] }

/** An event of one of these types, its payload in the current version. */
export type EventIn<S extends Schemas> = {
  [T in keyof S]: { readonly type: T; readonly payload: z.output<S[T]> }
}[keyof S]

/** An event as stored in the log. */
export interface UnreadEvent {
  readonly type: string
  readonly payload: Payload
}

/** The deepest nesting, the longest text and the longest list in a payload that Signal writes, with room to spare. */
const BOUNDS = { depth: 8, text: 10_000, items: 50_000 }

/**
 * Makes a reader of logged events. A payload that an older Signal wrote is upgraded, version by version. Nothing if the
 * type or payload version is unknown because a newer Signal wrote it, the payload does not fit its schema, or it is over
 * the bounds: Signal wrote none like it.
 */
export const payloadReader =
  <S extends Schemas>(schemas: S, upgrades: Upgrades<S>) =>
  ({ type, payload }: UnreadEvent): EventIn<S> | undefined => {
    const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined
    if (schema === undefined || !isBounded(payload, MAX_PAYLOAD_LENGTH)) return undefined
    const read = schema.safeParse(upgraded(payload, upgrades[type] ?? []))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the payload was read by the schema of this very type
    return read.success ? ({ type, payload: read.data } as EventIn<S>) : undefined
  }

/** The payload in the current version, which is one more than the number of upgrades. */
function upgraded(payload: Payload, upgrades: readonly Upgrade[]): Payload | undefined {
  const { version } = payload
  if (typeof version !== 'number' || !isBetween(1, upgrades.length + 1, version)) return undefined
  return upgrades
    .slice(version - 1)
    .reduce((older, upgrade, step) => ({ ...upgrade(older), version: version + step + 1 }), payload)
}

const isBetween = (least: number, most: number, value: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

/** Whether a payload is no deeper, longer or larger than any that Signal writes; reads no further than that. */
function isBounded(payload: Payload, most: number): boolean {
  let left = most
  const fits = (value: unknown, depth: number): boolean => {
    if (typeof value === 'string') return value.length <= BOUNDS.text && (left -= value.length) >= 0
    if (typeof value !== 'object' || value === null) return (left -= 1) >= 0
    const inner: readonly unknown[] = Object.values(value)
    if (depth > BOUNDS.depth || inner.length > BOUNDS.items) return false
    for (const name of Array.isArray(value) ? [] : Object.keys(value)) left -= name.length
    return left >= 0 && inner.every((one) => fits(one, depth + 1))
  }
  return fits(payload, 1)
}
