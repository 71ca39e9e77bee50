import { once } from 'node:events'
import { WebSocketServer, type WebSocket } from 'ws'

/**
 * The server's half of Alpaca's market-data handshake: takes any keys, and hands the socket over once something was
 * subscribed. On a free port of this machine.
 */
export async function openStreamServer(
  onSubscribed: (socket: WebSocket) => void,
): Promise<{ port: number; close: () => void }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => {
    const say = (message: object) => socket.send(JSON.stringify([message]))
    let isSubscribed = false
    say({ T: 'success', msg: 'connected' })
    socket.on('message', (data: Buffer) => {
      const { action, ...lists } = JSON.parse(data.toString()) as { action: string }
      if (action === 'auth') say({ T: 'success', msg: 'authenticated' })
      if (action !== 'subscribe') return
      say({ T: 'subscription', ...lists })
      if (!isSubscribed) onSubscribed(socket)
      isSubscribed = true
    })
  })
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the server has no port')
  return { port: address.port, close: () => server.close() }
}
