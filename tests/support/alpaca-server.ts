import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { Inbox } from './inbox.ts'

/** A call that reached the server. */
export interface ReceivedCall {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** The server's answer to one call. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, text as it is. */
  readonly body?: unknown
  /** `before`: the connection is cut without an answer; `within`: in the middle of the body. */
  readonly cut?: 'before' | 'within'
  /** `before`: nothing is ever answered; `within`: nothing after the first half of the body. */
  readonly stall?: 'before' | 'within'
}

type Answer = Reply | ((call: ReceivedCall) => Reply)

/** Answer to the next attempt to connect to a stream: an HTTP status, a cut connection, or none. */
export type UpgradeReply = number | 'cut' | 'stall'

/** One stream connection, from the server's side. */
export class Session {
  readonly received = new Inbox<Record<string, unknown>>()
  /** Resolves with the close code: 1000 if the client closed properly, 1006 if it just disappeared. */
  readonly closed: Promise<number>
  readonly #socket: WebSocket
  #silent = false

  constructor(socket: WebSocket) {
    this.#socket = socket
    this.closed = new Promise((resolve) => socket.once('close', (code: number) => resolve(code)))
    socket.on('ping', (data) => {
      if (!this.#silent) socket.pong(data)
    })
  }

  /** Sends JSON, or text and bytes as they are. */
  send(message: object | string | Uint8Array): void {
    if (typeof message === 'string' || message instanceof Uint8Array) this.#socket.send(message)
    else this.#socket.send(JSON.stringify(message))
  }

  /** Sends bytes in a text frame, whether they are text or not. */
  sendAsText(bytes: Uint8Array): void {
    this.#socket.send(bytes, { binary: false })
  }

  /** Sends one message in fragments of so many characters. */
  sendFragmented(text: string, size: number): void {
    for (let from = 0; from < text.length; from += size) {
      this.#socket.send(text.slice(from, from + size), { fin: from + size >= text.length })
    }
  }

  close(code = 1000, reason = ''): void {
    this.#socket.close(code, reason)
  }

  /** Cuts the connection without a close frame. */
  cut(): void {
    this.#socket.terminate()
  }

  /** Resolves with the next ping. */
  async pinged(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.once('ping', () => resolve()))
  }

  /** Resolves when the other side has handled everything sent so far, which it proves by answering a ping. */
  async settled(): Promise<void> {
    const pong = new Promise<void>((resolve) => this.#socket.once('pong', () => resolve()))
    this.#socket.ping()
    await pong
  }

  /** Stops answering, even pings, and keeps the connection: a half-open socket. */
  fallSilent(): void {
    this.#silent = true
  }

  /** Stops reading, so that not even a close from the other side is noticed. */
  stopReading(): void {
    this.#socket.pause()
  }
}

/** A stream of the server: it greets and authenticates as Alpaca does, unless the test takes over. */
export class StreamHost {
  readonly sessions = new Inbox<Session>()
  /** Answers to the next attempts to connect; one entry each. */
  readonly upgrades: UpgradeReply[] = []
  /** Called before the default answer; true means that the test has answered. */
  intercept: (message: Record<string, unknown>, session: Session) => boolean = () => false
  /** Sends the greeting of a new connection. */
  greet: (session: Session) => void = () => {}
  /** Sends the default answer. */
  respond: (message: Record<string, unknown>, session: Session) => void = () => {}

  accept(socket: WebSocket): void {
    const session = new Session(socket)
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Record<string, unknown>
      if (!this.intercept(message, session)) this.respond(message, session)
      session.received.add(message)
    })
    this.greet(session)
    this.sessions.add(session)
  }

  /** The n-th connection, from 0, as soon as it is made. */
  async session(n: number): Promise<Session> {
    return (await this.sessions.count(n + 1))[n]!
  }
}

const KEY = 'PKTEST0000000000000'
const SECRET = 'test-secret-0123456789'
const CHANNELS = ['trades', 'quotes', 'bars', 'updatedBars', 'dailyBars', 'statuses', 'lulds', 'imbalances']

/** A small Alpaca for tests: real HTTP and websockets on a free local port, with behavior set by the test. */
export class AlpacaServer {
  readonly calls = new Inbox<ReceivedCall>()
  readonly stream = new StreamHost()
  readonly tradeUpdates = new StreamHost()
  readonly #answers = new Map<string, Answer[]>()
  readonly #http = createServer((request, response) => void this.#serve(request, response))
  readonly #sockets = new Set<Duplex>()
  #port = 0
  readonly #upgrader = new WebSocketServer({ noServer: true, autoPong: false })

