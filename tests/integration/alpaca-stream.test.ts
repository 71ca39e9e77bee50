import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  alpacaConfig,
  MarketDataStream,
  STREAM_TIMING,
  type ConnectionMessage,
  type MarketDataMessage,
  type StreamTiming,
} from '#alpaca'
import { AlpacaServer, type Session } from '../support/alpaca-server.ts'
import { Inbox } from '../support/inbox.ts'

type Message = MarketDataMessage | ConnectionMessage

/** Quick to retry, slow to time out, so that a busy machine breaks no test. */
const TIMING: Partial<StreamTiming> = { firstMs: 2, maxMs: 20, refusedMs: 10, pingIntervalMs: 5_000 }

let server: AlpacaServer
let streams: MarketDataStream[]
beforeEach(async () => {
  server = await AlpacaServer.start()
  streams = []
})
afterEach(async () => {
  await Promise.all(streams.map((stream) => stream.close()))
  await server.close()
})

interface Following {
  /** What differs from the server's own environment. */
  readonly environment?: Record<string, string>
  readonly timing?: Partial<StreamTiming>
  readonly onMessage?: (message: Message) => void
}

/** A stream with everything that it delivers and logs. */
function follow({ environment = {}, timing = {}, onMessage = () => {} }: Following = {}) {
  const messages = new Inbox<Message>()
  const lines: { level: string; facts: object; sentence: string }[] = []
  const note = (level: string) => (facts: object, sentence: string) =>
    void lines.push({ level, facts, sentence })
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
  const stream = new MarketDataStream(
    alpacaConfig({ ...server.environment, ...environment }),
    {
      onMessage: (message) => {
        messages.add(message)
        onMessage(message)
      },
      log,
    },
    { timing: { ...TIMING, ...timing } },
  )
  streams.push(stream)
  const connection = async (
    fits: (message: ConnectionMessage) => boolean,
    from = 0,
  ): Promise<ConnectionMessage> =>
    messages.until<ConnectionMessage & Message>(
      (message) => message.type === 'connection' && fits(message),
      from,
    )
  return { stream, messages, lines, connection }
}

const isSubscribed = ({ status, problem }: ConnectionMessage): boolean => status === 'subscribed' && !problem

/** A stream that is up, with the server's side of its connection. */
async function subscribed(options: Following = {}) {
  const followed = follow(options)
  followed.stream.subscribe({ quotes: ['KLMN'] })
  followed.stream.connect()
  await followed.connection(isSubscribed)
  return { ...followed, session: await server.stream.session(0) }
}

const QUOTE = { T: 'q', S: 'KLMN', bp: 48.2, bs: 300, ap: 48.23, as: 100, t: '2026-11-20T15:04:05.1209Z' }
const quoteAt = (bid: number) => ({ ...QUOTE, bp: bid })

/** Sends a quote and waits for it: by then whatever was sent before has had its effect, and did no harm. */
async function nextQuoteArrives(session: Session, messages: Inbox<Message>): Promise<void> {
  const before = messages.items.length
  session.send([quoteAt(47.01)])
  await messages.until((message) => message.type === 'quote' && message.bid === 47.01, before)
}

/** Long enough for a stream to connect, if it were to: another one gets as far as its subscription. */
async function anotherStreamComesUp(): Promise<void> {
  const { stream, connection } = follow()
  stream.subscribe({ quotes: ['KLMN'] })
  stream.connect()
  await connection(isSubscribed)
}

test('what a server repeats of the keys, in an error or on closing, is in no message and no log line', async () => {
  const { ALPACA_API_SECRET: secret = '' } = server.environment
  const { session, connection, lines } = await subscribed()
  session.send([{ T: 'error', code: 500, msg: `internal error ${Buffer.from(secret).toString('base64')}` }])
  await connection(({ problem }) => problem?.message.includes('internal error [redacted]') === true)
  const again = await server.stream.session(1)
  await again.received.count(2)
  again.close(1008, `bye ${Buffer.from(secret).toString('hex')}`)
  await connection(({ problem }) => problem?.message.includes('bye [redacted]') === true)
  expect(JSON.stringify(lines)).not.toContain(Buffer.from(secret).toString('hex'))
})

