import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SECOND_MS } from '#shared/time'
import type { OrderDraft } from '../../src/shared/trading/order.ts'
import { stockSymbol } from '../../src/shared/units.ts'
import { openCase, type CaseAccount } from '../support/case-account.ts'
import { caseFile } from '../support/case-file.ts'
import { p, q } from '../support/risk-context.ts'

type Frame = readonly object[]
interface WideQuote {
  readonly given: {
    readonly account: object
    readonly positions: readonly object[]
    readonly lastTrade: Readonly<Record<string, unknown>>
  }
  readonly frames: readonly [Frame, Frame, Frame]
  readonly alsoOtherSide: readonly [Frame]
  readonly alsoMild_AMZN_like: { readonly last: number; readonly frame: Frame }
}

const { given, frames, alsoOtherSide, alsoMild_AMZN_like } = caseFile<WideQuote>('wide-quote')
const KLMN = stockSymbol.parse('KLMN')
let held: CaseAccount

/** Opens the case's account at the time of its frames, with its last trade and a previous close of 150. */
const open = (at = '2026-11-24T15:00:00Z', last: Frame[number] = given.lastTrade) =>
  openCase({
    at,
    account: given.account,
    positions: given.positions,
    snapshots: {
      KLMN: {
        latestTrade: last,
        prevDailyBar: { t: '2026-11-23T05:00:00Z', o: 150, h: 150, l: 150, c: 150, v: 1000 },
      },
    },
  })

beforeEach(async () => {
  held = await open()
})

afterEach(() => held.close())

/** Seconds pass one by one, and the database has stored what was recorded in each. */
async function seconds({ clock, session }: CaseAccount, count: number): Promise<void> {
  for (let second = 0; second < count; second++) {
    clock.skip(SECOND_MS)
    await session.modeStorage.eventLog.values.read({ name: 'none' })
  }
}

/** Quotes the market at 150 and compares with Alpaca, so that the account's value follows prices from now on. */
async function quotedAt150(): Promise<void> {
  await held.send(frames[0])
  await held.row(({ price, basis }) => price === '150' && basis === 'mid')
  await held.session.when(({ positions }) => positions[0]?.dayPnl === '0')
  await held.session.trading.reconcile(undefined)
  await held.session.when(({ account, trading }) => account !== undefined && trading.state === 'active')
}

const buyLimit = (limitPrice: string): OrderDraft => ({
  symbol: KLMN,
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: q('1'),
  limitPrice: p(limitPrice),
  extendedHours: false,
})

async function problemsWith(draft: OrderDraft) {
  const answer = await held.session.trading.check(draft)
  if (!answer.ok) throw new Error('a draft is always checked')
  return answer.value
}

test('a one-venue quote of 75 x 150.02 moves neither price nor change nor money, and the cell says why', async () => {
  await quotedAt150()
  await held.send(frames[1])
  const row = await held.row(({ bid, previousClose }) => bid === '75' && previousClose !== undefined)
  expect(row).toMatchObject({
    price: '150',
    basis: 'trade',
    change: '0',
    changePercent: '0',
    quoteProblem: 'wide',
    bid: '75',
    ask: '150.02',
  })
  await seconds(held, 10)
  expect(held.session.snapshot()).toMatchObject({
    account: { equity: '100000', dayPnl: '0', dayPnlPercent: '0' },
    positions: [{ lastPrice: '150', marketValue: '15000', dayPnl: '0', totalPnl: '1000' }],
  })
  await held.send(frames[2])
  expect((await held.row(({ bid }) => bid === '149.99')).quoteProblem).toBeUndefined()
  await seconds(held, 10)
  const { trading } = held.session.snapshot()
  expect(trading.reasons.map(({ reason }) => reason)).not.toContain('daily-loss')
  expect(held.session.events.items.map(({ type }) => type)).not.toContain('DailyLossReached')
})

test('a wide ask of 225 does not make a buy limit of 190 look near the market: it is 26.7% above the last trade', async () => {
  await held.send(alsoOtherSide[0])
  await held.row(({ quoteProblem, price }) => quoteProblem === 'wide' && price === '150')
  const { problems } = await problemsWith(buyLimit('190'))
  const band = problems.find(({ code }) => code === 'PRICE_OUTSIDE_BAND')
  expect(band?.level).toBe('refuse')
  expect(band?.sentence).toContain('26.67% above last trade at $150.00')
})

