import { once } from 'node:events'
import { createServer as createHttpServer, request as httpRequest } from 'node:http'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** One request for bars. */
export interface BarsCall {
  readonly symbol: string
  /** Epoch ms. */
  readonly start: number
  /** Requested with a page token. */
  readonly isFurther: boolean
}

/** Forwards HTTP to another address and records which bars were requested. */
export async function recordingProxy(target: string) {
  const asked: BarsCall[] = []
  const server = createHttpServer((incoming, answer) => {
    const url = new URL(incoming.url ?? '/', target)
    if (url.pathname.endsWith('/bars')) {
      const start = Date.parse(url.searchParams.get('start') ?? '')
      asked.push({
        symbol: url.searchParams.get('symbols') ?? '',
        start,
        isFurther: url.searchParams.has('page_token'),
      })
    }
    const headers = { ...incoming.headers, host: url.host } // the demo market answers only its own
    const outgoing = httpRequest(url, { method: incoming.method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers)
      reply.pipe(answer)
    })
    outgoing.on('error', () => answer.destroy())
    incoming.pipe(outgoing)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, close: () => void server.close() }
}

/** Forwards TCP; once armed, it cuts each of the next connections after that many bytes toward the server. */
export async function cuttingProxy(target: { readonly host: string; readonly port: number }) {
  let cuts = 0
  let cutAfter = Infinity
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    }
    client.on('data', (data) => {
      if (cuts > 0 && data.length > cutAfter) {
        cuts--
        client.resetAndDestroy()
        upstream.resetAndDestroy()
      } else upstream.write(data)
    })
    upstream.on('data', (data) => client.write(data))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    /** Cuts that many times, each time at the first piece larger than `bytes`. */
    arm(times: number, bytes: number) {
      cuts = times
      cutAfter = bytes
    },
    get cutsLeft() {
      return cuts
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** Forwards TCP, replacing one text in the server's output with another of the same length. */
export async function rewritingProxy(
  target: { readonly host: string; readonly port: number },
  from: string,
  to: string,
) {
  const server = createServer((client) => {
    const upstream = connect(target)
    client.on('error', () => undefined).on('close', () => upstream.destroy())
    upstream.on('error', () => undefined).on('close', () => client.destroy())
    client.pipe(upstream)
    upstream.on('data', (data) => client.write(data.toString('latin1').replaceAll(from, to), 'latin1'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, close: () => void server.close() }
}
