import type { StreamProblem, StreamStatus } from './messages.ts'
import { doubled } from './backoff.ts'

/** The state of one connection. `attempt` counts consecutive failed attempts and sets the next delay. */
export type StreamState =
  /** Never connected, closed by the user, or stopped by a problem that a retry cannot fix. */
  | { readonly kind: 'idle'; readonly problem?: StreamProblem }
  | {
      readonly kind: 'waiting'
      readonly attempt: number
      readonly delayMs: number
      readonly problem: StreamProblem
    }
  | { readonly kind: 'dialling'; readonly attempt: number }
  /** The socket is open, the keys are not accepted yet. */
  | { readonly kind: 'connected'; readonly attempt: number }
  | { readonly kind: 'authenticated'; readonly attempt: number; readonly since: number }
  | { readonly kind: 'subscribed'; readonly attempt: number; readonly since: number }
  /** The socket is being closed; `next` is what follows. There are never two sockets. */
  | { readonly kind: 'leaving'; readonly attempt: number; readonly next: AfterClose }

type LoggedIn = Extract<StreamState, { kind: 'authenticated' | 'subscribed' }>

type AfterClose =
  | { readonly kind: 'dial' }
  | { readonly kind: 'stop'; readonly problem?: StreamProblem }
  | { readonly kind: 'wait'; readonly problem: StreamProblem }

/** Events in the life of a connection; times are epoch ms. */
export type ConnectionEvent =
  | { readonly kind: 'connect-asked' }
  | { readonly kind: 'close-asked' }
  | { readonly kind: 'redial-asked' }
  | { readonly kind: 'retry-due' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'authenticated'; readonly at: number }
  /** The server confirmed `entries` subscriptions in total. */
  | { readonly kind: 'acknowledged'; readonly entries: number }
  /** Disconnect: fatal problems stop the stream, others are retried. */
  | { readonly kind: 'failed'; readonly at: number; readonly problem: StreamProblem }
  /** The socket was closed, by either side. */
  | { readonly kind: 'closed'; readonly at: number; readonly problem: StreamProblem }

/** How long to wait between attempts to connect, ms. */
export interface Backoff {
  /** Delay before the first retry; it doubles with every failure. */
  readonly firstMs: number
  readonly maxMs: number
  /** A connection that lasted this long counts as healthy, and resets the delay. */
  readonly healthyMs: number
  /**
   * Minimum delay if the server itself rejected us: the connection is taken (406), or the address is wrong.
   */
  readonly refusedMs: number
}

/**
 * Pure: returns the next state; the socket carries it out. An event that does not fit the state changes
 * nothing.
 */
export function nextConnection(now: StreamState, event: ConnectionEvent, backoff: Backoff): StreamState {
  switch (event.kind) {
    case 'connect-asked':
      return connect(now)
    case 'redial-asked':
      return redial(now)
    case 'close-asked':
      return isDown(now) ? { kind: 'idle' } : { kind: 'leaving', attempt: 0, next: { kind: 'stop' } }
    case 'retry-due':
      return now.kind === 'waiting' ? { kind: 'dialling', attempt: now.attempt } : now
    case 'opened':
      return now.kind === 'dialling' ? { kind: 'connected', attempt: now.attempt } : now
    case 'authenticated':
      return now.kind === 'connected' ? { kind: 'authenticated', attempt: now.attempt, since: event.at } : now
    case 'acknowledged':
      if (now.kind !== 'authenticated' && now.kind !== 'subscribed') return now
      return acknowledged(now, event.entries > 0 ? 'subscribed' : 'authenticated')
    case 'failed':
      return fail(now, event, backoff)
    case 'closed':
      return closed(now, event, backoff)
    default:
      return event satisfies never
  }
}

function acknowledged(now: LoggedIn, kind: LoggedIn['kind']): StreamState {
  return now.kind === kind ? now : { ...now, kind }
}

function connect(now: StreamState): StreamState {
  if (now.kind === 'idle') return { kind: 'dialling', attempt: 0 }
  const stopping = now.kind === 'leaving' && now.next.kind === 'stop'
  return stopping ? { kind: 'leaving', attempt: 0, next: { kind: 'dial' } } : now
}

function redial(now: StreamState): StreamState {
  if (now.kind === 'idle') return now // whoever closed it, or fixes its problem, calls connect
  if (now.kind === 'waiting') return { kind: 'dialling', attempt: now.attempt }
  if (now.kind === 'leaving' && now.next.kind !== 'wait') return now
  return { kind: 'leaving', attempt: now.attempt, next: { kind: 'dial' } }
}

function fail(
  now: StreamState,
  { at, problem }: { readonly at: number; readonly problem: StreamProblem },
  { healthyMs }: Backoff,
): StreamState {
  if (isDown(now) || now.kind === 'leaving') return now
  const next: AfterClose = problem.fatal ? { kind: 'stop', problem } : { kind: 'wait', problem }
  return { kind: 'leaving', attempt: failuresOf(now, at, healthyMs), next }
}

function closed(
  now: StreamState,
  { at, problem }: { readonly at: number; readonly problem: StreamProblem },
  backoff: Backoff,
): StreamState {
  if (isDown(now)) return now
  if (now.kind !== 'leaving') return waiting(failuresOf(now, at, backoff.healthyMs), problem, backoff)
  switch (now.next.kind) {
    case 'dial':
      return { kind: 'dialling', attempt: now.attempt }
    case 'stop':
      return now.next.problem ? { kind: 'idle', problem: now.next.problem } : { kind: 'idle' }
    case 'wait':
      return waiting(now.attempt, now.next.problem, backoff)
    default:
      return now.next satisfies never
  }
}

const TURNED_AWAY: ReadonlySet<StreamProblem['kind']> = new Set([
  'connection-limit',
  'auth',
  'invalid-request',
])

function waiting(failures: number, problem: StreamProblem, backoff: Backoff): StreamState {
  const usualMs = Math.min(backoff.maxMs, doubled(backoff.firstMs, failures))
  const delayMs = TURNED_AWAY.has(problem.kind) ? Math.max(backoff.refusedMs, usualMs) : usualMs
  return { kind: 'waiting', attempt: failures + 1, delayMs, problem }
}

/** Failures before this one; a connection that was healthy for a while resets the count. */
function failuresOf(now: StreamState, at: number, healthyMs: number): number {
  if (now.kind === 'authenticated' || now.kind === 'subscribed') {
    return at - now.since >= healthyMs ? 0 : now.attempt
  }
  return now.kind === 'idle' ? 0 : now.attempt
}

const isDown = (now: StreamState): now is Extract<StreamState, { kind: 'idle' | 'waiting' }> =>
  now.kind === 'idle' || now.kind === 'waiting'

/** The status reported to the outside. */
export function statusOf(now: StreamState): StreamStatus {
  switch (now.kind) {
    case 'idle':
    case 'waiting':
    case 'leaving':
      return 'disconnected'
    case 'dialling':
      return 'connecting'
    case 'connected':
    case 'authenticated':
    case 'subscribed':
      return now.kind
    default:
      return now satisfies never
  }
}
