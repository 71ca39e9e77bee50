import type { IncomingMessage } from 'node:http'
import { Refusal } from './reply.ts'

/** Names of this machine, with the port that a client wrote behind it. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i
const HTTP_PORT = 80

/**
 * The address that a request asks for, or why it gets no other answer: another `Host` (a foreign name that
 * was made to lead here), any `Origin` (a page in a browser; programs send none), or a target that is not a path.
 */
export function admit({ url = '', headers, socket }: IncomingMessage): URL | Refusal {
  const host = OWN_HOST.exec(headers.host ?? '')
  if (host === null || Number(host[1] ?? HTTP_PORT) !== socket.localPort)
    return new Refusal(403, 'this host is not served here')
  if (headers.origin !== undefined) return new Refusal(403, 'web pages are not served')
  return /^\/(?!\/)/.test(url) ? new URL(`http://demo${url}`) : new Refusal(400, 'invalid path')
}