describe('a healthy stream', () => {
  test('is greeted, authenticates, subscribes and delivers', async () => {
    const { stream, messages, session } = await subscribed()
    session.send([QUOTE, { ...QUOTE, S: 'QRS' }])
    const quote = await messages.until((message) => message.type === 'quote')
    expect(quote).toMatchObject({ symbol: 'KLMN', bid: 48.2, ask: 48.23, time: QUOTE.t })
    const statuses = messages.items.flatMap((message) =>
      message.type === 'connection' ? [message.status] : [],
    )
    expect(statuses).toEqual(['connecting', 'connected', 'authenticated', 'subscribed'])
    expect(session.received.items).toEqual([
      {
        action: 'auth',
        key: server.environment['ALPACA_API_KEY'],
        secret: server.environment['ALPACA_API_SECRET'],
      },
      { action: 'subscribe', quotes: ['KLMN'] },
    ])
    expect(stream.status).toBe('subscribed')
    expect(stream.subscriptions).toEqual({ quotes: ['KLMN'] })
    expect(stream.received).toMatchObject({ quote: 2, bar: 0 })
    expect(stream.bytes).toBeGreaterThan(100)
    expect(stream.reconnects).toBe(0)
  })

  test('changes its subscriptions one at a time, whenever it is asked', async () => {
    const { stream, session } = await subscribed()
    stream.subscribe({ bars: ['KLMN'] })
    stream.subscribe({ bars: ['QRS'], statuses: ['*'] })
    stream.unsubscribe({ quotes: ['KLMN'] })
    await session.received.count(5)
    expect(session.received.items.slice(2)).toEqual([
      { action: 'subscribe', bars: ['KLMN'] },
      { action: 'unsubscribe', quotes: ['KLMN'] },
      { action: 'subscribe', bars: ['QRS'], statuses: ['*'] },
    ])
    expect(stream.desired).toEqual({ bars: ['KLMN', 'QRS'], statuses: ['*'] })
  })

  test('makes its first subscription even when that is requested late', async () => {
    const { stream, connection } = follow()
    stream.connect()
    await connection(({ status }) => status === 'authenticated')
    stream.subscribe({ quotes: ['KLMN'] })
    await connection(isSubscribed)
    expect(stream.subscriptions).toEqual({ quotes: ['KLMN'] })
    expect(server.stream.sessions.items).toHaveLength(1)
  })

  test('connects once, however often connect is called', async () => {
    const { stream, session, messages } = await subscribed()
    stream.connect()
    await nextQuoteArrives(session, messages)
    expect(server.stream.sessions.items).toHaveLength(1)
  })

  test('receives every channel of the market', async () => {
    const { messages, session, stream } = await subscribed()
    const common = { S: 'KLMN', t: QUOTE.t }
    const bar = { ...common, o: 1, h: 1, l: 1, c: 1, v: 1 }
    session.send([
      { ...bar, T: 'b' },
      { ...bar, T: 'u' },
      { ...bar, T: 'd' },
      { ...common, T: 't', i: 1, p: 1, s: 1 },
      { ...common, T: 'c', oi: 1, op: 1, os: 1, ci: 2, cp: 1, cs: 1 },
      { ...common, T: 'x', i: 1, p: 1, s: 1, a: 'C' },
      { ...common, T: 's', sc: 'H' },
      { ...common, T: 'l', u: 2, d: 1, i: 'B' },
      { ...common, T: 'i', p: 1 },
    ])
    await messages.until(({ type }) => type === 'imbalance')
    expect(stream.received).toEqual({
      quote: 0,
      bar: 1,
      updatedBar: 1,
      dailyBar: 1,
      trade: 1,
      correction: 1,
      cancelError: 1,
      status: 1,
      luld: 1,
      imbalance: 1,
    })
  })
})

