import type { Contract, EventChannel, Handlers } from './channel.ts'

/** Answers the call with that area and name. */
type Answer = (area: string, name: string, input: unknown) => unknown

/** Handlers that do not check their input themselves. */
type PassedOn<H> = {
  readonly [A in keyof H]: {
    readonly [N in keyof H[A]]: H[A][N] extends (input: never) => infer R ? (input?: unknown) => R : never
  }
}

/**
 * Handlers that pass on every call of a contract, made call by call from its declaration: a new call is
 * passed on too. `answer` must give what the contract declares for the call of that name.
 */
export function handlersBy<C extends Contract>(contract: C, answer: Answer): PassedOn<Handlers<C>> {
  const areas = Object.entries(contract).map(([area, channels]) => [
    area,
    Object.fromEntries(
      namesOf(channels, 'call').map((name) => [name, (input: unknown) => answer(area, name, input)]),
    ),
  ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made call by call from the contract
  return Object.fromEntries(areas) as PassedOn<Handlers<C>>
}

/** Makes a call on handlers, or on the other side of a contract, by area and name. */
export function callOn(target: object, area: string, name: string, input: unknown): unknown {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handlers and apis are functions by area and name
  const called = (target as Record<string, Record<string, (input: unknown) => unknown>>)[area]?.[name]
  if (called === undefined) throw new Error(`nobody answers ${area}.${name}`)
  return called(input)
}

type Channels = Contract[string]

/** The two sides of an area's events: where to subscribe, and where to send. */
type EventSources<A> = {
  readonly [N in keyof A as A[N] extends EventChannel<unknown> ? N : never]: A[N] extends EventChannel<
    infer T
  >
    ? (listener: (payload: T) => void) => () => void
    : never
}
type EventSinks<A> = {
  readonly [N in keyof A as A[N] extends EventChannel<unknown> ? N : never]: (payload: never) => void
}

/** Passes on every event of an area that `to` takes. */
export function passEventsOn<A extends Channels>(
  channels: A,
  from: EventSources<A>,
  to: EventSinks<A>,
): void {
  for (const name of namesOf(channels, 'event')) {
    const [subscribe, send] = [from, to].map((side) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both sides have every event of the area
      return (side as Record<string, (value: unknown) => void>)[name]
    })
    if (send !== undefined) subscribe?.(send)
  }
}

const namesOf = (channels: Channels, kind: 'call' | 'event'): readonly string[] =>
  Object.entries(channels)
    .filter(([, channel]) => channel.kind === kind)
    .map(([name]) => name)
