import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLog } from '#process/log'
import { Updates } from '../../src/main/updates/index.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/shared/time.ts'
import type { NoticeProblem, UpdateStatus } from '../../src/shared/updates.ts'
import { Inbox } from '../support/inbox.ts'
import { allTurns, ManualClock } from '../support/manual-clock.ts'
import { startNoticeServer, type NoticeServer } from '../support/notice-server.ts'
import { releaseKey } from '../support/release-key.ts'
import { createAuthority, createCertificate } from '../support/tls-front.ts'

/** 10:00 ET on a Friday, while the market is open. */
const MORNING = Date.parse('2026-11-27T10:00:00-05:00')

const key = releaseKey()

let folder: string
let server: NoticeServer
let opened: Updates[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signal-updates-'))
  server = await startNoticeServer()
  opened = []
})
afterEach(async () => {
  for (const updates of opened) updates.stop()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Running {
  readonly version?: string
  readonly url?: string
  readonly publicKey?: typeof key.publicKey
  readonly now?: number
  readonly isWanted?: () => boolean
  readonly file?: string
}

/** Version 0.1.0 of Signal, as far as it asks for newer ones, on the test's data folder and server. */
function openUpdates({ version = '0.1.0', now = MORNING, isWanted = () => true, ...rest }: Running = {}) {
  const statuses = new Inbox<UpdateStatus>()
  /** Lets a check that runs come to its end before time continues. */
  const settle = async () => {
    await allTurns()
    if (statuses.items.at(-1)?.isChecking)
      await statuses.until(({ isChecking }) => !isChecking, statuses.items.length)
  }
  const clock = new ManualClock(now, settle)
  const log = { ...silentLog, info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const openPage = vi.fn(async () => {})
  const updates = new Updates({
    source: {
      kind: 'named',
      version,
      noticeUrl: rest.url ?? server.url,
      publicKey: rest.publicKey ?? key.publicKey,
    },
    file: rest.file ?? join(folder, 'update-notice.json'),
    isWanted,
    openPage,
    emit: { updates: { changed: (status) => statuses.add(status) } },
    clock,
    log,
  })
  opened.push(updates)
  const { status, check } = updates.handlers.updates
  return {
    updates,
    clock,
    log,
    openPage,
    statuses,
    settle,
    /** What Settings show after a press of Check now. */
    async check() {
      const answer = await check()
      if (!answer.ok) throw new Error('no answer')
      return answer.value
    },
    async status() {
      const answer = await status()
      if (!answer.ok) throw new Error('no answer')
      return answer.value
    },
    logged: () => log.info.mock.calls.length + log.warn.mock.calls.length + log.error.mock.calls.length,
  }
}

const release = (version: string) => expect.objectContaining({ version })

test('a newer version is told with its date and its notes, and its page opens in the browser', async () => {
  server.answer(key.notice('0.2.0', { notes: ['Charts.', 'Alerts.'] }))
  const signal = openUpdates()
  expect(await signal.check()).toEqual({
    source: 'named',
    isChecking: false,
    release: {
      version: '0.2.0',
      releasedAt: Date.parse('2026-11-20T21:00:00Z'),
      notes: ['Charts.', 'Alerts.'],
    },
    lastCheck: { at: MORNING },
  })
  await signal.updates.handlers.updates.openPage()
  expect(signal.openPage.mock.calls).toEqual([['https://signal.example/0.2.0']])
})

test.each([
  ['the same version', '0.1.0'],
  ['an older version', '0.0.9'],
])('%s is not news, and has no page', async (_what, version) => {
  server.answer(key.notice(version))
  const signal = openUpdates()
  const status = await signal.check()
  expect(status).toEqual({ source: 'named', isChecking: false, lastCheck: { at: MORNING } })
  await signal.updates.handlers.updates.openPage()
  expect(signal.openPage).not.toHaveBeenCalled()
})

test('an older notice, sent again after a newer one, hides nothing, also not after a restart', async () => {
  server.answer(key.notice('0.3.0'))
  const first = openUpdates()
  await first.check()
  server.answer(key.notice('0.2.0', { releasedAt: '2026-11-25T21:00:00Z' }))
  expect(await first.check()).toMatchObject({ release: release('0.3.0') })
  const second = openUpdates()
  expect(await second.check()).toMatchObject({ release: release('0.3.0') })
})

test('a corrected notice of the same version replaces the first, and the first never comes back', async () => {
  const first = key.notice('0.2.0', { releasedAt: '2026-11-20T21:00:00Z', notes: ['Chrats.'] })
  const corrected = key.notice('0.2.0', { releasedAt: '2026-11-20T22:00:00Z', notes: ['Charts.'] })
  const signal = openUpdates()
  for (const envelope of [first, corrected, first]) {
    server.answer(envelope)
    await signal.check()
  }
  expect(await signal.status()).toMatchObject({ release: { notes: ['Charts.'] } })
})

test('what was told is there at the next start without a network, until that version runs', async () => {
  server.answer(key.notice('0.2.0'))
  await openUpdates().check()
  await server.stop()
  expect(await openUpdates().status()).toMatchObject({ release: release('0.2.0') })
  expect(await openUpdates({ version: '0.2.0' }).status()).not.toHaveProperty('release')
  expect(await openUpdates({ version: '0.3.0' }).status()).not.toHaveProperty('release')
})

const kept = () => readFileSync(join(folder, 'update-notice.json'), 'utf8')

test.each([
  ['was changed', () => kept().replace(/"notice": "(....)/, '"notice": "AAAA')],
  ['is cut off', () => kept().slice(0, 60)],
  ['is another key’s', () => JSON.stringify(releaseKey().notice('9.0.0'))],
  ['is empty', () => ''],
])('a kept notice that %s is ignored and logged, and the next answer replaces it', async (_how, spoiled) => {
  server.answer(key.notice('0.2.0'))
  await openUpdates().check()
  writeFileSync(join(folder, 'update-notice.json'), spoiled())
  const signal = openUpdates()
  expect(await signal.status()).not.toHaveProperty('release')
  expect(signal.log.warn).toHaveBeenCalledTimes(1)
  expect(await signal.check()).toMatchObject({ release: release('0.2.0') })
  expect(await openUpdates().status()).toMatchObject({ release: release('0.2.0') })
})

test('a newer version is told also where nothing can be kept', async () => {
  server.answer(key.notice('0.2.0'))
  writeFileSync(join(folder, 'file'), '')
  const signal = openUpdates({ file: join(folder, 'file', 'update-notice.json') })
  expect(await signal.check()).toMatchObject({ release: release('0.2.0') })
  expect(signal.log.warn).toHaveBeenCalledTimes(1)
})

const envelope = () => key.notice('0.9.0')
const send =
  (text: string | Buffer): RequestListener =>
  (_request, response) =>
    void response.end(text)

/** Writes as long as anybody reads. */
const endlessly: RequestListener = (_request, response) => {
  const write = () => {
    while (!response.destroyed && response.write('x'.repeat(1_024)));
  }
  response.on('drain', write)
  write()
}

const BAD_ANSWERS: readonly (readonly [string, RequestListener, NoticeProblem])[] = [
  [
    'a wrong signature',
    send(JSON.stringify({ ...envelope(), signature: key.notice('0.8.0').signature })),
    'bad-signature',
  ],
  ['another key’s signature', send(JSON.stringify(releaseKey().notice('0.9.0'))), 'bad-signature'],
  [
    'a genuine notice with a bad page',
    send(JSON.stringify(key.notice('0.9.0', { page: 'http://x/' }))),
    'not-a-notice',
  ],
  ['a web page', send('<!doctype html><title>Sign in to this network</title>'), 'not-a-notice'],
  ['nothing', send(''), 'not-a-notice'],
  ['a notice cut in half', send(JSON.stringify(envelope()).slice(0, 150)), 'not-a-notice'],
  ['compressed bytes', send(Buffer.from('1f8b0800000000000003', 'hex')), 'not-a-notice'],
  ['an endless answer', endlessly, 'too-large'],
  [
    'an answer of 64 KB and one byte',
    send(`${JSON.stringify(envelope())}`.padEnd(64 * 1024 + 1)),
    'too-large',
  ],
  [
    'an error',
    (_request, response) => void response.writeHead(400).end(JSON.stringify(envelope())),
    'bad-status',
  ],
  [
    'an answer whose connection breaks',
    (_request, response) => {
      response.setHeader('Content-Length', 1_000)
      response.write(JSON.stringify(envelope()), () => response.destroy())
    },
    'cut-off',
  ],
  ['a connection that closes immediately', (request) => void request.socket.destroy(), 'unreachable'],
]

test.each(BAD_ANSWERS)(
  '%s tells nothing, keeps what is known, and is logged once however often it comes',
  async (_what, listener, problem) => {
    server.answer(key.notice('0.2.0'))
    await openUpdates().check()
    const before = kept()
    server.answer(listener)
    const signal = openUpdates()
    expect(await signal.check()).toEqual({
      source: 'named',
      isChecking: false,
      release: release('0.2.0'),
      lastCheck: { at: MORNING, problem },
    })
    signal.updates.start()
    await signal.clock.turn(3 * DAY_MS)
    expect(server.arrivals.items).toHaveLength(1 + 1 + 1 + 3)
    expect(signal.logged()).toBe(1)
    expect(kept()).toBe(before)
  },
)

test('an answer of exactly 64 KB is read', async () => {
  server.answer(send(JSON.stringify(key.notice('0.2.0')).padEnd(64 * 1024)))
  expect(await openUpdates().check()).toMatchObject({ release: release('0.2.0') })
})

test.each([
  [200, 'too-large'],
  [302, 'redirected'],
  [404, 'bad-status'],
] as const)('an endless answer with status %s is hung up on', async (code, problem) => {
  server.answer((request, response) => endlessly(request, response.writeHead(code)))
  const checking = openUpdates().check()
  const { response } = await server.arrivals.until(() => true)
  await new Promise<void>((resolve) => void response.once('close', () => resolve()))
  expect(await checking).toMatchObject({ lastCheck: { problem } })
})

test('the same problem is logged again after an answer in between', async () => {
  const signal = openUpdates()
  await signal.check()
  server.answer(key.notice('0.1.0'))
  await signal.check()
  server.answer((_request, response) => void response.writeHead(404).end())
  await signal.check()
  expect(signal.logged()).toBe(2)
})

test('without a server nothing is told but to the user who asked, and the log has one line', async () => {
  await server.stop()
  const signal = openUpdates()
  signal.updates.start()
  await signal.clock.turn(3 * DAY_MS)
  expect(await signal.status()).toMatchObject({ lastCheck: { problem: 'unreachable' } })
  expect(signal.log.info).toHaveBeenCalledTimes(1)
  expect(signal.log.warn).not.toHaveBeenCalled()
})

test('a redirect is refused, and nobody asks where it leads', async () => {
  const elsewhere = await startNoticeServer()
  elsewhere.answer(key.notice('0.2.0'))
  for (const code of [301, 302, 307, 308]) {
    server.answer((_request, response) => void response.writeHead(code, { Location: elsewhere.url }).end())
    expect(await openUpdates().check()).toMatchObject({ lastCheck: { problem: 'redirected' } })
  }
  expect(elsewhere.arrivals.items).toHaveLength(0)
  await elsewhere.stop()
})

test.each([
  ['does not answer', () => {}],
  ['sends no more after its headers', (response: ServerResponse) => response.flushHeaders()],
  ['sends no more after half a notice', (response: ServerResponse) => void response.write('{"notice":"')],
])('a server that %s is hung up on after ten seconds', async (_how, begin) => {
  server.answer((_request, response) => begin(response))
  const signal = openUpdates()
  const checking = signal.check()
  const { response } = await server.arrivals.until(() => true)
  const hungUp = new Promise<void>((resolve) => void response.once('close', () => resolve()))
  signal.clock.turnAtOnce(10 * SECOND_MS - 1)
  await allTurns()
  expect((await signal.status()).isChecking).toBe(true)
  signal.clock.turnAtOnce(1)
  expect(await checking).toMatchObject({ isChecking: false, lastCheck: { problem: 'timed-out' } })
  await hungUp
  expect(signal.clock.waiting).toBe(0)
})

test('a server whose certificate nobody known signed gets no request', async () => {
  const authority = createAuthority(folder, 'Unknown')
  const { cert, key: certKey } = createCertificate(folder, authority, 'DNS:localhost')
  const secure = await startNoticeServer({ cert: readFileSync(cert), key: readFileSync(certKey) })
  secure.answer(key.notice('0.2.0'))
  expect(await openUpdates({ url: secure.url }).check()).toMatchObject({
    lastCheck: { problem: 'unreachable' },
  })
  expect(secure.arrivals.items).toHaveLength(0)
  const known = getCACertificates()
  setDefaultCACertificates([readFileSync(authority.cert, 'utf8')])
  expect(await openUpdates({ url: secure.url }).check()).toMatchObject({ release: release('0.2.0') })
  setDefaultCACertificates(known)
  await secure.stop()
})

test('the server learns the version that runs, and nothing else', async () => {
  server.answer((_request, response) => {
    response.setHeader('Set-Cookie', 'id=7')
    response.setHeader('ETag', '"7"')
    response.end(JSON.stringify(key.notice('0.2.0')))
  })
  const signal = openUpdates()
  await signal.check()
  await signal.check()
  const host = new URL(server.url).host
  for (const { request } of server.arrivals.items) {
    expect([request.method, request.url]).toEqual(['GET', '/signal.json'])
    expect(request.headers).toEqual({ 'user-agent': 'Signal/0.1.0', host, connection: 'close' })
  }
  expect(server.arrivals.items).toHaveLength(2)
})

/** When the notice was asked for, in New York. */
function asked({ statuses, clock }: ReturnType<typeof openUpdates>): string[] {
  const times: string[] = []
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  statuses.onAdd = ({ isChecking }) => isChecking && times.push(format.format(clock.now()))
  return times
}

test.each([
  ['in spring', '2026-03-06T09:07:00-05:00', ['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09']],
  ['in autumn', '2026-10-30T09:07:00-04:00', ['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02']],
])(
  'it is asked for at the start and then once a night, also when the clocks change %s',
  async (_when, at, days) => {
    const signal = openUpdates({ now: Date.parse(at) })
    const times = asked(signal)
    signal.updates.start()
    signal.updates.start()
    await signal.clock.turn(4 * DAY_MS)
    expect(times).toEqual([`${days[0]} 09:07`, ...days.map((day) => `${day} 20:07`)])
  },
)

test('after a start at night it is not asked for again in that night', async () => {
  const signal = openUpdates({ now: Date.parse('2026-11-27T21:00:00-05:00') })
  const times = asked(signal)
  signal.updates.start()
  await signal.clock.turn(DAY_MS)
  expect(times).toEqual(['2026-11-27 21:00', '2026-11-28 20:00'])
})

test('a computer that slept through the night asks in the next one, not while the market trades', async () => {
  const signal = openUpdates({ now: Date.parse('2026-11-25T19:00:00-05:00') })
  const times = asked(signal)
  signal.updates.start()
  signal.clock.suspend(14 * HOUR_MS)
  await signal.clock.turn(DAY_MS)
  expect(times).toEqual(['2026-11-25 19:00', '2026-11-26 20:00'])
})

test('with the setting off nothing is asked for until the user asks, nor before it is on again', async () => {
  server.answer(key.notice('0.2.0'))
  let isWanted = false
  const signal = openUpdates({ isWanted: () => isWanted })
  signal.updates.start()
  await signal.clock.turn(2 * DAY_MS)
  expect(server.arrivals.items).toHaveLength(0)
  expect(await signal.status()).toEqual({ source: 'named', isChecking: false })
  expect(await signal.check()).toMatchObject({ release: release('0.2.0') })
  expect(server.arrivals.items).toHaveLength(1)
  isWanted = true
  await signal.clock.turn(DAY_MS)
  expect(server.arrivals.items).toHaveLength(2)
})

test('it is never asked for twice at the same time', async () => {
  server.answer(key.notice('0.2.0'))
  const signal = openUpdates()
  signal.updates.start()
  expect((await signal.status()).isChecking).toBe(true)
  const answers = await Promise.all([signal.check(), signal.check()])
  expect(answers.map((status) => [status.isChecking, status.release?.version])).toEqual([
    [false, '0.2.0'],
    [false, '0.2.0'],
  ])
  expect(server.arrivals.items).toHaveLength(1)
  await signal.check()
  expect(server.arrivals.items).toHaveLength(2)
})

test('after the stop nothing is asked for by itself', async () => {
  const signal = openUpdates()
  signal.updates.start()
  await signal.settle()
  signal.updates.stop()
  await signal.clock.turn(2 * DAY_MS)
  expect(server.arrivals.items).toHaveLength(1)
})

test.each(['checkout', 'unnamed', 'invalid'] as const)(
  'a build that is %s asks nobody, and says which it is',
  async (kind) => {
    const changed = vi.fn()
    const updates = new Updates({
      source: { kind },
      file: join(folder, 'update-notice.json'),
      isWanted: () => true,
      openPage: async () => {},
      emit: { updates: { changed } },
      clock: new ManualClock(MORNING),
      log: silentLog,
    })
    updates.start()
    expect(await updates.handlers.updates.check()).toEqual({
      ok: true,
      value: { source: kind, isChecking: false },
    })
    expect(changed).not.toHaveBeenCalled()
    updates.stop()
  },
)