describe('invalid frames', () => {
  test.each<[string, string | Uint8Array]>([
    ['not-json', 'hello'],
    ['not-json', '[{"T":"q","S":"KL'],
    ['not-json', ''],
    ['not-json', Buffer.from([0xff, 0xfe, 0x00])],
    ['not-an-array', '{"T":"q"}'],
    ['not-an-array', 'null'],
    ['not-an-array', '7'],
    ['not-an-object', '[7]'],
    ['not-an-object', '[null]'],
    ['not-an-object', '[[]]'],
    ['unknown-type', '[{"T":"zz"}]'],
    ['unknown-type', '[{}]'],
    ['control', '[{"T":"success","msg":"hm"}]'],
    ['quote', JSON.stringify([{ ...QUOTE, bp: undefined }])],
    ['quote', JSON.stringify([{ ...QUOTE, bp: null }])],
    ['quote', JSON.stringify([{ ...QUOTE, bp: -48 }])],
    ['quote', JSON.stringify([{ ...QUOTE, bp: '48.2' }])],
    ['quote', JSON.stringify([QUOTE]).replace('48.2', '1e999')],
    ['quote', JSON.stringify([{ ...QUOTE, t: 'now' }])],
    ['bar', JSON.stringify([{ T: 'b', S: 'KLMN', o: 0, h: 1, l: 1, c: 1, v: 1, t: QUOTE.t }])],
    ['trade', JSON.stringify([{ T: 't', S: 'KLMN', p: 0, s: 1, t: QUOTE.t }])],
    ['status', JSON.stringify([{ T: 's', S: 'KLMN', t: QUOTE.t }])],
  ])('are counted as %s and skipped (%#)', async (kind, frame) => {
    const { stream, session, messages } = await subscribed()
    session.send(frame)
    await nextQuoteArrives(session, messages)
    expect([...stream.malformed]).toEqual([[kind, 1]])
    expect(stream.received.quote).toBe(1)
    expect(stream.reconnects).toBe(0)
  })

  test('are one log line for each kind and minute, however many they are', async () => {
    const { stream, session, messages, lines } = await subscribed()
    session.send(Array.from({ length: 500 }, () => ({ T: 'zz' })))
    session.send('hello')
    session.send('hello')
    await nextQuoteArrives(session, messages)
    expect(stream.malformed).toEqual(
      new Map([
        ['unknown-type', 500],
        ['not-json', 2],
      ]),
    )
    expect(lines.filter(({ sentence }) => sentence.startsWith('Skipped'))).toEqual([
      { level: 'warn', facts: { kind: 'unknown-type', heldBack: 0 }, sentence: expect.any(String) as string },
      { level: 'warn', facts: { kind: 'not-json', heldBack: 0 }, sentence: expect.any(String) as string },
    ])
  })

  test('of bytes that are not text cost the frame, not the connection', async () => {
    const { stream, session, messages } = await subscribed()
    session.sendAsText(Buffer.from([0xff, 0xfe, 0x00]))
    await nextQuoteArrives(session, messages)
    expect([...stream.malformed]).toEqual([['not-json', 1]])
    expect(stream.reconnects).toBe(0)
  })

  test('lose only the invalid messages, not their neighbors in the frame', async () => {
    const { stream, session, messages } = await subscribed()
    session.send([quoteAt(1), 7, { ...QUOTE, ap: null }, quoteAt(2)])
    await nextQuoteArrives(session, messages)
    expect(stream.received.quote).toBe(3)
  })
})

describe('unusual frames', () => {
  test('of ten thousand quotes are delivered in full', async () => {
    const { stream, session, messages } = await subscribed()
    session.send(Array.from({ length: 10_000 }, (_, n) => quoteAt(n + 1)))
    await messages.until((message) => message.type === 'quote' && message.bid === 10_000)
    expect(stream.received.quote).toBe(10_000)
  })

  test('that arrive in pieces of any size are reassembled', async () => {
    const { stream, session, messages } = await subscribed()
    const text = JSON.stringify([QUOTE])
    for (let size = 1; size <= text.length; size++) session.sendFragmented(text, size)
    await nextQuoteArrives(session, messages)
    expect(stream.received.quote).toBe(text.length + 1)
    expect([...stream.malformed]).toEqual([])
  })

  test('with text in binary are text', async () => {
    const { stream, session, messages } = await subscribed()
    session.send(Buffer.from(JSON.stringify([QUOTE])))
    await nextQuoteArrives(session, messages)
    expect(stream.received.quote).toBe(2)
  })

  test('with a symbol that nobody subscribed to are delivered anyway', async () => {
    const { session, messages } = await subscribed()
    session.send([{ ...QUOTE, S: 'ZVZZT' }])
    expect(await messages.until(({ type }) => type === 'quote')).toMatchObject({ symbol: 'ZVZZT' })
  })
})

