import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { Inbox } from './inbox.ts'

/** One request as it arrived, and the answer to it. */
interface Arrival {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** A web server on this machine that a test answers for. */
export interface NoticeServer {
  readonly url: string
  readonly arrivals: Inbox<Arrival>
  /** Answers all further requests so; a value that isn't a function is sent as JSON. */
  answer(how: RequestListener | object): void
  stop(): Promise<void>
}

/** Starts one that answers 404; with a certificate it speaks https, as `localhost`. */
export async function startNoticeServer(certificate?: {
  readonly cert: Buffer
  readonly key: Buffer
}): Promise<NoticeServer> {
  const arrivals = new Inbox<Arrival>()
  let how: RequestListener = (_request, response) => void response.writeHead(404).end()
  const listener: RequestListener = (request, response) => {
    how(request, response)
    arrivals.add({ request, response })
  }
  const server: Server & { closeAllConnections(): void } =
    certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${certificate === undefined ? 'http://127.0.0.1' : 'https://localhost'}:${port}/signal.json`,
    arrivals,
    answer(next) {
      how =
        typeof next === 'function'
          ? (next as RequestListener)
          : (_request, response) => void response.end(JSON.stringify(next))
    },
    async stop() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
