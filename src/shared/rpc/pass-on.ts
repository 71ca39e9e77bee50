import type { Contract, EventChannel, Handlers } from './channel.ts'

/** Answers the call of that area and name. */
type Answer = (area: string, name: string, input: unknown) => unknown

/** Handlers that look at no input themselves. */
type PassedOn<H> = {
  readonly [A in keyof H]: {
    readonly [N in keyof H[A]]: H[A][N] extends (input: never) => infer R ? (input?: unknown) => R : never
  }
}

/**
 * The handlers of a contract for whoever passes its calls on, made call by call from the declaration: what is added to
 * the contract is passed on too. `answer` has to give what the call of that name is declared to answer.
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

/** Puts a call to handlers, or to the other side of a contract, by its area and name. */
export function callOn(target: object, area: string, name: string, input: unknown): unknown {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handlers and apis are functions by area and name
  const called = (target as Record<string, Record<string, (input: unknown) => unknown>>)[area]?.[name]
  if (called === undefined) throw new Error(`nobody answers ${area}.${name}`)
  return called(input)
}

type Channels = Contract[string]

/** Where the events of an area come from, and where they go. */
type Heard<A> = {
  readonly [N in keyof A as A[N] extends EventChannel<unknown> ? N : never]: A[N] extends EventChannel<
    infer T
  >
    ? (listener: (payload: T) => void) => () => void
    : never
}
type Told<A> = {
  readonly [N in keyof A as A[N] extends EventChannel<unknown> ? N : never]: (payload: never) => void
}

/** Tells every event of an area on, as long as it is heard. */
export function passEventsOn<A extends Channels>(channels: A, from: Heard<A>, to: Told<A>): void {
  for (const name of namesOf(channels, 'event')) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both sides have every event of the area
    const [hear, tell] = [from, to].map((side) => (side as Record<string, (value: unknown) => void>)[name])
    if (tell !== undefined) hear?.(tell)
  }
}

const namesOf = (channels: Channels, kind: 'call' | 'event'): readonly string[] =>
  Object.entries(channels)
    .filter(([, channel]) => channel.kind === kind)
    .map(([name]) => name)
