import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  alpacaConfig,
  TradeUpdatesStream,
  type ConnectionMessage,
  type MalformedKind,
  type StreamTiming,
  type TradeUpdateMessage,
} from '#alpaca'
import { AlpacaServer, type Session } from '../support/alpaca-server.ts'
import { Inbox } from '../support/inbox.ts'

type Message = TradeUpdateMessage | ConnectionMessage

const TIMING: Partial<StreamTiming> = { firstMs: 2, maxMs: 20, refusedMs: 10, pingIntervalMs: 5_000 }

let server: AlpacaServer
let streams: TradeUpdatesStream[]
beforeEach(async () => {
  server = await AlpacaServer.start()
  streams = []
})
afterEach(async () => {
  await Promise.all(streams.map((stream) => stream.close()))
  await server.close()
})

function follow(timing: Partial<StreamTiming> = {}, environment: Record<string, string> = {}) {
  const messages = new Inbox<Message>()
  const malformed: MalformedKind[] = []
  const repairs = new Inbox<number>()
  const handlers = {
    onMessage: (message: Message) => messages.add(message),
    onMalformed: (kind: MalformedKind) => void malformed.push(kind),
    onReconnected: () => repairs.add(repairs.items.length),
  }
  const config = alpacaConfig({ ...server.environment, ...environment })
  const stream = new TradeUpdatesStream(config, handlers, { timing: { ...TIMING, ...timing } })
  streams.push(stream)
  const connection = async (fits: (message: ConnectionMessage) => boolean): Promise<ConnectionMessage> =>
    messages.until<ConnectionMessage & Message>((message) => message.type === 'connection' && fits(message))
  return { stream, messages, malformed, repairs, connection }
}

async function listening(timing: Partial<StreamTiming> = {}) {
  const followed = follow(timing)
  followed.stream.connect()
  await followed.connection(({ status }) => status === 'subscribed')
  return { ...followed, session: await server.tradeUpdates.session(0) }
}

const ORDER = {
  id: 'order-1',
  client_order_id: 'sig-1',
  symbol: 'KLMN',
  side: 'buy',
  type: 'limit',
  time_in_force: 'day',
  status: 'partially_filled',
  qty: '10',
  filled_qty: '4',
  filled_avg_price: '48.04',
}
const fill = (execution: string) => ({
  stream: 'trade_updates',
  data: {
    event: 'partial_fill',
    execution_id: execution,
    price: '48.04',
    qty: '4',
    position_qty: '4',
    timestamp: '2026-11-20T15:04:07.100200300Z',
    order: ORDER,
  },
})

async function nextFillArrives(session: Session, messages: Inbox<Message>): Promise<void> {
  session.send(fill('the next'))
  await messages.until((message) => message.type === 'tradeUpdate' && message.executionId === 'the next')
}

test('the stream authenticates, listens and delivers what happens to orders', async () => {
  const { stream, session, messages } = await listening()
  session.send(fill('9a8b'))
  const update = await messages.until(({ type }) => type === 'tradeUpdate')
  expect(update).toMatchObject({
    event: 'partial_fill',
    executionId: '9a8b',
    price: new Decimal('48.04'),
    order: { id: 'order-1', clientOrderId: 'sig-1', filledQty: new Decimal(4) },
  })
  expect(session.received.items).toEqual([
    {
      action: 'authenticate',
      data: {
        key_id: server.environment['ALPACA_API_KEY'],
        secret_key: server.environment['ALPACA_API_SECRET'],
      },
    },
    { action: 'listen', data: { streams: ['trade_updates'] } },
  ])
  expect(stream.status).toBe('subscribed')
})

test('text in binary frames, as paper sends it, is text; a heartbeat is nothing', async () => {
  const { stream, session, messages } = await listening()
  session.send(Buffer.from([1]))
  session.send('\u0001')
  session.send(Buffer.from(JSON.stringify(fill('9a8b'))))
  await nextFillArrives(session, messages)
  expect(messages.items.filter(({ type }) => type === 'tradeUpdate')).toHaveLength(2)
  expect(stream.malformed.size).toBe(0)
})

test('what a server repeats of the keys is in no update of an order', async () => {
  const { session, messages } = await listening()
  const { ALPACA_API_SECRET: secret = '' } = server.environment
  const update = fill('9a8b')
  const order = { ...ORDER, client_order_id: secret, symbol: Buffer.from(secret).toString('hex') }
  session.send({ ...update, data: { ...update.data, order } })
  expect(await messages.until(({ type }) => type === 'tradeUpdate')).toMatchObject({
    order: { clientOrderId: '[redacted]', symbol: '[redacted]' },
  })
})

test('an execution that comes twice is delivered twice: its id identifies it', async () => {
  const { session, messages } = await listening()
  session.send(fill('9a8b'))
  session.send(fill('9a8b'))
  await nextFillArrives(session, messages)
  const ids = messages.items.flatMap((m) => (m.type === 'tradeUpdate' ? [m.executionId] : []))
  expect(ids).toEqual(['9a8b', '9a8b', 'the next'])
})

test.each<[MalformedKind, string]>([
  ['not-json', 'hello'],
  ['not-an-object', '[]'],
  ['unknown-type', '{"stream":"weather"}'],
  ['order-update', '{"stream":"trade_updates"}'],
  ['order-update', JSON.stringify(fill('x')).replace('order-1', '')],
])(
  'an invalid frame is counted as %s and reported, so that the order can be read over REST (%#)',
  async (kind, frame) => {
    const { stream, session, messages, malformed } = await listening()
    session.send(frame)
    await nextFillArrives(session, messages)
    expect(malformed).toEqual([kind])
    expect(stream.malformed).toEqual(new Map([[kind, 1]]))
    expect(stream.reconnects).toBe(0)
  },
)