test('a handler that throws is logged once, and everything after it is delivered', async () => {
  const { stream, session, messages, lines } = await subscribed({
    onMessage: (message) => {
      if (message.type === 'quote') throw new Error('the handler is broken')
    },
  })
  session.send([quoteAt(1), quoteAt(2)])
  await nextQuoteArrives(session, messages)
  expect(stream.received.quote).toBe(3)
  expect(stream.reconnects).toBe(0)
  expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
})

describe('a rejection', () => {
  const refuseAuth = (code: number, msg: string, times = Infinity): void => {
    let left = times
    server.stream.intercept = (message, session) => {
      if (message['action'] !== 'auth' || left-- <= 0) return false
      session.send([{ T: 'error', code, msg }])
      return true
    }
  }

  test.each([
    [402, 'auth failed', 'auth'],
    [409, 'insufficient subscription', 'subscription'],
    [411, 'insufficient scope', 'auth'],
  ])('%i (%s) stops the stream and says why', async (code, msg, kind) => {
    refuseAuth(code, msg)
    const { stream, connection } = follow()
    stream.connect()
    const { problem, retryAt } = await connection(
      ({ status, problem }) => status === 'disconnected' && !!problem,
    )
    expect(problem).toMatchObject({ kind, code, fatal: true })
    expect(retryAt).toBeUndefined()
    await (
      await server.stream.session(0)
    ).closed
    stream.reconnect('the machine woke up')
    server.stream.intercept = () => false
    await anotherStreamComesUp()
    expect(stream.status).toBe('disconnected')
    expect(server.stream.sessions.items).toHaveLength(2)
  })

  test('402 is the answer to wrong keys', async () => {
    const { stream, connection } = follow({ environment: { ALPACA_API_SECRET: 'wrong' } })
    stream.connect()
    expect((await connection(({ problem }) => !!problem)).problem).toMatchObject({ code: 402, fatal: true })
  })

  test('406 waits for the other program, says so, and connects once it has gone', async () => {
    refuseAuth(406, 'connection limit exceeded', 2)
    const { stream, connection, messages } = follow()
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    await connection(isSubscribed)
    const waits = messages.items.filter(
      (message) => message.type === 'connection' && message.retryAt !== undefined,
    )
    expect(waits).toMatchObject([
      { attempt: 1, problem: { kind: 'connection-limit', code: 406, fatal: false } },
      { attempt: 2, problem: { kind: 'connection-limit' } },
    ])
    expect(server.stream.sessions.items).toHaveLength(3)
  })

  test.each([
    [401, 'server'],
    [404, 'network'],
    [407, 'slow-client'],
    [500, 'server'],
    [400, 'invalid-request'],
  ])('%i as the answer to the keys disconnects and reconnects', async (code, kind) => {
    refuseAuth(code, 'hm', 1)
    const { stream, connection } = follow()
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    const wait = await connection(({ retryAt }) => retryAt !== undefined)
    expect(wait.problem).toMatchObject({ kind, code, fatal: false })
    await connection(isSubscribed)
  })

  test('403 means that the keys were already accepted', async () => {
    refuseAuth(403, 'already authenticated')
    const { stream, connection } = follow()
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    await connection(isSubscribed)
    expect(server.stream.sessions.items).toHaveLength(1)
  })

  test.each([407, 500])(
    '%i in the middle of the day disconnects, reconnects and subscribes again',
    async (code) => {
      const { stream, session, messages } = await subscribed()
      const before = messages.items.length
      session.send([{ T: 'error', code, msg: 'hm' }])
      await messages.until((message) => message.type === 'connection' && isSubscribed(message), before)
      expect(stream.subscriptions).toEqual({ quotes: ['KLMN'] })
      expect(stream.reconnects).toBe(1)
    },
  )
})

