import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AlpacaServer } from '../support/alpaca-server.ts'

let server: AlpacaServer
beforeEach(async () => {
  server = await AlpacaServer.start()
})
afterEach(async () => server.close())

/** Runs an example as a reader of the README would, and returns what it prints. */
async function run(example: string, ...args: string[]): Promise<string[]> {
  const file = fileURLToPath(new URL(`../../src/alpaca/examples/${example}`, import.meta.url))
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...server.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  if (code !== 0) throw new Error(`${example} failed: ${errors}`)
  return output.trim().split('\n')
}

const QUOTE = { t: '2026-11-20T20:59:59.9Z', ap: 48.23, as: 100, bp: 48.2, bs: 200 }

test('the bars example prints them page by page', async () => {
  const bar = { t: '2026-11-20T14:30:00Z', o: 47.6, h: 47.71, l: 47.55, c: 47.7, v: 18230 }
  server.answer(
    'GET /v2/stocks/bars',
    { body: { bars: { KLMN: [bar, bar] }, next_page_token: 'a' } },
    { body: { bars: { QRS: [bar, { ...bar, c: -1 }] }, next_page_token: null } },
  )
  server.answer('GET /v2/stocks/quotes/latest', { body: { quotes: { KLMN: QUOTE } } })
  expect(await run('bars.ts', 'KLMN', 'QRS')).toEqual([
    'KLMN: 2 bars, the last closed at 47.7',
    'QRS: 1 bars, the last closed at 47.7',
    'QRS: a bar was left out, c is not a price',
    'KLMN: spread 0.03',
    '197 of 200 requests left in this minute',
  ])
})

test('the stream example prints three quotes and ends', async () => {
  const respond = server.stream.respond
  server.stream.respond = (message, session) => {
    respond(message, session)
    const quote = { ...QUOTE, T: 'q', S: 'KLMN' }
    if (message['action'] === 'subscribe') session.send([quote, quote, quote])
  }
  const lines = await run('stream.ts', 'KLMN')
  expect(lines.slice(0, 4)).toEqual(
    ['connecting', 'connected', 'authenticated', 'subscribed'].map((s) => `connection: ${s}`),
  )
  expect(lines.slice(4, 7)).toEqual(
    Array(3).fill(expect.stringMatching(/^KLMN 48\.2 \/ 48\.23, \d+ ms old$/)),
  )
  expect(lines.at(-1)).toBe('connection: disconnected')
})

test('the order example finds the order whose answer was lost, and cancels it', async () => {
  const order = {
    id: 'order-1',
    client_order_id: 'sig-1',
    symbol: 'KLMN',
    side: 'buy',
    type: 'limit',
    time_in_force: 'day',
    status: 'new',
    filled_qty: '0',
  }
  server.answer('POST /v2/orders', { body: order, cut: 'before' })
  server.answer('GET /v2/orders:by_client_order_id', { body: order })
  server.answer('DELETE /v2/orders/order-1', () => {
    void server.tradeUpdates.session(0).then((session) =>
      session.send({
        stream: 'trade_updates',
        data: {
          event: 'canceled',
          timestamp: '2026-11-20T15:04:07Z',
          order: { ...order, status: 'canceled' },
        },
      }),
    )
    return { status: 204 }
  })
  expect(await run('place-order.ts', 'KLMN')).toEqual(['order: new', 'update: canceled'])
})
