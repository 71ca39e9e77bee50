import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import type { DemoChildMessage, DemoParentMessage } from '../../src/demo-market/messages.ts'
import { ask, DemoClient } from '../support/demo-client.ts'
import { Inbox } from '../support/inbox.ts'
import { rawStatus } from '../support/raw-http.ts'
import { seededRandom } from '../support/seeded-random.ts'

const PROCESS = fileURLToPath(new URL('../../src/demo-market/process.ts', import.meta.url))

const portOf = (baseUrl: string) => Number(new URL(baseUrl).port)
const keyHeaders = (environment: Readonly<Record<string, string>>) => ({
  'APCA-API-KEY-ID': environment['ALPACA_API_KEY'] ?? '',
  'APCA-API-SECRET-KEY': environment['ALPACA_API_SECRET'] ?? '',
})

describe('the demo market', () => {
  let market: DemoMarket
  beforeEach(async () => {
    market = await startDemoMarket({ symbols: ['AAPL'], rate: 5, control: true })
  })
  afterEach(() => market.stop())

  /** A request with the right keys and this `Host`. */
  const withHost = (host: string) => {
    const keys = Object.entries(keyHeaders(market.environment)).map(([name, value]) => `${name}: ${value}`)
    const lines = ['GET /v2/clock HTTP/1.1', `Host: ${host}`, ...keys, 'Connection: close', '', '']
    return rawStatus(portOf(market.urls.baseUrl), lines.join('\r\n'))
  }

  test('answers only its own host: a foreign name that was made to lead here gets nothing, even with the keys', async () => {
    const port = portOf(market.urls.baseUrl)
    const own = [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]
    for (const host of own) expect(await withHost(host), host).toBe(200)
    const foreign = [
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost:${port + 1}`,
      'localhost',
      `user@localhost:${port}`,
      `192.168.0.1:${port}`,
      '',
    ]
    for (const host of foreign) expect(await withHost(host), host).toBe(403)
    expect(market.sent().rest.requests).toBe(own.length)
  })

  test('answers no web page: an Origin is refused, also its own and also for a websocket', async () => {
    const keys = keyHeaders(market.environment)
    for (const Origin of ['https://evil.example', 'null', market.urls.baseUrl, 'signal://app']) {
      expect((await ask(market, '/v2/account', { ...keys, Origin })).status, Origin).toBe(403)
      for (const url of [market.urls.wsUrl('iex'), market.urls.tradeUpdatesUrl]) {
        const socket = new WebSocket(url, { headers: { ...keys, Origin } })
        const [error] = (await once(socket, 'error')) as [Error]
        expect(error.message, Origin).toBe('Unexpected server response: 403')
      }
    }
    expect((await ask(market, '/v2/account')).status).toBe(200)
  })

  test('has keys of its own at each start: those of another start, or of the documentation, open nothing', async () => {
    const other = await startDemoMarket({ symbols: ['AAPL'] })
    await other.stop()
    const fixed = {
      ALPACA_API_KEY: 'DEMO0000000000000000',
      ALPACA_API_SECRET: 'demo-secret-of-the-demo-market',
    }
    for (const wrong of [other.environment, fixed]) {
      expect((await ask(market, '/v2/account', keyHeaders(wrong))).status).toBe(401)
      const client = new DemoClient(market)
      await client.control('connected')
      client.authenticate({ key: wrong['ALPACA_API_KEY'], secret: wrong['ALPACA_API_SECRET'] })
      await client.error(402)
    }
  })

  test('takes no fault and reports no order to a program without the control token', async () => {
    const tell = (path: string, authorization?: string) =>
      fetch(market.urls.baseUrl + path, {
        method: path === '/demo/faults' ? 'POST' : 'GET',
        headers: authorization === undefined ? keyHeaders(market.environment) : { authorization },
        ...(path === '/demo/faults' && { body: '{"kind":"server-error","status":500}' }),
      })
    for (const path of ['/demo/faults', '/demo/sent', '/demo/orders', '/demo/nothing']) {
      expect((await tell(path)).status, path).toBe(401)
      expect((await tell(path, 'Bearer ')).status, path).toBe(401)
      expect((await tell(path, `Bearer ${market.environment['ALPACA_API_SECRET']}`)).status, path).toBe(401)
    }
    expect((await ask(market, '/v2/clock')).status).toBe(200)
    expect((await tell('/demo/faults', `Bearer ${market.controlToken}`)).status).toBe(200)
    expect((await ask(market, '/v2/clock')).status).toBe(500)
  })
})

describe('a demo market in its own process', () => {
  let child: ChildProcess
  let port: number
  let environment: Readonly<Record<string, string>>
  beforeEach(async () => {
    child = fork(PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const inbox = new Inbox<DemoChildMessage>()
    child.on('message', (message) => inbox.add(message as DemoChildMessage))
    child.send({ type: 'start', options: { symbols: ['AAPL'], rate: 5 } } satisfies DemoParentMessage)
    const ready = await inbox.until<Extract<DemoChildMessage, { type: 'ready' }>>(
      ({ type }) => type === 'ready',
    )
    environment = ready.environment
    port = portOf(ready.urls.baseUrl)
  })
  afterEach(() => child.kill())

  const request = (target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') => {
    const all = { Host: `127.0.0.1:${port}`, Connection: 'close', ...keyHeaders(environment), ...headers }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
    return rawStatus(port, [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
  }
  const upgrade = (target: string) =>
    request(target, {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    })

  /** Whether it still answers an ordinary request. */
  const isAlive = async () => {
    const headers = keyHeaders(environment)
    const { status } = await fetch(`http://127.0.0.1:${port}/v2/clock`, { headers })
    return status === 200
  }

  test('answers a target that is not a path with 400, and keeps running', async () => {
    const targets = [
      '//',
      '///v2/clock',
      '//evil.example/v2/clock',
      'http://evil.example/v2/clock',
      'v2/clock',
      '*',
    ]
    for (const target of targets) {
      expect(await request(target), target).toBe(400)
      expect(await upgrade(target), `${target} as a websocket`).toBe(400)
    }
    expect(await request('/v2/assets/%ff')).toBe(400)
    expect(await isAlive()).toBe(true)
  })

  test('answers six hundred odd request lines with a refusal, and lives', async () => {
    const random = seededRandom(20)
    const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)]
    const PIECES = [
      '/',
      '//',
      '/v2/',
      '/v2/orders',
      '/v2/positions/',
      '/v2/assets/',
      '/v2/stocks/bars',
      '/v2/stocks/AAPL/bars',
      '/v2/account/portfolio/history',
      '/v2/account/activities/FILL',
      '/stream',
      '..',
      '%',
      '%00',
      '%ff%fe',
      '%2f%2f',
      '\\',
      '?',
      '#',
      '[',
      '@',
      ':99999',
      ' ',
      '\t',
      '\u00ff',
      'symbols=AAPL',
      '&start=',
      '&limit=',
      '&timeframe=1Min',
      '&page_token=',
      '-1',
      '1e999',
      '9'.repeat(400),
      'NaN',
      '2026-13-45T99:99:99Z',
      '__proto__',
      'constructor',
    ]
    const METHODS = [
      'GET',
      'POST',
      'PATCH',
      'DELETE',
      'HEAD',
      'OPTIONS',
      'PUT',
      'TRACE',
      'CONNECT',
      'get',
      '',
    ]
    const seen = new Set<number | undefined>()
    for (let nth = 0; nth < 600; nth++) {
      let target = ''
      const pieces = 1 + Math.floor(random() * 6)
      for (let piece = 0; piece < pieces; piece++) target += pick(PIECES) ?? ''
      const isUpgrade = random() < 0.2
      const status = isUpgrade ? await upgrade(target) : await request(target, {}, pick(METHODS))
      seen.add(status)
      expect(status === undefined || status < 500, `${status} for ${JSON.stringify(target)}`).toBe(true)
      expect(child.exitCode, `${JSON.stringify(target)} ended it`).toBeNull()
    }
    expect(await isAlive()).toBe(true)
    expect([...seen]).toEqual(expect.arrayContaining([200, 400, 404]))
  })

  test('keeps running when a stream’s client sends something that is not a frame', async () => {
    for (const path of ['/v2/iex', '/stream']) {
      const socket = connect(port, '127.0.0.1')
      const closed = once(socket, 'close')
      const lines = [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        '',
        '',
      ]
      socket.write(lines.join('\r\n'))
      await once(socket, 'data')
      socket.on('error', () => undefined)
      socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))
      await closed
      expect(await isAlive(), path).toBe(true)
    }
  })
})
