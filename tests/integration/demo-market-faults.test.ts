import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startDemoMarket, type DemoMarket, type Fault } from '../../src/demo-market/index.ts'
import { MALFORMED_FORMS } from '../../src/demo-market/faults.ts'
import { ask, askJson, DemoClient, tellControls } from '../support/demo-client.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')

let market: DemoMarket
beforeEach(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'MSFT'], rate: 50, control: true })
})
afterEach(() => market.stop())

const subscribed = async () => {
  const client = await DemoClient.authenticated(market)
  await client.subscribe({ quotes: ['AAPL', 'MSFT'], bars: ['AAPL', 'MSFT'] })
  return client
}

/** Advances one second and returns how many quotes came in it. */
async function quotesOfASecond(client: DemoClient): Promise<number> {
  const before = client.of('q').length
  market.advance(1000)
  await client.settled()
  return client.of('q').length - before
}

describe('a stream that breaks', () => {
  test('is cut silently', async () => {
    const client = await subscribed()
    market.injectFault({ kind: 'drop' })
    expect(await client.closed).toBe(1006)
    await subscribed()
  })

  test('is closed with a code', async () => {
    const client = await subscribed()
    market.injectFault({ kind: 'close', code: 1001 })
    expect(await client.closed).toBe(1001)
  })

  test.each([407, 500] as const)('receives error %i and is closed', async (code) => {
    const client = await subscribed()
    market.injectFault({ kind: 'stream-error', code })
    await client.error(code)
    expect(await client.closed).toBe(1000)
    expect(client.messages.items.at(-1)).toMatchObject({ T: 'error', code })
  })

  test('half-open: no data and no pong until faults are cleared; a new connection is healthy', async () => {
    const client = await subscribed()
    market.injectFault({ kind: 'stall' })
    let pongs = 0
    client.socket.on('pong', () => pongs++)
    client.socket.ping()
    const other = await DemoClient.authenticated(market, 'sip')
    await other.subscribe({ quotes: ['AAPL'] })
    expect(await quotesOfASecond(other)).toBeGreaterThan(10)
    expect(client.of('q')).toEqual([])
    expect(pongs).toBe(0)
    market.clearFaults()
    expect(await quotesOfASecond(client)).toBe(50)
  })

  test('mute: pongs but no data, for one symbol or for all', async () => {
    const client = await subscribed()
    market.injectFault({ kind: 'mute', symbol: 'MSFT' })
    expect(await quotesOfASecond(client)).toBeGreaterThan(10)
    expect(client.of('q').every(({ S }) => S === 'AAPL')).toBe(true)
    market.injectFault({ kind: 'mute' })
    expect(await quotesOfASecond(client)).toBe(0)
    market.clearFaults()
    expect(await quotesOfASecond(client)).toBe(50)
  })

  test('refuses connections on its port for a while, and is back on the same one', async () => {
    const client = await subscribed()
    market.injectFault({ kind: 'unreachable', forMs: 5000 })
    await client.closed
    const refused = new Promise<NodeJS.ErrnoException>((resolve) => {
      connect(Number(new URL(market.urls.baseUrl).port), '127.0.0.1').once('error', resolve)
    })
    expect((await refused).code).toBe('ECONNREFUSED')
    market.advance(5000)
    await expect.poll(async () => (await ask(market, '/v2/clock').catch(() => undefined))?.status).toBe(200)
    await subscribed()
  })
})

