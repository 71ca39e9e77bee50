import type { WebSocket } from 'ws'
import { areDemoKeys } from '../keys.ts'

const STREAMS = ['trade_updates']

type Fields = Readonly<Record<string, unknown>>

/** The fields of an object; of anything else, none. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

function read(data: Buffer): Fields {
  try {
    return fieldsOf(JSON.parse(data.toString()))
  } catch {
    return {}
  }
}

/** Both of Alpaca's ways to say who one is. */
function hasDemoKeys(message: Fields): boolean {
  const { key_id: keyId, secret_key: secretKey } = fieldsOf(message['data'])
  return areDemoKeys(keyId, secretKey) || areDemoKeys(message['key'], message['secret'])
}

/** Serves one client of `/stream`: authentication and the choice of streams. Frames are binary, as on paper. */
export function serveTradeUpdates(socket: WebSocket): void {
  let authorized = false
  const say = (message: unknown) => socket.send(Buffer.from(JSON.stringify(message)))

  socket.on('message', (data: Buffer) => {
    const message = read(data)
    const action = message['action']
    if (action === 'authenticate' || action === 'auth') {
      authorized = hasDemoKeys(message)
      const status = authorized ? 'authorized' : 'unauthorized'
      const reason = authorized ? {} : { message: 'access key verification failed' }
      say({ stream: 'authorization', data: { action: 'authenticate', status, ...reason } })
    } else if (action === 'listen' && !authorized) {
      say({ stream: 'authorization', data: { action: 'listen', status: 'unauthorized' } })
    } else if (action === 'listen') {
      const asked = fieldsOf(message['data'])['streams']
      const streams = Array.isArray(asked) ? STREAMS.filter((stream) => asked.includes(stream)) : []
      say({ stream: 'listening', data: { streams } })
    }
  })
}
