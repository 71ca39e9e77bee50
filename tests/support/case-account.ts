import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { MarketRow } from '../../src/shared/market.ts'
import { AlpacaServer, type ReceivedCall, type Reply, type Session } from './alpaca-server.ts'
import { SkippingClock } from './skipping-clock.ts'
import { openTradingSession, type TradingSession } from './trading-session.ts'

/** What Alpaca answers about one account and its market; everything else is empty. */
interface CaseAnswers {
  /** The moment at which the case happens, ISO-8601. */
  readonly at: string
  readonly account?: object
  readonly positions?: readonly object[]
  readonly snapshots?: object
  /** Answers requests for bars; none if absent. */
  readonly bars?: (call: ReceivedCall) => Reply
  readonly corporateActions?: object
  readonly assets?: readonly object[]
  /** Folder of an earlier account of this case, whose database is used again. */
  readonly dataDir?: string
  /** The last part of the stream's address. */
  readonly feed?: 'iex' | 'sip' | 'delayed_sip'
}

const ACCOUNT = {
  id: 'acc',
  account_number: 'PA000777',
  status: 'ACTIVE',
  currency: 'USD',
  cash: '100000',
  equity: '100000',
  last_equity: '100000',
  buying_power: '200000',
  long_market_value: '0',
  short_market_value: '0',
  multiplier: '4',
}

/** A paper account at an Alpaca that answers as the case says, with Signal's main process connected to it. */
export interface CaseAccount {
  readonly server: AlpacaServer
  readonly session: TradingSession
  readonly clock: SkippingClock
  readonly dataDir: string
  /** Sends a frame of market data, and resolves once it was handled. */
  send(frame: readonly object[]): Promise<void>
  /** The newest row of KLMN that a window got, once it is like that. */
  row(holds: (row: MarketRow) => boolean): Promise<MarketRow>
  /** Closes Signal alone. */
  closeSession(): Promise<void>
  close(): Promise<void>
}

/** Opens the account of a case in KLMN, and waits until prices flow and orders may be sent. */
export async function openCase(answers: CaseAnswers): Promise<CaseAccount> {
  const server = await AlpacaServer.start()
  const clock = new SkippingClock()
  clock.skip(Date.parse(answers.at) - clock.now())
  const replies: Readonly<Record<string, unknown>> = {
    'GET /v2/account': answers.account ?? ACCOUNT,
    'GET /v2/positions': answers.positions ?? [],
    'GET /v2/orders': [],
    'GET /v2/assets': answers.assets ?? [],
    'GET /v2/calendar': [
      { date: '2026-11-20', open: '09:30', close: '16:00' },
      { date: '2026-11-23', open: '09:30', close: '16:00' },
      { date: '2026-11-24', open: '09:30', close: '16:00' },
      { date: '2026-11-25', open: '09:30', close: '16:00' },
    ],
    'GET /v2/stocks/snapshots': answers.snapshots ?? {},
    'GET /v1/corporate-actions': answers.corporateActions ?? {
      corporate_actions: {},
      next_page_token: null,
    },
  }
  for (const [route, body] of Object.entries(replies)) server.answer(route, { body })
  server.answer('GET /v2/stocks/bars', answers.bars ?? { body: { bars: {}, next_page_token: null } })
  server.answer('GET /v2/clock', () => ({
    body: {
      timestamp: new Date(clock.now()).toISOString(),
      is_open: true,
      next_open: '2026-11-25T14:30:00Z',
      next_close: '2026-11-24T21:00:00Z',
    },
  }))
  const dataDir = answers.dataDir ?? mkdtempSync(join(tmpdir(), 'signal-case-'))
  const url = server.environment['ALPACA_WS_URL'] ?? ''
  const environment = {
    ...server.environment,
    ALPACA_WS_URL: url.replace(/iex$/, answers.feed ?? 'iex'),
  }
  const session = openTradingSession({
    market: { environment },
    dataDir,
    symbols: ['KLMN'],
    mode: 'paper',
    clock,
  })
  const stream: Session = await server.stream.session(0)
  await stream.received.until(({ action }) => action === 'subscribe')
  return {
    server,
    session,
    clock,
    dataDir,
    async send(frame) {
      stream.send([...frame])
      await stream.settled()
    },
    async row(holds) {
      const { items } = session.rows
      await expect.poll(() => items.at(-1) !== undefined && holds(items.at(-1)!)).toBe(true)
      return items.at(-1)!
    },
    closeSession: () => session.close(),
    async close() {
      await session.close()
      await server.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