describe('a handshake that fails', () => {
  test('with an HTTP status, that many times', async () => {
    market.injectFault({ kind: 'refuse-upgrade', status: 429, times: 2 })
    const statuses: (number | undefined)[] = []
    for (let dial = 0; dial < 2; dial++) {
      const client = new DemoClient(market)
      client.socket.on('unexpected-response', (_, { statusCode }) => {
        statuses.push(statusCode)
        client.socket.terminate()
      })
      await client.closed
    }
    expect(statuses).toEqual([429, 429])
    await subscribed()
  })

  test.each(['upgrade', 'greeting', 'auth', 'subscribe'] as const)('by a cut at the %s', async (at) => {
    market.injectFault({ kind: 'close-in-handshake', at, times: 1 })
    const client = new DemoClient(market)
    const heard: unknown[] = []
    client.socket.on('message', (data: Buffer) => {
      const [{ msg }] = JSON.parse(data.toString()) as [{ msg?: string }]
      heard.push(msg)
      if (msg === 'connected') client.authenticate()
      if (msg === 'authenticated') client.send({ action: 'subscribe', quotes: ['AAPL'] })
    })
    expect(await client.closed).toBe(1006)
    const expected = {
      upgrade: [],
      greeting: [],
      auth: ['connected'],
      subscribe: ['connected', 'authenticated'],
    }
    expect(heard).toEqual(expected[at])
    await subscribed()
  })

  test('by a slow greeting', async () => {
    market.injectFault({ kind: 'delay-handshake', ms: 8000 })
    const client = new DemoClient(market)
    await new Promise((resolve) => client.socket.once('open', resolve))
    market.advance(7999)
    await client.settled()
    expect(client.messages.items).toEqual([])
    market.advance(1)
    await client.control('connected')
  })

  test.each([402, 406, 409, 500] as const)('with error %i to the right keys', async (code) => {
    market.injectFault({ kind: 'refuse-auth', code, times: 1 })
    const client = new DemoClient(market)
    await client.control('connected')
    client.authenticate()
    await client.error(code)
    expect(client.messages.items).not.toContainEqual(expect.objectContaining({ msg: 'authenticated' }))
    client.socket.terminate()
    await client.closed
    expect((await subscribed()).of('error')).toEqual([])
  })

  test('on SIP with 409 if the plan is the free one, which has no latest SIP data either', async () => {
    market.injectFault({ kind: 'basic-plan' })
    const client = new DemoClient(market, 'sip')
    await client.control('connected')
    client.authenticate()
    expect(await client.error(409)).toMatchObject({ msg: 'insufficient subscription' })
    const latest = await ask(market, '/v2/stocks/AAPL/trades/latest?feed=sip')
    expect(latest.status).toBe(403)
    expect(await latest.json()).toMatchObject({
      message: 'subscription does not permit querying recent SIP data',
    })
    const recent = '/v2/stocks/bars?symbols=AAPL&timeframe=1Min&feed=sip&start=2026-11-24T14:30:00Z'
    expect((await ask(market, `${recent}&end=2026-11-24T14:50:00Z`)).status).toBe(403)
    expect((await ask(market, `${recent}&end=2026-11-24T14:45:00Z`)).status).toBe(200)
    await subscribed()
  })
})

describe('malformed frames', () => {
  test.each(MALFORMED_FORMS)('of the form %s come once, and valid ones follow', async (form) => {
    const client = await subscribed()
    const frames = client.frames.items.length
    market.injectFault({ kind: 'malformed', form })
    await client.settled()
    expect(client.frames.items.length).toBe(frames + 1)
    expect(market.sent().malformedFrames).toBe(1)
    expect(await quotesOfASecond(client)).toBe(50)
  })

  test('are each malformed in a different way', async () => {
    const client = await subscribed()
    const frames = client.frames.items.length
    for (const form of MALFORMED_FORMS) market.injectFault({ kind: 'malformed', form })
    await client.settled()
    const sent = client.frames.items.slice(frames)
    expect(new Set(sent).size).toBe(MALFORMED_FORMS.length)
  })

  test('in a storm: ten thousand quotes in one', async () => {
    const client = await subscribed()
    await quotesOfASecond(client)
    const frames = client.frames.items.length
    market.injectFault({ kind: 'storm', quotes: 10_000 })
    await client.settled()
    expect(client.frames.items.length).toBe(frames + 1)
    expect(client.of('q').length).toBe(10_050)
    expect(market.sent().messages.quotes).toBe(10_050)
  })

  test('in fragments of any size, which make up the same frames', async () => {
    const client = await subscribed()
    for (const bytes of [1, 7, 100]) {
      market.injectFault({ kind: 'fragment', bytes })
      expect(await quotesOfASecond(client)).toBe(50)
    }
  })

  test('as bars that come twice or late', async () => {
    const client = await subscribed()
    market.injectFault({ kind: 'duplicate-bars' })
    market.advance(60_000)
    await client.settled()
    const twice = client.of('b').filter(({ S }) => S === 'AAPL')
    expect(twice.map(({ t }) => t)).toEqual(['2026-11-24T15:00:00Z', '2026-11-24T15:00:00Z'])
    expect(twice[0]).toEqual(twice[1])
    market.clearFaults()
    market.injectFault({ kind: 'late-bars' })
    market.advance(60_000)
    await client.settled()
    const late = client.of('b').filter(({ S }) => S === 'MSFT')
    expect(late.slice(-2).map(({ t }) => t)).toEqual(['2026-11-24T15:01:00Z', '2026-11-24T14:58:00Z'])
  })
})

