import type * as z from 'zod'

/** A payload as the log has it. */
type Payload = { readonly [name: string]: unknown }

/** Makes a payload into one of the next version; the version itself is set for it. */
export type Upgrade = (older: Payload) => Payload

/** Schemas of payloads by type of event, each of the present version. */
type Schemas = Readonly<Record<string, z.ZodType>>

/** Upgrades by type, oldest first: the first makes version 2 of version 1. A type without any is still at version 1. */
export type Upgrades<S extends Schemas> = { readonly [T in keyof S]?: readonly Upgrade[] }

/** An event of one of these types, its payload in the present version. */
export type EventIn<S extends Schemas> = {
  [T in keyof S]: { readonly type: T; readonly payload: z.output<S[T]> }
}[keyof S]

/** An event as the log has it. */
export interface UnreadEvent {
  readonly type: string
  readonly payload: Payload
}

/**
 * Reads events of the log. A payload that an older Signal wrote is upgraded, version by version. Nothing where the type,
 * or the version of the payload, is not known here: a newer Signal wrote it.
 */
export const payloadReader =
  <S extends Schemas>(schemas: S, upgrades: Upgrades<S>) =>
  ({ type, payload }: UnreadEvent): EventIn<S> | undefined => {
    const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined
    if (schema === undefined) return undefined
    const read = schema.safeParse(upgraded(payload, upgrades[type] ?? []))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the payload was read by the schema of this very type
    return read.success ? ({ type, payload: read.data } as EventIn<S>) : undefined
  }

/** The payload in the present version, which is one more than there are upgrades. */
function upgraded(payload: Payload, upgrades: readonly Upgrade[]): Payload | undefined {
  const { version } = payload
  if (typeof version !== 'number' || !isBetween(1, upgrades.length + 1, version)) return undefined
  return upgrades
    .slice(version - 1)
    .reduce((older, upgrade, step) => ({ ...upgrade(older), version: version + step + 1 }), payload)
}

const isBetween = (least: number, most: number, value: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most
