import { once } from 'node:events'
import { decode, encode } from '@msgpack/msgpack'
import type { Socket } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

/** How a connection encodes its frames: as JSON, or as MessagePack if the handshake requests it. */
export type Encoding = 'json' | 'msgpack'

/**
 * The server's side of Alpaca's market-data handshake: accepts any keys, and hands over the socket once
 * something was subscribed, with the connection below it. On a free port of this machine.
 */
export async function openStreamServer(
  onSubscribed: (socket: WebSocket, encoding: Encoding, connection: Socket) => void,
): Promise<{ port: number; close: () => void }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket, { headers, socket: connection }) => {
    const encoding = headers['content-type'] === 'application/msgpack' ? 'msgpack' : 'json'
    const say = (message: object) =>
      socket.send(encoding === 'json' ? JSON.stringify([message]) : encode([message]))
    let isSubscribed = false
    say({ T: 'success', msg: 'connected' })
    socket.on('message', (data: Buffer) => {
      const read: unknown = encoding === 'json' ? JSON.parse(data.toString()) : decode(data)
      const { action, ...lists } = read as { action: string }
      if (action === 'auth') say({ T: 'success', msg: 'authenticated' })
      if (action !== 'subscribe') return
      say({ T: 'subscription', ...lists })
      if (!isSubscribed) onSubscribed(socket, encoding, connection)
      isSubscribed = true
    })
  })
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the server has no port')
  return { port: address.port, close: () => server.close() }
}