describe('a subscription', () => {
  const refuse = (fits: (symbols: Record<string, string[]>) => boolean, code: number, msg: string): void => {
    server.stream.intercept = ({ action, ...lists }, session) => {
      if (action !== 'subscribe' || !fits(lists as Record<string, string[]>)) return false
      session.send([{ T: 'error', code, msg }])
      return true
    }
  }

  test('above the limit of the plan (405) is undone as a whole, reported, and never sent again', async () => {
    const { stream, session, connection, messages } = await subscribed()
    refuse(() => true, 405, 'symbol limit exceeded')
    stream.subscribe({ quotes: Array.from({ length: 12 }, (_, n) => `S${n}`) })
    const reported = await connection(({ problem }) => problem?.kind === 'symbol-limit')
    expect(reported).toMatchObject({ status: 'subscribed', problem: { code: 405, fatal: false } })
    expect(reported.problem?.message).toContain('S0, S1, S2, S3, S4, S5, S6, S7, S8, S9 and 2 more')
    expect(stream.desired).toEqual({ quotes: ['KLMN'] })
    expect(stream.subscriptions).toEqual({ quotes: ['KLMN'] })
    await nextQuoteArrives(session, messages)
    expect(session.received.items).toHaveLength(3)
  })

  test('with a malformed symbol (400) succeeds without it', async () => {
    const { stream, session, connection, messages } = await subscribed()
    refuse(({ quotes = [], bars = [] }) => [...quotes, ...bars].includes('b@d'), 400, 'invalid syntax')
    const wanted = ['A', 'B', 'C', 'D', 'E', 'b@d', 'F']
    stream.subscribe({ quotes: wanted, bars: wanted })
    const reported = await connection(({ problem }) => problem?.kind === 'invalid-request')
    expect(reported.problem?.message).toMatch(/: b@d$/)
    const good = wanted.filter((symbol) => symbol !== 'b@d')
    const all = { quotes: ['KLMN', ...good], bars: good }
    expect(stream.desired).toEqual(all)
    await session.received.until(({ bars }) => JSON.stringify(bars) === '["F"]')
    await nextQuoteArrives(session, messages)
    expect(stream.subscriptions).toEqual(all)
  })

  test('to a channel that this feed does not offer (410) succeeds without it', async () => {
    const { stream, connection, session, messages } = await subscribed()
    refuse(({ lulds }) => lulds !== undefined, 410, 'invalid subscribe action for this feed')
    stream.subscribe({ bars: ['KLMN'], lulds: ['KLMN'] })
    const reported = await connection(({ problem }) => problem?.code === 410)
    expect(reported).toMatchObject({ status: 'subscribed', problem: { fatal: false } })
    await nextQuoteArrives(session, messages)
    expect(stream.desired).toEqual({ quotes: ['KLMN'], bars: ['KLMN'] })
    expect(stream.subscriptions).toEqual({ quotes: ['KLMN'], bars: ['KLMN'] })
  })

  test('that the server silently omits is reported, and not requested forever', async () => {
    const { stream, session, connection, messages } = await subscribed()
    server.stream.intercept = (_message, from) => {
      from.send([{ T: 'subscription', quotes: ['KLMN'] }])
      return true
    }
    stream.subscribe({ lulds: ['KLMN'] })
    expect((await connection(({ problem }) => !!problem)).problem?.message).toBe(
      'Alpaca left out symbols: KLMN',
    )
    await nextQuoteArrives(session, messages)
    expect(session.received.items).toHaveLength(3)
  })

  test('that is never answered makes the stream reconnect', async () => {
    let left = 1
    server.stream.intercept = ({ action }) => action === 'subscribe' && left-- > 0
    const { stream, connection } = follow({ timing: { answerTimeoutMs: 20 } })
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    await connection(isSubscribed)
    expect(stream.reconnects).toBe(1)
  })

  test('that was answered is not mistaken for one that was not', async () => {
    const { stream, session, messages } = await subscribed({
      timing: { answerTimeoutMs: 150, pingIntervalMs: 25 },
    })
    for (let pings = 0; pings < 10; pings++) await session.pinged()
    await nextQuoteArrives(session, messages)
    expect(stream.reconnects).toBe(0)
  })

  test('may be changed while disconnected; the new set applies after the reconnect', async () => {
    const { stream, session, messages } = await subscribed()
    const before = messages.items.length
    const broken = messages.until((m) => m.type === 'connection' && m.status === 'disconnected', before)
    session.cut()
    await broken
    expect(stream.subscriptions).toEqual({})
    stream.subscribe({ bars: ['QRS'] })
    stream.unsubscribe({ quotes: ['KLMN'] })
    await messages.until((m) => m.type === 'connection' && isSubscribed(m), before)
    expect(stream.subscriptions).toEqual({ bars: ['QRS'] })
  })
})

