import { WebSocket } from 'ws'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { Inbox } from './inbox.ts'

/** A message of the market-data stream as sent on the wire. */
export type WireMessage = Readonly<Record<string, unknown>> & { readonly T: string }

const keysOf = ({ environment }: DemoMarket) => ({
  key: environment['ALPACA_API_KEY'] ?? '',
  secret: environment['ALPACA_API_SECRET'] ?? '',
})

const isMessage = (value: unknown): value is WireMessage =>
  typeof value === 'object' && value !== null && 'T' in value

/** A bare websocket to a demo market's stream, without any of our library in between. */
export class DemoClient {
  readonly messages = new Inbox<WireMessage>()
  /** Every frame as text. */
  readonly frames = new Inbox<string>()
  /** The close code of the connection. */
  readonly closed: Promise<number>
  readonly socket: WebSocket
  readonly #keys: { readonly key: string; readonly secret: string }

  constructor(
    market: DemoMarket,
    feed: 'iex' | 'sip' | 'delayed_sip' | 'test' = 'iex',
    headers: Record<string, string> = {},
  ) {
    this.#keys = keysOf(market)
    this.socket = new WebSocket(market.urls.wsUrl(feed), { headers })
    this.closed = new Promise((resolve) => this.socket.once('close', resolve))
    this.socket.on('error', () => {})
    this.socket.on('message', (data: Buffer) => this.#receive(data.toString()))
  }

  /** Connects and authenticates. */
  static async authenticated(
    market: DemoMarket,
    feed: 'iex' | 'sip' | 'delayed_sip' | 'test' = 'iex',
  ): Promise<DemoClient> {
    const client = new DemoClient(market, feed)
    await client.control('connected')
    client.authenticate()
    await client.control('authenticated')
    return client
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  authenticate(keys: Partial<{ key: string; secret: string }> = {}): void {
    this.send({ action: 'auth', ...this.#keys, ...keys })
  }

  /** Subscribes, and waits for the answer. */
  async subscribe(channels: Readonly<Record<string, readonly string[]>>): Promise<WireMessage> {
    return this.#change('subscribe', channels)
  }

  async unsubscribe(channels: Readonly<Record<string, readonly string[]>>): Promise<WireMessage> {
    return this.#change('unsubscribe', channels)
  }

  /** Waits for the greeting, or for the message that the keys are accepted. */
  control(msg: string): Promise<WireMessage> {
    return this.messages.until((message) => message['msg'] === msg)
  }

  error(code: number): Promise<WireMessage> {
    return this.messages.until((message) => message.T === 'error' && message['code'] === code)
  }

  of(type: string): readonly WireMessage[] {
    return this.messages.items.filter(({ T }) => T === type)
  }

  /** Resolves when the server has handled everything sent so far. */
  async settled(): Promise<void> {
    const pong = new Promise((resolve) => this.socket.once('pong', resolve))
    this.socket.ping()
    await pong
  }

  async #change(action: string, channels: Readonly<Record<string, readonly string[]>>): Promise<WireMessage> {
    const before = this.messages.items.length
    this.send({ action, ...channels })
    return this.messages.until(({ T }) => T === 'subscription' || T === 'error', before)
  }

  #receive(text: string): void {
    this.frames.add(text)
    try {
      const parsed: unknown = JSON.parse(text)
      for (const message of Array.isArray(parsed) ? (parsed as unknown[]) : []) {
        if (isMessage(message)) this.messages.add(message)
      }
    } catch {
      // A frame that was broken on purpose stays in `frames`.
    }
  }
}

/** Sends a request to a demo market's REST API, with valid keys unless other headers are given. */
export async function ask(
  market: DemoMarket,
  path: string,
  headers?: Record<string, string>,
): Promise<Response> {
  const { key, secret } = keysOf(market)
  return fetch(market.urls.dataUrl + path, {
    headers: headers ?? { 'APCA-API-KEY-ID': key, 'APCA-API-SECRET-KEY': secret },
  })
}

/** The same for a JSON answer. */
export async function askJson<T>(market: DemoMarket, path: string): Promise<T> {
  const response = await ask(market, path)
  return (await response.json()) as T
}

/** What opens a demo market's controls: its address and its token, from the market or from its process. */
interface Controlled {
  readonly urls: { readonly baseUrl: string }
  readonly controlToken: string | undefined
}

/** Sends a request to a demo market's controls: a POST if it has a body, which may be empty. */
export const tellControls = (
  { urls, controlToken }: Controlled,
  path: string,
  body?: object | '',
): Promise<Response> =>
  fetch(urls.baseUrl + path, {
    headers: { authorization: `Bearer ${controlToken}` },
    ...(body !== undefined && { method: 'POST', body: body === '' ? '' : JSON.stringify(body) }),
  })
