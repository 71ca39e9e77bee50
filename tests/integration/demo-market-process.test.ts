import { fork, spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import type { DemoChildMessage, DemoParentMessage } from '../../src/demo-market/messages.ts'
import { tellControls } from '../support/demo-client.ts'
import { Inbox } from '../support/inbox.ts'

const ENTRY = fileURLToPath(new URL('../../src/demo-market/process.ts', import.meta.url))

const CLI = fileURLToPath(new URL('../../src/demo-market/cli.ts', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill()
})

function start() {
  const child = fork(ENTRY, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  children.push(child)
  const inbox = new Inbox<DemoChildMessage>()
  child.on('message', (message) => inbox.add(message as DemoChildMessage))
  const tell = (message: DemoParentMessage) => child.send(message)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, inbox, tell, ended }
}

type ReportContext<T extends DemoChildMessage['type']> = Extract<DemoChildMessage, { type: T }>

test('a demo market in its own process reports its address, takes faults, counts, and ends with its parent', async () => {
  const { child, inbox, tell, ended } = start()
  tell({ type: 'start', options: { seed: 5 } })
  const ready = await inbox.until<ReportContext<'ready'>>(({ type }) => type === 'ready')
  const clock = () =>
    fetch(`${ready.urls.baseUrl}/v2/clock`, {
      headers: {
        'APCA-API-KEY-ID': ready.environment['ALPACA_API_KEY'] ?? '',
        'APCA-API-SECRET-KEY': ready.environment['ALPACA_API_SECRET'] ?? '',
      },
    })
  expect((await clock()).status).toBe(200)
  tell({ type: 'fault', fault: { kind: 'server-error', status: 502 } })
  await expect.poll(async () => (await clock()).status).toBe(502)
  tell({ type: 'clear-faults' })
  await expect.poll(async () => (await clock()).status).toBe(200)
  tell({ type: 'sent' })
  const { counts } = await inbox.until<ReportContext<'sent'>>(({ type }) => type === 'sent')
  expect(counts.rest.byPath['/v2/clock']).toBeGreaterThanOrEqual(3)

  child.disconnect()
  expect(await ended).toBe(0)
  await expect(clock()).rejects.toThrow()
})

test('a demo market that cannot start says why, and ends', async () => {
  const first = start()
  first.tell({ type: 'start', options: {} })
  const { urls } = await first.inbox.until<ReportContext<'ready'>>(({ type }) => type === 'ready')
  const second = start()
  second.tell({ type: 'start', options: { port: Number(new URL(urls.baseUrl).port) } })
  const failed = await second.inbox.until<ReportContext<'failed'>>(({ type }) => type === 'failed')
  expect(failed.message).toMatch(/EADDRINUSE/)
  expect(await second.ended).toBe(1)
})

test('a demo market that is sent an invalid message says so, and ends', async () => {
  const { child, inbox, ended } = start()
  child.send({ type: 'start', options: { rate: -1 } })
  const failed = await inbox.until<ReportContext<'failed'>>(({ type }) => type === 'failed')
  expect(failed.message).toMatch(/rate/)
  expect(await ended).toBe(1)
})

test('the command prints the lines that point a client at it, reports clients, and stops on Ctrl+C', async () => {
  const child = spawn(process.execPath, [CLI, '--symbols', 'AAPL', '--rate', '5', '--control'])
  children.push(child)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const lines = new Inbox<string>()
  child.stdout.on('data', (data: Buffer) => {
    for (const line of data.toString().trim().split('\n')) lines.add(line)
  })
  const exported = async (name: string) =>
    (await lines.until((line) => line.startsWith(`export ${name}=`))).slice(`export ${name}=`.length)
  const [key, secret, url] = [
    await exported('ALPACA_API_KEY'),
    await exported('ALPACA_API_SECRET'),
    await exported('ALPACA_WS_URL'),
  ]
  expect(await exported('ALPACA_BASE_URL')).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await exported('ALPACA_DATA_URL')).toBe(await exported('ALPACA_BASE_URL'))
  const socket = new WebSocket(url)
  socket.addEventListener('open', () => socket.send(JSON.stringify({ action: 'auth', key, secret })))
  await lines.until((line) => line.includes('iex: a client came'))
  const controlToken = await exported('SIGNAL_DEMO_CONTROL_TOKEN')
  const urls = { baseUrl: await exported('ALPACA_BASE_URL') }
  expect((await tellControls({ urls, controlToken }, '/demo/sent')).status).toBe(200)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
})

test('the command rejects invalid arguments, and says what is wrong', async () => {
  const child = spawn(process.execPath, [CLI, '--rate', 'fast'])
  children.push(child)
  let said = ''
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString()
  })
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2)
  expect(said).toMatch(/--rate/)
  expect(said).toMatch(/Usage/)
})