  static async start(): Promise<AlpacaServer> {
    const server = new AlpacaServer()
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve))
    server.#port = (server.#http.address() as AddressInfo).port
    return server
  }

  constructor() {
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.stream.greet = (session) => session.send([{ T: 'success', msg: 'connected' }])
    this.stream.respond = respondAsMarketData()
    this.tradeUpdates.respond = respondAsTradeUpdates
  }

  /** The environment that points a client at this server. */
  get environment(): Record<string, string> {
    return {
      ALPACA_API_KEY: KEY,
      ALPACA_API_SECRET: SECRET,
      ALPACA_BASE_URL: `http://127.0.0.1:${this.#port}`,
      ALPACA_DATA_URL: `http://127.0.0.1:${this.#port}`,
      ALPACA_WS_URL: `ws://127.0.0.1:${this.#port}/v2/iex`,
    }
  }

  /** Sets the answers to a route such as `GET /v2/account`, one call each; the last one is repeated. */
  answer(route: string, ...answers: Answer[]): void {
    this.#answers.set(route, answers)
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#http.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    const route = `${call.method} ${call.path}`
    const queue = this.#answers.get(route)
    const answer = queue && queue.length > 1 ? queue.shift() : queue?.[0]
    const reply = typeof answer === 'function' ? answer(call) : answer
    this.calls.add(call)
    send(response, reply ?? { status: 404, body: { code: 40410000, message: `no answer for ${route}` } })
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const host = request.url?.startsWith('/v2/') ? this.stream : this.tradeUpdates
    const reply = host.upgrades.shift()
    if (reply === 'cut') socket.destroy()
    else if (typeof reply === 'number') socket.end(`HTTP/1.1 ${reply} Refused\r\nContent-Length: 0\r\n\r\n`)
    else if (reply === undefined) {
      this.#upgrader.handleUpgrade(request, socket, head, (accepted) => host.accept(accepted))
    }
  }
}

async function readCall(request: IncomingMessage): Promise<ReceivedCall> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const url = new URL(request.url ?? '/', 'http://localhost')
  const text = Buffer.concat(chunks).toString()
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

function send(response: ServerResponse, { status = 200, headers, body, cut, stall }: Reply): void {
  if (cut === 'before') return void response.socket?.destroy()
  if (stall === 'before') return
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-request-id': 'req-1',
    ...(text !== '' && { 'content-length': Buffer.byteLength(text) }),
    ...headers,
  })
  if (!cut && !stall) return void response.end(text)
  response.write(text.slice(0, text.length / 2), () => {
    if (cut) response.socket?.destroy()
  })
}

/** Authenticates, and answers every change with the complete set, as the market-data stream does. */
function respondAsMarketData(): StreamHost['respond'] {
  const sets = new WeakMap<Session, Map<string, Set<string>>>()
  return (message, session) => {
    if (message['action'] === 'auth') {
      const good = message['key'] === KEY && message['secret'] === SECRET
      const answer = good
        ? { T: 'success', msg: 'authenticated' }
        : { T: 'error', code: 402, msg: 'auth failed' }
      return session.send([answer])
    }
    const set = sets.get(session) ?? new Map<string, Set<string>>()
    sets.set(session, set)
    for (const channel of CHANNELS) {
      const symbols = set.get(channel) ?? new Set<string>()
      for (const symbol of (message[channel] ?? []) as string[]) {
        if (message['action'] === 'subscribe') symbols.add(symbol)
        else symbols.delete(symbol)
      }
      set.set(channel, symbols)
    }
    const lists = Object.fromEntries([...set].map(([channel, symbols]) => [channel, [...symbols]]))
    session.send([{ T: 'subscription', ...lists }])
  }
}

/** Authorizes both forms of the auth message and acknowledges `listen`, in binary frames as paper does. */
function respondAsTradeUpdates(message: Record<string, unknown>, session: Session): void {
  const binary = (value: object): void => session.send(Buffer.from(JSON.stringify(value)))
  const data = (message['data'] ?? {}) as Record<string, unknown>
  if (message['action'] === 'listen') {
    return binary({ stream: 'listening', data: { streams: data['streams'] } })
  }
  const key = data['key_id'] ?? message['key']
  const secret = data['secret_key'] ?? message['secret']
  const status = key === KEY && secret === SECRET ? 'authorized' : 'unauthorized'
  binary({ stream: 'authorization', data: { action: 'authenticate', status } })
}
