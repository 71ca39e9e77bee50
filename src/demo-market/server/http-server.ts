import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import type { FaultBoard } from '../faults.ts'
import { isSecret, type KeyCheck } from '../keys.ts'
import type { SentLedger } from '../sent.ts'
import { admit } from './admit.ts'
import { Refusal, type Reply, type Route } from './reply.ts'
import { RequestBudget } from './request-budget.ts'
import { answer } from './router.ts'

/** Far more than the 200 of Alpaca's free plan, unless a fault says otherwise. */
const REQUESTS_A_MINUTE = 100_000
const BODY_LIMIT = 1_000_000

/** The parts of the REST side. */
export interface HttpOptions {
  readonly routes: readonly Route[]
  /** Routes that need the token instead of keys and are not affected by faults; absent if control is off. */
  readonly control: { readonly routes: readonly Route[]; readonly token: string } | undefined
  readonly areKeys: KeyCheck
  readonly clock: Clock
  readonly faults: FaultBoard
  readonly ledger: SentLedger
}

/** Creates a server that answers the routes; it does not listen yet. */
export function createHttpServer(options: HttpOptions): Server {
  const budget = new RequestBudget(options.clock)
  return createServer((request, response) => {
    readBody(request).then(
      (body) => respond(options, budget, request, response, body),
      () => request.destroy(),
    )
  })
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > BODY_LIMIT) throw new Error('request body too long')
  }
  return body
}

function respond(
  { routes, control, areKeys, clock, faults, ledger }: HttpOptions,
  budget: RequestBudget,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): void {
  const { authorization, 'apca-api-key-id': key, 'apca-api-secret-key': secret } = request.headers
  const url = admit(request)
  if (url instanceof Refusal) return send(response, url.toReply(), {})
  const asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body }
  if (control !== undefined && asked.path.startsWith('/demo/')) {
    const isAllowed = isSecret(authorization, `Bearer ${control.token}`)
    const reply = isAllowed
      ? answer(control.routes, asked)
      : new Refusal(401, 'the control token is missing').toReply()
    return send(response, reply, {})
  }

  ledger.request(asked.method, asked.path)
  if (faults.take('no-answer', asked)) return
  const limited = faults.take('rate-limit', asked)
  const { allowed, headers } = budget.take(faults.active('request-limit')?.perMinute ?? REQUESTS_A_MINUTE)
  const extra: Record<string, string> = limited === undefined ? { ...headers } : {}
  if (limited?.retryAfter !== undefined) extra['Retry-After'] = limited.retryAfter
  const reply = () => {
    const failure = faults.take('server-error', asked)
    if (failure !== undefined)
      return new Refusal(failure.status, 'internal server error occurred', 50010000).toReply()
    if (limited !== undefined || !allowed) return new Refusal(429, 'too many requests.', 42910000).toReply()
    if (!areKeys(key, secret)) return new Refusal(401, 'request is not authorized', 40110000).toReply()
    return answer(routes, asked)
  }

  const go = () => {
    if (faults.take('not-json', asked)) return sendHtml(response)
    const made = reply()
    if (made.page !== undefined) {
      ledger.pages++
      ledger.bars += made.page.bars
    }
    const lost = faults.take('lose-answer', asked)
    if (lost?.by === 'cut') response.destroy()
    if (lost !== undefined) return
    if (faults.take('cut-body', asked)) return sendHalf(response, made)
    const late = faults.take('delay-answer', asked)
    if (late === undefined) send(response, made, extra)
    else clock.after(late.ms, () => send(response, made, extra))
  }
  const slow = faults.take('slow', asked)
  if (slow === undefined) go()
  else clock.after(slow.ms, go)
}

const headersOf = (body: string | Buffer, extra: Readonly<Record<string, string>>) => ({
  'Content-Type': 'application/json; charset=UTF-8',
  'Content-Length': Buffer.byteLength(body),
  'X-Request-ID': randomUUID().replaceAll('-', ''),
  ...extra,
})

function send(
  response: ServerResponse,
  { status, body }: Reply,
  extra: Readonly<Record<string, string>>,
): void {
  const headers = headersOf(body, extra)
  response.writeHead(status, status === 204 ? extra : headers).end(body)
}

function sendHalf(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, headersOf(body, {}))
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy())
}

function sendHtml(response: ServerResponse): void {
  const body = '<html><body><h1>Welcome to the hotel network</h1></body></html>'
  response.writeHead(200, { ...headersOf(body, {}), 'Content-Type': 'text/html' }).end(body)
}

/** A server that can stop listening and start again on its port. */
export class Listener {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #port = 0

  constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  get port(): number {
    return this.#port
  }

  /** Listens on 127.0.0.1; returns the port, which is any free one for 0. */
  async open(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the demo market has no port')
    this.#port = address.port
    return address.port
  }

  /** Refuses new connections and cuts the open ones; does nothing if already closed. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  async reopen(): Promise<void> {
    if (!this.#server.listening) await this.open(this.#port)
  }
}