describe('REST that fails', () => {
  const PAGE =
    '/v2/stocks/bars?symbols=AAPL,MSFT&timeframe=1Min&start=2026-11-20T15:00:00Z&end=2026-11-20T15:09:00Z'

  test.each([undefined, '3', 'Wed, 21 Oct 2099 07:28:00 GMT', '-7', '86400'])(
    'with 429 and Retry-After %s',
    async (retryAfter) => {
      market.injectFault({ kind: 'rate-limit', times: 1, ...(retryAfter !== undefined && { retryAfter }) })
      const limited = await ask(market, '/v2/clock')
      expect(limited.status).toBe(429)
      expect(limited.headers.get('retry-after')).toBe(retryAfter ?? null)
      expect(await limited.json()).toHaveProperty('message')
      expect((await ask(market, '/v2/clock')).status).toBe(200)
    },
  )

  test('with 429 once the minute is used up, while its headers count down', async () => {
    market.injectFault({ kind: 'request-limit', perMinute: 3 })
    const left: (string | null)[] = []
    const statuses: number[] = []
    for (let request = 0; request < 4; request++) {
      const { status, headers } = await ask(market, '/v2/clock')
      statuses.push(status)
      left.push(headers.get('x-ratelimit-remaining'))
    }
    expect(statuses).toEqual([200, 200, 200, 429])
    expect(left).toEqual(['2', '1', '0', '0'])
    market.advance(60_000)
    expect((await ask(market, '/v2/clock')).status).toBe(200)
  })

  test('with a server error, that many times', async () => {
    market.injectFault({ kind: 'server-error', status: 503, times: 2 })
    const statuses = []
    for (let request = 0; request < 3; request++) statuses.push((await ask(market, '/v2/clock')).status)
    expect(statuses).toEqual([503, 503, 200])
  })

  test('with half a body', async () => {
    market.injectFault({ kind: 'cut-body', times: 1 })
    await expect(ask(market, PAGE).then((response) => response.text())).rejects.toThrow()
    expect((await ask(market, PAGE)).status).toBe(200)
  })

  test('with a page of HTML', async () => {
    market.injectFault({ kind: 'not-json', times: 1 })
    const response = await ask(market, '/v2/clock')
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/^<html>/)
  })

  test('by being slow, or by not answering at all', async () => {
    market.injectFault({ kind: 'slow', ms: 30_000, times: 1 })
    const slow = ask(market, '/v2/clock').then(({ status }) => status)
    await ask(market, '/v2/account')
    market.advance(29_999)
    expect(await Promise.race([slow, ask(market, '/v2/account').then(() => 'still waiting')])).toBe(
      'still waiting',
    )
    market.advance(1)
    expect(await slow).toBe(200)

    market.injectFault({ kind: 'no-answer', times: 1 })
    const patience = new AbortController()
    const never = fetch(`${market.urls.baseUrl}/v2/clock`, { signal: patience.signal })
    await ask(market, '/v2/account').then(() => patience.abort())
    await expect(never).rejects.toThrow(/abort/)
  })

  interface Page {
    readonly bars: Readonly<Record<string, readonly unknown[]>>
    readonly next_page_token: string | null
  }

  test('by returning the token it was requested with', async () => {
    market.injectFault({ kind: 'repeat-page-token' })
    const first = await askJson<Page>(market, `${PAGE}&limit=5`)
    const second = await askJson<Page>(market, `${PAGE}&limit=5&page_token=${first.next_page_token ?? ''}`)
    expect(second.next_page_token).toBe(first.next_page_token)
  })

  test('by empty pages that have a token, behind which nothing is lost', async () => {
    const whole = await askJson<Page>(market, PAGE)
    market.injectFault({ kind: 'empty-page' })
    const lengths: number[] = []
    const bars: unknown[] = []
    let token: string | null = ''
    while (token !== null) {
      const page: Page = await askJson(market, `${PAGE}&limit=8&page_token=${token}`)
      const got = Object.values(page.bars).flat()
      lengths.push(got.length)
      bars.push(...got)
      token = page.next_page_token
    }
    expect(lengths).toEqual([0, 8, 0, 8, 0, 4])
    expect(bars).toEqual(Object.values(whole.bars).flat())
  })
})

describe('the controls over HTTP', () => {
  const post = (path: string, body: object | '') => tellControls(market, path, body)

  test('set faults, clear them and report what was sent', async () => {
    const fault: Fault = { kind: 'server-error', status: 500 }
    expect((await post('/demo/faults', fault)).status).toBe(200)
    expect((await ask(market, '/v2/clock')).status).toBe(500)
    await post('/demo/behave', '')
    expect((await ask(market, '/v2/clock')).status).toBe(200)
    const sent = await (await tellControls(market, '/demo/sent')).json()
    expect(sent).toEqual(market.sent())
    expect(sent).toMatchObject({ rest: { requests: 2, byPath: { '/v2/clock': 2 } } })
  })

  test('explain what is wrong with an unknown fault', async () => {
    const unknown = await post('/demo/faults', { kind: 'earthquake' })
    expect(unknown.status).toBe(422)
    expect(await unknown.json()).toHaveProperty('message')
    expect((await post('/demo/faults', '')).status).toBe(400)
  })
})