test('after a disconnect the stream listens again, and says that there is a gap to fill', async () => {
  const { stream, session, messages, repairs } = await listening()
  expect(repairs.items).toEqual([])
  session.cut()
  await repairs.count(1)
  expect(stream.status).toBe('subscribed')
  expect(stream.reconnects).toBe(1)
  await nextFillArrives(await server.tradeUpdates.session(1), messages)
})

test('reconnecting immediately is a disconnect like any other', async () => {
  const { stream, session, repairs } = await listening({ firstMs: 60_000 })
  stream.reconnect('the machine woke up')
  await session.closed
  await repairs.count(1)
  expect(stream.status).toBe('subscribed')
  expect(stream.reconnects).toBe(1)
})

test('a half-open connection is detected by its silence', async () => {
  const { session, connection, repairs } = await listening({ pingIntervalMs: 10 })
  session.fallSilent()
  const { problem } = await connection(({ status }) => status === 'disconnected')
  expect(problem).toMatchObject({ kind: 'network', fatal: false })
  expect(problem?.message).toContain('silent')
  await repairs.count(1)
})

describe('keys', () => {
  test("that are rejected in both forms stop the stream, with the server's message", async () => {
    server.tradeUpdates.intercept = (_message, session) => {
      const data = {
        action: 'authenticate',
        status: 'unauthorized',
        message: 'access key verification failed',
      }
      session.send({ stream: 'authorization', data })
      return true
    }
    const { stream, connection } = follow()
    stream.connect()
    const { problem, retryAt } = await connection((message) => message.problem !== undefined)
    expect(problem).toMatchObject({ kind: 'auth', fatal: true })
    expect(problem?.message).toContain('access key verification failed')
    expect(retryAt).toBeUndefined()
    const session = await server.tradeUpdates.session(0)
    expect(session.received.items.map(({ action }) => action)).toEqual(['authenticate', 'auth'])
  })

  test('are sent in the newer form to a server that rejects the older', async () => {
    server.tradeUpdates.intercept = ({ action }, session) => {
      if (action !== 'authenticate') return false
      session.send({ stream: 'authorization', data: { action, status: 'unauthorized' } })
      return true
    }
    const { stream, connection } = follow()
    stream.connect()
    await connection(({ status }) => status === 'subscribed')
    const session = await server.tradeUpdates.session(0)
    expect(session.received.items.map(({ action }) => action)).toEqual(['authenticate', 'auth', 'listen'])
  })

  test('are sent in the newer form after a server has ignored the older', async () => {
    server.tradeUpdates.intercept = ({ action }) => action === 'authenticate'
    const { stream, connection } = follow({ authTimeoutMs: 20 })
    stream.connect()
    await connection(({ status }) => status === 'subscribed')
    const session = await server.tradeUpdates.session(1)
    expect(session.received.items[0]).toEqual({
      action: 'auth',
      key: server.environment['ALPACA_API_KEY'],
      secret: server.environment['ALPACA_API_SECRET'],
    })
  })

  test('of another account are rejected by the server', async () => {
    const { stream, connection } = follow({}, { ALPACA_API_SECRET: 'wrong' })
    stream.connect()
    expect((await connection(({ problem }) => !!problem)).problem).toMatchObject({
      kind: 'auth',
      fatal: true,
    })
  })
})

test('an account without order updates gets an error instead of waiting forever', async () => {
  server.tradeUpdates.intercept = ({ action }, session) => {
    if (action === 'listen') session.send({ stream: 'listening', data: { streams: [] } })
    return action === 'listen'
  }
  const { stream, connection } = follow()
  stream.connect()
  const { problem } = await connection((message) => message.problem !== undefined)
  expect(problem).toMatchObject({ kind: 'subscription', fatal: true })
})

test('a listen that is never confirmed makes the stream reconnect', async () => {
  let left = 1
  server.tradeUpdates.intercept = ({ action }) => action === 'listen' && left-- > 0
  const { stream, connection } = follow({ answerTimeoutMs: 20 })
  stream.connect()
  await connection(({ status }) => status === 'subscribed')
  expect(stream.reconnects).toBe(1)
})

test('too many connections (HTTP 429) are waited out', async () => {
  server.tradeUpdates.upgrades.push(429)
  const { stream, connection } = follow()
  stream.connect()
  expect((await connection(({ retryAt }) => retryAt !== undefined)).problem).toMatchObject({
    kind: 'connection-limit',
  })
  await connection(({ status }) => status === 'subscribed')
})

test('a handler that throws does not stop the stream', async () => {
  let heard = 0
  const stream = new TradeUpdatesStream(
    alpacaConfig(server.environment),
    {
      onMessage: () => {
        heard += 1
        throw new Error('the handler is broken')
      },
      onReconnected: () => {
        throw new Error('so is the repair')
      },
    },
    { timing: TIMING },
  )
  streams.push(stream)
  stream.connect()
  const first = await server.tradeUpdates.session(0)
  await first.received.count(2)
  await first.settled()
  first.cut()
  const session = await server.tradeUpdates.session(1)
  await session.received.count(2)
  const before = heard
  session.send(fill('9a8b'))
  await session.settled()
  expect(heard).toBeGreaterThan(before)
  expect(stream.status).toBe('subscribed')
})
