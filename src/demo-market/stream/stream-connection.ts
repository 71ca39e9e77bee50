import type { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import type { FaultBoard } from '../faults.ts'
import type { SentLedger } from '../sent.ts'
import type { Codec } from './codec.ts'
import type { StreamFeed, TapeMessage } from './messages.ts'
import { errorMessage, type StreamErrorCode } from './stream-error.ts'
import { readChange, RefusedRequest, Subscriptions } from './subscriptions.ts'

const AUTH_TIMEOUT_MS = 10_000
const MESSAGES_A_FRAME = 250
/** A client that leaves this much unread gets the error "slow client" and is disconnected. */
const SLOW_CLIENT_BYTES = 32 * 1024 * 1024

/** What a connection needs from its server. */
export interface StreamHost {
  readonly clock: Clock
  readonly faults: FaultBoard
  readonly ledger: SentLedger
  /** What is wrong with these keys on this connection now; undefined if it may continue. */
  readonly refusalOf: (
    connection: StreamConnection,
    key: unknown,
    secret: unknown,
  ) => StreamErrorCode | undefined
  readonly log: (line: string) => void
}

/** One client of the market-data stream: its handshake, its subscriptions and its messages. */
export class StreamConnection {
  readonly feed: StreamFeed
  readonly subscriptions: Subscriptions
  authenticated = false
  /** Nothing is sent and pings are not answered, but the socket stays open. */
  stalled = false
  /** Symbols without data; '*' means all. */
  readonly muted = new Set<string>()
  readonly #socket: WebSocket
  readonly #codec: Codec
  readonly #host: StreamHost
  #stopWaiting = () => {}

  constructor(socket: WebSocket, feed: StreamFeed, codec: Codec, host: StreamHost) {
    this.feed = feed
    this.subscriptions = new Subscriptions(feed)
    this.#socket = socket
    this.#codec = codec
    this.#host = host
    socket.on('ping', (data: Buffer) => {
      if (!this.stalled) socket.pong(data)
    })
    socket.on('message', (data: Buffer) => this.#receive(data))
    socket.on('close', () => this.#stopWaiting())
    socket.on('error', ({ message }) => host.log(`${feed}: ${message}`))
  }

  /** Starts the handshake. Keys sent as headers with the upgrade need no auth message. */
  greet(headerKeys: { key: unknown; secret: unknown } | undefined): void {
    const greeting = this.#host.faults.active('delay-handshake')
    if (this.#cutAt('greeting')) return
    const greet = () => {
      this.#say('{"T":"success","msg":"connected"}')
      this.#host.ledger.connections++
      this.#stopWaiting = this.#host.clock.after(AUTH_TIMEOUT_MS, () => this.fail(404))
      if (headerKeys !== undefined) this.#authenticate(headerKeys)
    }
    if (greeting === undefined) greet()
    else this.#stopWaiting = this.#host.clock.after(greeting.ms, greet)
  }

  /** Sends what this client subscribed to. */
  deliver(messages: readonly TapeMessage[]): void {
    if (!this.authenticated || this.stalled || this.subscriptions.empty) return
    const mine = messages.filter(
      ({ channel, symbol }) =>
        this.subscriptions.has(channel, symbol) && !this.muted.has(symbol) && !this.muted.has('*'),
    )
    for (let at = 0; at < mine.length; at += MESSAGES_A_FRAME)
      this.#count(mine.slice(at, at + MESSAGES_A_FRAME))
    if (this.#socket.bufferedAmount > SLOW_CLIENT_BYTES) this.fail(407)
  }

  /** Sends what this client subscribed to, all in one frame. */
  deliverAtOnce(messages: readonly TapeMessage[]): void {
    if (this.authenticated && !this.stalled) {
      this.#count(messages.filter(({ channel, symbol }) => this.subscriptions.has(channel, symbol)))
    }
  }

  /** Sends a frame unchanged, readable or not. */
  sendRaw(frame: string): void {
    if (this.authenticated && !this.stalled) this.#send(frame)
  }

  /** Reports the error and ends the connection. */
  fail(code: StreamErrorCode): void {
    this.#say(errorMessage(code))
    this.#socket.close(1000)
  }

  close(code: number): void {
    this.#socket.close(code)
  }

  terminate(): void {
    this.#socket.terminate()
  }

  #receive(data: Buffer): void {
    if (this.stalled) return
    const message = this.#read(data)
    if (message === undefined) return this.#say(errorMessage(400))
    switch (message['action']) {
      case 'auth':
        return this.#authenticate({ key: message['key'], secret: message['secret'] })
      case 'subscribe':
      case 'unsubscribe':
        return this.#change(message['action'], message)
      default:
        return this.#say(errorMessage(this.authenticated ? 400 : 401))
    }
  }

  #read(data: Buffer): Readonly<Record<string, unknown>> | undefined {
    try {
      const message = this.#codec.read(data)
      if (typeof message !== 'object' || message === null || Array.isArray(message)) return undefined
      // oxlint-disable-next-line no-unsafe-type-assertion -- any object can be read by its keys
      return message as Record<string, unknown>
    } catch {
      return undefined
    }
  }

  #authenticate({ key, secret }: { key: unknown; secret: unknown }): void {
    if (this.#cutAt('auth')) return
    if (this.authenticated) return this.#say(errorMessage(403))
    const refusal = this.#host.refusalOf(this, key, secret)
    // While another connection holds the slot, a client may try again on the same socket.
    if (refusal === 406) return this.#say(errorMessage(406))
    if (refusal !== undefined) return this.fail(refusal)
    this.#stopWaiting()
    this.authenticated = true
    this.#say('{"T":"success","msg":"authenticated"}')
    this.#host.log(`${this.feed}: a client came`)
    this.#socket.once('close', () => this.#host.log(`${this.feed}: a client left`))
  }

  #change(action: 'subscribe' | 'unsubscribe', message: Readonly<Record<string, unknown>>): void {
    if (this.#cutAt('subscribe')) return
    if (!this.authenticated) return this.#say(errorMessage(401))
    try {
      const change = readChange(message, this.feed)
      const limit = this.#host.faults.active('symbol-limit')?.limit ?? Infinity
      if (action === 'subscribe') this.subscriptions.subscribe(change, limit)
      else this.subscriptions.unsubscribe(change)
      this.#say(JSON.stringify(this.subscriptions.acknowledgement()))
    } catch (refusal) {
      if (!(refusal instanceof RefusedRequest)) throw refusal
      this.#say(errorMessage(refusal.code))
    }
  }

  #cutAt(step: 'greeting' | 'auth' | 'subscribe'): boolean {
    if (this.#host.faults.active('close-in-handshake')?.at !== step) return false
    this.#host.faults.take('close-in-handshake')
    this.#socket.terminate()
    return true
  }

  #count(messages: readonly TapeMessage[]): void {
    if (messages.length === 0) return
    const { ledger } = this.#host
    for (const { channel, symbol, unchanged } of messages) {
      ledger.message(channel, symbol)
      if (unchanged === true) ledger.unchangedQuotes++
    }
    this.#send(this.#codec.frame(messages.map(({ json }) => json)))
  }

  #say(message: string): void {
    if (!this.stalled) this.#send(this.#codec.frame([message]))
  }

  #send(frame: string | Uint8Array): void {
    const { ledger, faults } = this.#host
    if (this.#socket.readyState !== this.#socket.OPEN) return
    ledger.frames++
    ledger.bytes += frame.length
    const size = faults.active('fragment')?.bytes ?? Infinity
    const binary = typeof frame !== 'string'
    let at = 0
    for (; frame.length - at > size; at += size) {
      this.#socket.send(frame.slice(at, at + size), { binary, fin: false })
    }
    this.#socket.send(at === 0 ? frame : frame.slice(at), { binary, fin: true })
  }
}