test('a mild wide quote such as 2780 x 3095 is passed over too', async () => {
  const { last, frame } = alsoMild_AMZN_like
  await held.close()
  held = await open('2026-11-24T15:00:00Z', { ...given.lastTrade, p: last })
  await held.send(frame)
  const row = await held.row(({ bid, price }) => bid === '2780' && price !== undefined)
  expect(row).toMatchObject({ price: '3070', basis: 'trade', quoteProblem: 'wide' })
})

test('the cost of a market order is estimated at the last trade, not at a wide ask', async () => {
  await held.send(alsoOtherSide[0])
  await held.row(({ quoteProblem, price }) => quoteProblem === 'wide' && price === '150')
  const { limitPrice: _none, ...draft } = buyLimit('190')
  const { whatIf, problems } = await problemsWith({ ...draft, type: 'market' })
  expect(whatIf).toMatchObject({ cost: '150' })
  expect(whatIf.spreadCost).toBeUndefined()
  expect(problems.map(({ code, level }) => `${level} ${code}`)).toContain('refuse SPREAD_TOO_WIDE')
})

test('an exit after hours with bid 75 and last trade 150 is not a sell limit at 73.50', async () => {
  await held.close()
  held = await open('2026-11-24T22:00:00Z')
  let body: unknown
  held.server.answer('POST /v2/orders', (call) => {
    body = call.body
    return { status: 422, body: { code: 42210000, message: 'not today' } }
  })
  await held.send([{ ...frames[1][0], t: '2026-11-24T22:00:00Z' }])
  await held.row(({ bid, price }) => bid === '75' && price === '150')
  await held.session.when(({ positions, trading }) => positions.length === 1 && trading.state === 'active')
  await held.session.trading.closePosition({ intent: randomUUID(), symbol: KLMN })
  expect(body).toMatchObject({ side: 'sell', type: 'limit', limit_price: '147', extended_hours: true })
})

const quoteOf = (bp: number, ap: number, second: number): Frame => [
  {
    ...frames[0][0],
    bp,
    ap,
    t: new Date(Date.parse('2026-11-24T15:00:00Z') + second * SECOND_MS).toISOString(),
  },
]

const isLocked = ({ session }: CaseAccount): boolean =>
  session.snapshot().trading.reasons.some(({ reason }) => reason === 'daily-loss')

test('a loss that usable quotes show for three seconds ends no entries; one that they show for five does', async () => {
  await quotedAt150()
  await seconds(held, 10)
  await held.send(quoteOf(114, 114.5, 11))
  await held.session.when(({ account }) => account?.equity === '96425')
  await seconds(held, 3)
  expect(isLocked(held)).toBe(false)
  await held.send(quoteOf(149.99, 150.01, 14))
  await held.session.when(({ account }) => account?.equity === '100000')
  await seconds(held, 10)
  expect(isLocked(held)).toBe(false)
  await held.send(quoteOf(114, 114.5, 24))
  await held.session.when(({ account }) => account?.equity === '96425')
  await seconds(held, 7)
  await expect.poll(() => isLocked(held)).toBe(true)
})

test('a print far below the market under a wide quote ends no entries', async () => {
  await quotedAt150()
  await seconds(held, 10)
  await held.send(quoteOf(75, 150.02, 11))
  await held.send([{ ...given.lastTrade, i: 2, p: 100, t: '2026-11-24T15:00:12Z' }])
  await held.session.when(({ account }) => account?.equity === '95000')
  await seconds(held, 10)
  expect(isLocked(held)).toBe(false)
})

test('what Alpaca’s own equity has lost ends entries whatever the quotes say', async () => {
  await held.close()
  held = await openCase({
    at: '2026-11-24T15:00:00Z',
    account: { ...given.account, equity: '96900' },
    positions: given.positions,
  })
  await expect.poll(() => isLocked(held)).toBe(true)
})
