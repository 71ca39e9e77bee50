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
      return `${message}. Signal keeps trying; check the network.`
    case 'auth':
      return `${message}. Enter the keys again in Settings.`
    case 'connection-limit':
      return 'Another program uses this account’s one market-data connection. Close it; Signal keeps trying.'
    case 'symbol-limit':
      return 'The account’s plan does not allow this many symbols, so not all have prices. Take some off the watch list.'
    case 'subscription':
      return 'The account’s plan does not include this feed. Choose IEX in Settings.'
    case 'invalid-request':
      return `Alpaca did not accept the subscription (${message}). Check the symbols on the watch list.`
    case 'server':
      return `${message}. Signal keeps trying.`
    case 'slow-client':
      return 'This computer could not keep up with the feed. Close other programs or watch fewer symbols.'
    default:
      return unreachable(kind)
  }
}
