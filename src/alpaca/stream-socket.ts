import WebSocket, { type RawData } from 'ws'
import { machineClock } from './clock.ts'
import {
  nextConnection,
  statusOf,
  type Backoff,
  type StreamState,
  type ConnectionEvent,
} from './connection.ts'
import type { AlpacaLog } from './log.ts'
import type { ConnectionMessage, StreamProblem, StreamStatus } from './messages.ts'
import type { CleanText } from './server-text.ts'
import { networkProblem, unreachableProblem, upgradeProblem } from './stream-problem.ts'

/** A stream's timeouts, ms. */
export interface StreamTiming extends Backoff {
  readonly connectTimeoutMs: number
  /** From the open socket to accepted keys; Alpaca itself allows 10 s. */
  readonly authTimeoutMs: number
  /** From a subscription change to its answer. */
  readonly answerTimeoutMs: number
  /** A socket that answers none of three pings is dead: detected within three to four intervals. */
  readonly pingIntervalMs: number
  /** How long a polite close may take before the socket is terminated. */
  readonly closeGraceMs: number
}

/** The streams' timeouts unless a test sets others. */
export const STREAM_TIMING: StreamTiming = {
  firstMs: 1_000,
  maxMs: 60_000,
  healthyMs: 30_000,
  refusedMs: 5_000,
  connectTimeoutMs: 10_000,
  authTimeoutMs: 10_000,
  answerTimeoutMs: 10_000,
  pingIntervalMs: 3_500,
  closeGraceMs: 1_000,
}

/** A stream's options, for tests. */
export interface StreamOptions {
  readonly timing?: Partial<StreamTiming>
  /** Between 0 and 1, for the jitter; Math.random if absent. */
  readonly random?: () => number
  /** Epoch ms; this machine's if absent. */
  readonly clock?: () => number
}

/** The protocol spoken over the socket; {@link StreamSocket} knows none of it. */
export interface StreamProtocol {
  /** The socket is open; time to send the keys, or to wait for a greeting. */
  opened(): void
  frame(text: string, receivedAt: number): void
  /** The socket is gone: nothing sent or received over it counts from now on. */
  closed(): void
  /** Cleans what the server wrote. */
  clean: CleanText
  /** The connection changed, or something was rejected. */
  report(message: ConnectionMessage): void
}

/** A larger frame cannot be market data; 10,000 messages are under 2 MB. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024

const UNANSWERED_PINGS = 3

/**
 * One socket that is kept alive: connects, detects silence, disconnects and reconnects.
 * {@link nextConnection} decides when; this class only carries it out. A new socket is opened only once the
 * old one is closed.
 */
export class StreamSocket {
  readonly #url: string
  readonly #protocol: StreamProtocol
  readonly #log: AlpacaLog
  readonly #timing: StreamTiming
  readonly #random: () => number
  readonly #clock: () => number
  #now: StreamState = { kind: 'idle' }
  #socket: WebSocket | undefined
  #stateTimer: NodeJS.Timeout | undefined
  #pingTimer: NodeJS.Timeout | undefined
  #retryAt: number | undefined
  #unansweredPings = 0
  #established = 0
  #bytes = 0
  #whenClosed: (() => void)[] = []

  constructor(url: string, protocol: StreamProtocol, log: AlpacaLog, options: StreamOptions) {
    this.#url = url
    this.#protocol = protocol
    this.#log = log
    this.#timing = { ...STREAM_TIMING, ...options.timing }
    this.#random = options.random ?? Math.random
    this.#clock = options.clock ?? machineClock
  }

