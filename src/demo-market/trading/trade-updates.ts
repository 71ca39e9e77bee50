import type { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import type { FaultBoard } from '../faults.ts'
import type { KeyCheck } from '../keys.ts'

const STREAMS = ['trade_updates']

type Fields = Readonly<Record<string, unknown>>

/** The fields of an object; none for anything else. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

function read(data: Buffer): Fields {
  try {
    return fieldsOf(JSON.parse(data.toString()))
  } catch {
    return {}
  }
}

/** Whether the message carries the account's keys, in either of Alpaca's two forms. */
function hasKeys(message: Fields, areKeys: KeyCheck): boolean {
  const { key_id: keyId, secret_key: secretKey } = fieldsOf(message['data'])
  return areKeys(keyId, secretKey) || areKeys(message['key'], message['secret'])
}

/**
 * The stream of order updates: any number of clients, each of which gets all of them. Frames are binary, as
 * on paper.
 */
export class TradeUpdates {
  readonly #clock: Clock
  readonly #faults: FaultBoard
  readonly #areKeys: KeyCheck
  readonly #listening = new Set<WebSocket>()
  readonly #sockets = new Set<WebSocket>()
  /** An update held back so that the next one overtakes it. */
  #overtaken: Buffer | undefined

  constructor(clock: Clock, faults: FaultBoard, areKeys: KeyCheck) {
    this.#clock = clock
    this.#faults = faults
    this.#areKeys = areKeys
  }

  /** Serves one client: authentication and the choice of streams. */
  accept(socket: WebSocket): void {
    this.#sockets.add(socket)
    socket.on('error', () => socket.terminate()) // without a listener, a bad frame would end the process
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#listening.delete(socket)
    })
    let authorized = false
    const say = (message: unknown) => socket.send(Buffer.from(JSON.stringify(message)))
    socket.on('message', (data: Buffer) => {
      const message = read(data)
      const action = message['action']
      if (action === 'authenticate' || action === 'auth') {
        authorized = hasKeys(message, this.#areKeys)
        const status = authorized ? 'authorized' : 'unauthorized'
        const reason = authorized ? {} : { message: 'access key verification failed' }
        say({ stream: 'authorization', data: { action: 'authenticate', status, ...reason } })
      } else if (action === 'listen' && !authorized) {
        say({ stream: 'authorization', data: { action: 'listen', status: 'unauthorized' } })
      } else if (action === 'listen') {
        const asked = fieldsOf(message['data'])['streams']
        const streams = Array.isArray(asked) ? STREAMS.filter((stream) => asked.includes(stream)) : []
        if (streams.length > 0) this.#listening.add(socket)
        else this.#listening.delete(socket)
        say({ stream: 'listening', data: { streams } })
      }
    })
  }

  /**
   * Sends an update to every listener; faults may double it, delay it, let the next one overtake it, or lose
   * it.
   */
  publish(update: object): void {
    const frame = Buffer.from(JSON.stringify({ stream: 'trade_updates', data: update }))
    if (this.#faults.take('lose-updates')) return
    if (this.#overtaken === undefined && this.#faults.take('swap-updates')) {
      this.#overtaken = frame
      return
    }
    const late = this.#overtaken
    this.#overtaken = undefined
    for (const each of late === undefined ? [frame] : [frame, late]) this.#send(each)
  }

  /** Sends the update that was held back; nothing can overtake it now. */
  recover(): void {
    const late = this.#overtaken
    this.#overtaken = undefined
    if (late !== undefined) this.#send(late)
  }

  /** Ends every connection immediately. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.terminate()
  }

  #send(frame: Buffer): void {
    const copies = this.#faults.take('duplicate-updates') ? 2 : 1
    const late = this.#faults.take('delay-updates')
    const go = () => {
      for (const socket of this.#listening) for (let nth = 0; nth < copies; nth++) socket.send(frame)
    }
    if (late === undefined) go()
    else this.#clock.after(late.ms, go)
  }
}