describe('a connection', () => {
  test.each([
    [401, 'auth'],
    [404, 'invalid-request'],
    [429, 'connection-limit'],
    [503, 'server'],
  ])('that is answered with HTTP %i is retried, and the problem reported', async (status, kind) => {
    server.stream.upgrades.push(status)
    const { stream, connection } = follow()
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    const wait = await connection(({ retryAt }) => retryAt !== undefined)
    expect(wait).toMatchObject({ attempt: 1, problem: { kind, code: status, fatal: false } })
    await connection(isSubscribed)
  })

  test('that is refused is retried again and again, ever more slowly', async () => {
    await server.close()
    const { stream, messages } = follow({ timing: { firstMs: 2, maxMs: 1_000 } })
    stream.connect()
    const isWait = (message: Message): message is ConnectionMessage =>
      message.type === 'connection' && message.retryAt !== undefined
    await messages.until((message) => isWait(message) && message.attempt === 5)
    const waits = messages.items.filter(isWait)
    expect(waits.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5])
    expect(waits[0]?.problem).toMatchObject({ kind: 'network', fatal: false })
    expect(waits[0]?.problem?.message).toContain('ECONNREFUSED')
    waits.forEach(({ at, retryAt = 0 }, n) => {
      expect(retryAt - at).toBeGreaterThanOrEqual(Math.floor(0.8 * 2 ** (n + 1)) - 1)
      expect(retryAt - at).toBeLessThanOrEqual(Math.ceil(1.2 * 2 ** (n + 1)) + 1)
    })
  })

  test('that breaks at any point of the handshake is made again', async () => {
    let closes = 0
    const greet = server.stream.greet
    server.stream.upgrades.push('cut')
    server.stream.greet = (session) => {
      if (closes++ === 0) session.cut()
      else if (closes === 2) session.close(1011)
      else greet(session)
    }
    server.stream.intercept = ({ action }, session) => {
      if (closes++ === 3 && action === 'auth') session.cut()
      return closes === 4
    }
    const { stream, connection } = follow()
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    await connection(isSubscribed)
    expect(server.stream.sessions.items).toHaveLength(4)
    expect(stream.reconnects).toBe(0)
  })

  test('that nobody accepts is given up on time', async () => {
    server.stream.upgrades.push('stall')
    const { stream, connection } = follow({ timing: { connectTimeoutMs: 20 } })
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    const wait = await connection(({ retryAt }) => retryAt !== undefined)
    expect(wait.problem).toMatchObject({
      kind: 'network',
      message: expect.stringContaining('0.02 s') as string,
    })
  })

  test('that never accepts the keys is given up on time', async () => {
    let left = 1
    server.stream.intercept = ({ action }) => action === 'auth' && left-- > 0
    const { stream, connection } = follow({ timing: { authTimeoutMs: 30 } })
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    const wait = await connection(({ retryAt }) => retryAt !== undefined)
    expect(wait.problem).toMatchObject({ kind: 'network', fatal: false })
    expect(wait.problem?.message).toContain('0.03 s')
    await connection(isSubscribed)
  })

  test('that goes half-open is detected by its silence, within 15 seconds', async () => {
    expect(4 * STREAM_TIMING.pingIntervalMs).toBeLessThan(15_000) // three pings go unanswered before the fourth is due
    const { stream, session, messages } = await subscribed({ timing: { pingIntervalMs: 10 } })
    const before = messages.items.length
    session.fallSilent()
    const broken = await messages.until<ConnectionMessage & Message>((m) => m.type === 'connection', before)
    expect(broken.problem).toMatchObject({
      kind: 'network',
      message: expect.stringContaining('silent') as string,
    })
    await messages.until((m) => m.type === 'connection' && isSubscribed(m), before)
    expect(stream.reconnects).toBe(1)
  })

  test('that is quiet but answers pings is left alone', async () => {
    const { stream, session, messages } = await subscribed({ timing: { pingIntervalMs: 2 } })
    for (let pings = 0; pings < 20; pings++) await session.pinged()
    await nextQuoteArrives(session, messages)
    expect(stream.reconnects).toBe(0)
  })

  test('that breaks ten times in a minute reconnects ten times, with longer and longer pauses and never twice at a time', async () => {
    let open = 0
    let most = 0
    server.stream.sessions.onAdd = (session) => {
      open += 1
      most = Math.max(most, open)
      void session.closed.then(() => (open -= 1))
    }
    const { stream, messages } = follow({ timing: { firstMs: 1, maxMs: 16 } })
    stream.subscribe({ quotes: ['KLMN'], bars: ['KLMN'] })
    stream.connect()
    for (let n = 0; n <= 10; n++) {
      const session = await server.stream.session(n)
      await session.received.until(({ action }) => action === 'subscribe')
      await session.settled()
      if (n < 10) session.cut()
    }
    await nextQuoteArrives(await server.stream.session(10), messages)
    const waits = messages.items.flatMap((m) =>
      m.type === 'connection' && m.retryAt !== undefined ? [m.attempt] : [],
    )
    expect(waits).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(most).toBe(1)
    expect(stream.reconnects).toBe(10)
    expect(stream.subscriptions).toEqual({ quotes: ['KLMN'], bars: ['KLMN'] })
  })
})