  /** The connection's status as reported to the outside. */
  get status(): StreamStatus {
    return statusOf(this.#now)
  }

  /** The timeouts in force. */
  get timing(): StreamTiming {
    return this.#timing
  }

  /** Bytes received since the start, excluding the socket's own overhead. */
  get bytes(): number {
    return this.#bytes
  }

  /** How often the connection was made again after the first time. */
  get reconnects(): number {
    return Math.max(0, this.#established - 1)
  }

  /** Epoch ms, by the clock in force. */
  now(): number {
    return this.#clock()
  }

  /** Connects, unless it is already connected or connecting. */
  connect(): void {
    this.happened({ kind: 'connect-asked' })
  }

  /** Disconnects for good; resolves when the socket is closed. */
  async close(): Promise<void> {
    this.happened({ kind: 'close-asked' })
    if (!this.#socket) return
    await new Promise<void>((resolve) => this.#whenClosed.push(resolve))
  }

  /** Disconnects and reconnects immediately, without a delay; does nothing on a closed stream. */
  redial(reason: string): void {
    this.#log.info({ reason }, 'Reconnecting the stream')
    this.happened({ kind: 'redial-asked' })
  }

  /** Sends JSON; dropped while there is no open socket, because a new connection starts over anyway. */
  send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  /** Disconnects because of a problem, which tells whether to retry. */
  fail(problem: StreamProblem): void {
    this.happened({ kind: 'failed', at: this.#clock(), problem })
  }

  /** Handles an event: enters the next state and does what it requires. */
  happened(event: ConnectionEvent): void {
    const before = this.#now
    const now = nextConnection(before, event, this.#timing)
    if (now === before) return
    this.#now = now
    if (now.kind === 'authenticated' && before.kind === 'connected') this.#established += 1
    this.#enter(now)
  }

  /** Reports the current state to the protocol, with the rejection, if any. `at` is when the state began. */
  report(refused?: StreamProblem, at = this.#clock()): void {
    const now = this.#now
    const problem = refused ?? problemOf(now)
    const attempt = now.kind === 'waiting' || now.kind === 'dialling' ? now.attempt : 0
    this.#protocol.report({
      type: 'connection',
      status: statusOf(now),
      at,
      attempt,
      ...(this.#retryAt !== undefined && { retryAt: this.#retryAt }),
      ...(problem && { problem }),
    })
  }

  /** Enters a state. Reports come last: a handler may respond with a call that leads to the next state. */
  #enter(now: StreamState): void {
    clearTimeout(this.#stateTimer)
    this.#retryAt = undefined
    switch (now.kind) {
      case 'idle':
        if (now.problem) this.#log.error({ problem: now.problem }, now.problem.message)
        return this.report()
      case 'waiting':
        this.#log.warn({ problem: now.problem, attempt: now.attempt }, now.problem.message)
        return this.#wait(now.delayMs)
      case 'dialling':
        this.#dial()
        return this.report()
      case 'connected':
        this.#expect('authentication', this.#timing.authTimeoutMs)
        this.#startPings()
        this.#protocol.opened()
        return this.report()
      case 'authenticated':
      case 'subscribed':
        return this.report()
      case 'leaving':
        this.#hangUp(now.next.kind === 'stop' && !now.next.problem)
        return now.next.kind === 'dial' ? this.report() : undefined
      default:
        return now satisfies never
    }
  }

  /** Begins a pause and reports it, both by one reading of the clock. */
  #wait(delayMs: number): void {
    const at = this.#clock()
    const jittered = Math.round(delayMs * (0.8 + 0.4 * this.#random()))
    this.#retryAt = at + jittered
    this.#stateTimer = setTimeout(() => this.happened({ kind: 'retry-due' }), jittered)
    this.report(undefined, at)
  }

  #expect(what: string, withinMs: number): void {
    this.#stateTimer = setTimeout(
      () => this.fail(networkProblem(`No ${what} from the stream server within ${withinMs / 1_000} s`)),
      withinMs,
    )
  }

  #dial(): void {
    this.#expect('connection', this.#timing.connectTimeoutMs)
    // Bytes that are not UTF-8 are a malformed frame to be skipped, not a reason to lose the connection.
    const socket = new WebSocket(this.#url, {
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      skipUTF8Validation: true,
    })
    this.#socket = socket
    let problem: StreamProblem | undefined
    socket.on('open', () => this.happened({ kind: 'opened' }))
    socket.on('message', (data) => this.#received(data))
    socket.on('pong', () => (this.#unansweredPings = 0))
    socket.on('unexpected-response', (_request, response) => {
      problem = upgradeProblem(response.statusCode ?? 0)
      socket.terminate()
    })
    socket.on('error', (cause) => (problem ??= unreachableProblem(cause)))
    socket.on('close', (code, reason) => {
      this.#closed(
        problem ?? networkProblem(`Connection closed (${this.#protocol.clean(closeText(code, reason))})`),
      )
    })
  }

  #received(data: RawData): void {
    const receivedAt = this.#clock()
    this.#unansweredPings = 0
    // ws passes Buffers unless its binaryType is changed; what arrives while we disconnect is ignored.
    if (this.#now.kind === 'leaving' || !Buffer.isBuffer(data)) return
    this.#bytes += data.length
    this.#protocol.frame(data.toString(), receivedAt)
  }

  #closed(problem: StreamProblem): void {
    clearInterval(this.#pingTimer)
    this.#socket = undefined
    this.#protocol.closed()
    const waiting = this.#whenClosed
    this.#whenClosed = []
    this.happened({ kind: 'closed', at: this.#clock(), problem })
    for (const resolve of waiting) resolve()
  }

  #hangUp(politely: boolean): void {
    if (!politely) return this.#socket?.terminate()
    this.#socket?.close(1000)
    this.#stateTimer = setTimeout(() => this.#socket?.terminate(), this.#timing.closeGraceMs)
  }

  #startPings(): void {
    this.#unansweredPings = 0
    this.#pingTimer = setInterval(() => {
      if (this.#unansweredPings >= UNANSWERED_PINGS) {
        this.fail(networkProblem('Connection silent: pings unanswered'))
        return
      }
      this.#unansweredPings += 1
      this.#socket?.ping()
    }, this.#timing.pingIntervalMs)
  }
}

const problemOf = (now: StreamState): StreamProblem | undefined =>
  now.kind === 'idle' || now.kind === 'waiting' ? now.problem : undefined

function closeText(code: number, reason: Buffer): string {
  const text = reason.toString()
  return text === '' ? String(code) : `${code} ${text}`
}
