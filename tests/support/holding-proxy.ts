import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

/** A request held on its way there, or an answer held on its way back. */
export interface Held {
  /** Resolves once it is held; if it is an answer, the server has done by then what it reports. */
  readonly reached: Promise<void>
  /** Lets it continue. */
  readonly release: () => void
}

interface Hold extends Held {
  readonly method: string
  readonly path: string
  readonly part: 'request' | 'answer'
  readonly pass: () => Promise<void>
}

function newHold(method: string, path: string, part: Hold['part']): Hold {
  let reach = (): void => {}
  let release = (): void => {}
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const released = new Promise<void>((resolve) => (release = resolve))
  const pass = () => {
    reach()
    return released
  }
  return { method, path, part, reached, release, pass }
}

/** Forwards HTTP and websockets to another address; a test can hold chosen requests on the way. */
export async function holdingProxy(target: string) {
  const holds: Hold[] = []
  const sockets = new Set<Socket>()
  const { host, hostname, port: targetPort } = new URL(target)

  function take({ method, url = '/' }: IncomingMessage): Hold | undefined {
    const { pathname } = new URL(url, target)
    const place = holds.findIndex((hold) => hold.method === method && pathname.startsWith(hold.path))
    return place === -1 ? undefined : holds.splice(place, 1)[0]
  }

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const hold = take(incoming)
    if (hold?.part === 'request') await hold.pass()
    const outgoing = request(new URL(incoming.url ?? '/', target), {
      method: incoming.method,
      headers: { ...incoming.headers, host }, // the demo market answers only its own
    })
    outgoing.on('error', () => answer.destroy())
    incoming.pipe(outgoing)
    const [reply] = (await once(outgoing, 'response')) as [IncomingMessage] // Node's event has no type here
    if (hold?.part === 'answer') await hold.pass()
    answer.writeHead(reply.statusCode ?? 500, reply.headers)
    reply.pipe(answer)
  }

  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => answer.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', ({ method, url, headers }, client: Socket, head) => {
    const upstream = connect(Number(targetPort), hostname)
    const lines = Object.entries({ ...headers, host }).map(([name, value]) => `${name}: ${String(value)}`)
    upstream.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    upstream.write(head)
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
    client.pipe(upstream).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    /** Holds the next request to that path or below it, or its answer, which comes after it was done. */
    hold(method: string, path: string, part: Hold['part']): Held {
      const hold = newHold(method, path, part)
      holds.push(hold)
      return hold
    },
    /** Cuts every connection; held requests are lost. */
    cut,
    /** Lets nobody through until it is up again. */
    down() {
      server.close()
      cut()
    },
    async up() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    close() {
      cut()
      server.close()
    },
  }
}
