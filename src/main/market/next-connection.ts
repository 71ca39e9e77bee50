import type { Connection } from '#shared/market'
import { unreachable } from '#shared/result'
import type { EpochMs } from '#shared/units'
import type { ConnectionMessage, StreamProblem } from '#alpaca'

/** The connection before the first attempt. */
export const notConnected = (at: EpochMs, status: 'not-configured' | 'connecting'): Connection => ({
  status,
  since: at,
})

/**
 * The connection as the trader sees it after the next message of the stream. The first attempt connects; once
 * it has been connected (`wasConnected`), every attempt reconnects. `since` stays the same as long as the status does.
 */
export function connectionAfter(
  before: Connection,
  message: ConnectionMessage,
  wasConnected: boolean,
): Connection {
  const status = statusAfter(message, wasConnected ? 'reconnecting' : 'connecting')
  return {
    status,
    since: status === before.status ? before.since : message.at,
    ...(message.retryAt !== undefined && { retryAt: message.retryAt }),
    ...(message.problem !== undefined && { problem: describeProblem(message.problem) }),
  }
}

function statusAfter(
  { status, retryAt, problem }: ConnectionMessage,
  dialling: 'connecting' | 'reconnecting',
): Connection['status'] {
  switch (status) {
    case 'authenticated':
    case 'subscribed':
      return 'connected'
    case 'connecting':
    case 'connected': // the socket is open, but the keys are not accepted yet
      return dialling
    case 'disconnected':
      return problem?.fatal === true || retryAt === undefined ? 'disconnected' : dialling
    default:
      return unreachable(status)
  }
}

/** What is wrong with the connection, and what to do. */
export function describeProblem({ kind, message }: StreamProblem): string {
  switch (kind) {
    case 'network':
      return `${message}. Retrying; check your network.`
    case 'auth':
      return `${message}. Check the API keys in Settings.`
    case 'connection-limit':
      return 'Data connection in use by another app. Close it; retrying.'
    case 'symbol-limit':
      return 'Plan limit reached: not all symbols have prices. Remove some from the watchlist.'
    case 'subscription':
      return 'Your plan doesn’t include this feed. Choose IEX in Settings.'
    case 'invalid-request':
      return `Alpaca rejected the subscription (${message}). Check the symbols on the watchlist.`
    case 'server':
      return `${message}. Retrying.`
    case 'slow-client':
      return 'Computer too slow for the feed. Close other programs or watch fewer symbols.'
    default:
      return unreachable(kind)
  }
}
