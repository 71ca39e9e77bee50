import type { StreamProblem } from './messages.ts'

/**
 * What the client must do on an error code of the market-data stream. Source: Alpaca API, "WebSocket stream",
 * errors.
 */
export type ErrorReaction =
  /** Disconnect; the problem tells whether to retry. */
  | { readonly kind: 'hang-up'; readonly problem: StreamProblem }
  /** The change in flight was rejected as a whole. */
  | { readonly kind: 'roll-back'; readonly problem: StreamProblem }
  /** A symbol or channel in the change in flight is invalid. */
  | { readonly kind: 'suspect-symbols' | 'suspect-channels'; readonly problem: StreamProblem }
  /** We are already authenticated. */
  | { readonly kind: 'authenticated' }

/** Classifies a stream error by its code; an unknown code counts as a server fault, so it is retried. */
export function reactionTo(code: number, message: string): ErrorReaction {
  const problem = (kind: StreamProblem['kind'], fatal: boolean, words: string): StreamProblem => ({
    kind,
    code,
    message: `${words} (${code} ${message})`,
    fatal,
  })
  switch (code) {
    case 400:
      return {
        kind: 'suspect-symbols',
        problem: problem('invalid-request', false, 'Unknown symbols'),
      }
    case 402:
    case 408:
      return {
        kind: 'hang-up',
        problem: problem('auth', true, 'Alpaca rejected the API keys'),
      }
    case 404:
      return {
        kind: 'hang-up',
        problem: problem('network', false, 'Authentication timed out'),
      }
    case 403:
      return { kind: 'authenticated' }
    case 405:
      return {
        kind: 'roll-back',
        problem: problem('symbol-limit', false, 'Over the symbol limit of your Alpaca plan'),
      }
    case 406:
      return {
        kind: 'hang-up',
        problem: problem(
          'connection-limit',
          false,
          'Data connection in use by another program, or by a session that hasn’t ended',
        ),
      }
    case 407:
      return {
        kind: 'hang-up',
        problem: problem('slow-client', false, 'This computer read the stream too slowly'),
      }
    case 409:
      return {
        kind: 'hang-up',
        problem: problem('subscription', true, 'Your Alpaca plan doesn’t include this feed'),
      }
    case 410:
      return {
        kind: 'suspect-channels',
        problem: problem('invalid-request', false, 'This feed doesn’t offer this data'),
      }
    case 411:
      return {
        kind: 'hang-up',
        problem: problem('auth', true, 'These API keys can’t read market data'),
      }
    default:
      return { kind: 'hang-up', problem: problem('server', false, 'Alpaca server error') }
  }
}

/** Why the server answered the upgrade with HTTP instead of opening the socket. */
export function upgradeProblem(status: number): StreamProblem {
  const refusal = `Stream server answered HTTP ${status}`
  if (status === 429) {
    return problemOf('connection-limit', `${refusal}: too many connections or attempts`, status)
  }
  if (status === 401 || status === 403) return problemOf('auth', `${refusal}: access denied`, status)
  if (status >= 500) return problemOf('server', refusal, status)
  return problemOf('invalid-request', `${refusal}: check the address in ALPACA_WS_URL`, status)
}

/** The meaning of system error codes, for people. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'disconnected',
  ETIMEDOUT: 'timed out',
  ENOTFOUND: 'DNS lookup failed (offline?)',
  EAI_AGAIN: 'DNS lookup failed (offline?)',
  ENETUNREACH: 'no route (offline?)',
  EHOSTUNREACH: 'no route (offline?)',
  CERT_HAS_EXPIRED: 'certificate expired, or this computer’s clock is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate not trusted',
}

/** Why the socket could not be opened, or failed, with the system's own code for looking it up. */
export function unreachableProblem(cause: Error): StreamProblem {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  const words = code === undefined ? undefined : UNREACHABLE[code]
  const reason = words === undefined ? cause.message || cause.name : `${words} (${code})`
  return networkProblem(`Stream unreachable: ${reason}`)
}

/** The connection broke, or was never made. */
export const networkProblem = (message: string): StreamProblem => problemOf('network', message)

function problemOf(kind: StreamProblem['kind'], message: string, code?: number): StreamProblem {
  return { kind, message, fatal: false, ...(code !== undefined && { code }) }
}