describe('reconnecting', () => {
  test('closes the old socket first and subscribes again immediately', async () => {
    const { stream, session, messages } = await subscribed({ timing: { firstMs: 60_000 } })
    const before = messages.items.length
    stream.reconnect('the machine woke up')
    stream.reconnect('and the network came back')
    await session.closed
    await messages.until((m) => m.type === 'connection' && isSubscribed(m), before)
    const statuses = messages.items.slice(before).flatMap((m) => (m.type === 'connection' ? [m.status] : []))
    expect(statuses).toEqual(['disconnected', 'connecting', 'connected', 'authenticated', 'subscribed'])
    expect(server.stream.sessions.items).toHaveLength(2)
  })

  test('does not wait for the end of a long pause', async () => {
    server.stream.upgrades.push(503)
    const { stream, connection } = follow({ timing: { firstMs: 60_000, maxMs: 60_000 } })
    stream.subscribe({ quotes: ['KLMN'] })
    stream.connect()
    const { retryAt = 0 } = await connection((message) => message.retryAt !== undefined)
    stream.reconnect('the network came back')
    const up = await connection(isSubscribed)
    expect(up.at).toBeLessThan(retryAt)
  })
})

describe('closing', () => {
  test('ends with a closed socket, and stays closed', async () => {
    const { stream, session, messages } = await subscribed()
    await stream.close()
    expect(await session.closed).toBe(1000)
    expect(stream.status).toBe('disconnected')
    expect(stream.subscriptions).toEqual({})
    expect(messages.items.at(-1)).toMatchObject({ status: 'disconnected', attempt: 0 })
    expect(messages.items.at(-1)).not.toHaveProperty('problem')
    stream.reconnect('the machine woke up')
    await stream.close()
    await anotherStreamComesUp()
    expect(server.stream.sessions.items).toHaveLength(2)
  })

  test('does not wait for a server that no longer listens', async () => {
    const { stream, session } = await subscribed({ timing: { closeGraceMs: 20 } })
    session.stopReading()
    await stream.close()
    expect(stream.status).toBe('disconnected')
  })

  test('ends a pause between two attempts to connect', async () => {
    server.stream.upgrades.push(503)
    const { stream, connection } = follow({ timing: { firstMs: 60_000, maxMs: 60_000 } })
    stream.connect()
    await connection(({ retryAt }) => retryAt !== undefined)
    await stream.close()
    expect(stream.status).toBe('disconnected')
  })

  test('while connecting leaves no socket behind', async () => {
    const { stream } = follow()
    stream.connect()
    await stream.close()
    expect(stream.status).toBe('disconnected')
  })

  test('from inside a handler does no harm', async () => {
    const { stream, connection } = follow({
      onMessage: (message) => {
        if (message.type === 'connection' && message.status === 'connecting') void streams[0]?.close()
      },
    })
    stream.connect()
    await connection(({ status }) => status === 'disconnected')
    expect(stream.status).toBe('disconnected')
  })

  test('can be followed by a new start', async () => {
    const { stream, messages } = await subscribed()
    await stream.close()
    const before = messages.items.length
    stream.connect()
    await messages.until((m) => m.type === 'connection' && isSubscribed(m), before)
    expect(server.stream.sessions.items).toHaveLength(2)
  })
})
