import * as z from 'zod'
import type { Result } from '../result.ts'

/** Why the handler gave no answer: its input was invalid, or the other side has a bug. */
export type RpcFault =
  | { readonly kind: 'invalid-input'; readonly detail: string }
  | { readonly kind: 'internal'; readonly logId: string }

/** A call that is answered once. The type parameters after the input exist for the compiler only. */
export interface CallChannel<I extends z.ZodType, T, E> {
  readonly kind: 'call'
  readonly input: I
  /** Never set: carries the types of the answer. */
  readonly answers?: Result<T, E>
}

/** Something that happened, sent to all listeners; never answered. */
export interface EventChannel<T> {
  readonly kind: 'event'
  /** Never set: carries the type of the payload. */
  readonly carries?: T
}

type AnyChannel = CallChannel<z.ZodType, unknown, unknown> | EventChannel<unknown>

/** Channels by area and name. */
export type Contract = Record<string, Record<string, AnyChannel>>

/** A call with an input checked by `input`; `returns<T, E>()` names its answer and its expected failures. */
export const call = <I extends z.ZodType = z.ZodVoid>(input?: I) => ({
  returns: <T, E = never>(): CallChannel<I, T, E> => ({
    kind: 'call',
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- I is ZodVoid exactly when input is left out
    input: input ?? (z.void() as z.ZodType as I),
  }),
})

/** An event that carries a `T`. */
export const event = <T>(): EventChannel<T> => ({ kind: 'event' })

type CallFunction<C> =
  C extends CallChannel<infer I, infer T, infer E>
    ? z.input<I> extends void
      ? () => Promise<Result<T, E | RpcFault>>
      : (input: z.input<I>) => Promise<Result<T, E | RpcFault>>
    : never

type EventFunction<C> =
  C extends EventChannel<infer T> ? (listener: (payload: T) => void) => () => void : never

/** The caller's side: calls as functions, events as subscriptions that return their stop. */
export type Api<C extends Contract> = {
  readonly [A in keyof C]: {
    readonly [N in keyof C[A]]: C[A][N] extends CallChannel<z.ZodType, unknown, unknown>
      ? CallFunction<C[A][N]>
      : EventFunction<C[A][N]>
  }
}

type CallNames<A> = {
  [N in keyof A]: A[N] extends CallChannel<z.ZodType, unknown, unknown> ? N : never
}[keyof A]

type EventNames<A> = { [N in keyof A]: A[N] extends EventChannel<unknown> ? N : never }[keyof A]

/** The answering side: exactly one handler for every call. */
export type Handlers<C extends Contract> = {
  readonly [A in keyof C]: {
    readonly [N in CallNames<C[A]>]: C[A][N] extends CallChannel<infer I, infer T, infer E>
      ? (input: z.output<I>) => Result<T, E> | Promise<Result<T, E>>
      : never
  }
}

/** How the answering side emits events. */
export type Emitter<C extends Contract> = {
  readonly [A in keyof C]: {
    readonly [N in EventNames<C[A]>]: C[A][N] extends EventChannel<infer T> ? (payload: T) => void : never
  }
}
