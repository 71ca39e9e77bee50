import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { FaultBoard } from './faults.ts'
import { admit, Refusal } from './server/index.ts'
import { STREAM_FEEDS, type StreamServer } from './stream/index.ts'
import type { SimTrading } from './trading/index.ts'

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}

/** Connects websockets to the stream they request; returns a function that ends them all. */
export function serveUpgrades(
  server: Server,
  { stream, trading, faults }: { stream: StreamServer; trading: SimTrading; faults: FaultBoard },
): () => void {
  // We send pongs ourselves: a stalled stream sends none.
  const sockets = new WebSocketServer({ noServer: true, autoPong: false })
  const updates = new WebSocketServer({ noServer: true })

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const url = admit(request)
    if (url instanceof Refusal) return refuse(socket, url.status)
    const path = url.pathname
    const feed = STREAM_FEEDS.find((name) => path === `/v2/${name}`)
    const refused = faults.take('refuse-upgrade')
    if (refused !== undefined) return refuse(socket, refused.status)
    if (faults.active('close-in-handshake')?.at === 'upgrade') {
      faults.take('close-in-handshake')
      return void socket.destroy()
    }
    if (feed !== undefined) {
      sockets.handleUpgrade(request, socket, head, (webSocket) => stream.accept(webSocket, feed, request))
    } else if (path === '/stream') {
      const down = faults.take('refuse-trade-stream')
      if (down !== undefined) return refuse(socket, down.status)
      updates.handleUpgrade(request, socket, head, (webSocket) => trading.accept(webSocket))
    } else refuse(socket, 404)
  })

  return () => {
    for (const client of [...sockets.clients, ...updates.clients]) client.terminate()
  }
}
