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
  /** The server says that we are already authenticated. */
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
        problem: problem('invalid-request', false, 'Alpaca does not know these symbols'),
      }
    case 402:
    case 408:
      return {
        kind: 'hang-up',
        problem: problem('auth', true, 'Alpaca refused the keys'),
      }
    case 404:
      return {
        kind: 'hang-up',
        problem: problem('network', false, 'The keys reached Alpaca too late'),
      }
    case 403:
      return { kind: 'authenticated' }
    case 405:
      return {
        kind: 'roll-back',
        problem: problem('symbol-limit', false, 'Your Alpaca plan does not allow that many symbols'),
      }
    case 406:
      return {
        kind: 'hang-up',
        problem: problem(
          'connection-limit',
          false,
          'The one connection of this Alpaca account is used by another program, or by a session that has not ended yet',
        ),
      }
    case 407:
      return {
        kind: 'hang-up',
        problem: problem('slow-client', false, 'This machine read the stream too slowly'),
      }
    case 409:
      return {
        kind: 'hang-up',
        problem: problem('subscription', true, 'Your Alpaca plan does not include this feed'),
      }
    case 410:
      return {
        kind: 'suspect-channels',
        problem: problem('invalid-request', false, 'This feed does not offer these data'),
      }
    case 411:
      return {
        kind: 'hang-up',
        problem: problem('auth', true, 'These keys may not read market data'),
      }
    default:
      return { kind: 'hang-up', problem: problem('server', false, 'Alpaca reports a fault') }
  }
}

/** Why the server answered the upgrade with HTTP instead of opening the socket. */
export function upgradeProblem(status: number): StreamProblem {
  const refusal = `The stream's server answered HTTP ${status}`
  if (status === 429) {
    return problemOf('connection-limit', `${refusal}: too many connections, or too many attempts`, status)
  }
  if (status === 401 || status === 403)
    return problemOf('auth', `${refusal}: it refuses this program`, status)
  if (status >= 500) return problemOf('server', refusal, status)
  return problemOf('invalid-request', `${refusal}: check the address in ALPACA_WS_URL`, status)
}

/** The meaning of system error codes, for people. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'it hung up',
  ETIMEDOUT: 'it does not answer',
  ENOTFOUND: 'its name is not known, as when this computer is offline',
  EAI_AGAIN: 'its name is not known, as when this computer is offline',
  ENETUNREACH: 'there is no way to it, as when this computer is offline',
  EHOSTUNREACH: 'there is no way to it, as when this computer is offline',
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this computer is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
}

/** Why the socket could not be opened, or failed, with the system's own code for looking it up. */
export function unreachableProblem(cause: Error): StreamProblem {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  const words = code === undefined ? undefined : UNREACHABLE[code]
  const reason = words === undefined ? cause.message || cause.name : `${words} (${code})`
  return networkProblem(`The stream cannot be reached: ${reason}`)
}

/** The connection broke, or was never made. */
export const networkProblem = (message: string): StreamProblem => problemOf('network', message)

function problemOf(kind: StreamProblem['kind'], message: string, code?: number): StreamProblem {
  return { kind, message, fatal: false, ...(code !== undefined && { code }) }
}
