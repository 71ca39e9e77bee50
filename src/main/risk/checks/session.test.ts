import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import type { OrderDraft } from '#shared/trading/order'
import { caseFile } from '../../../../tests/support/case-file.ts'
import { atMarket, EASY, found, moment, p, rowWith, stops } from '../../../../tests/support/risk-context.ts'
import { stockSymbol } from '#shared/units'
import type { Asset } from '#alpaca'
import { assetPermissions } from '../asset-permissions.ts'

interface Overnight {
  readonly given: string
  readonly draft: OrderDraft
}
const { given, draft } = caseFile<Overnight>('overnight')
const attributes = JSON.parse(/attributes (\[.*\])/.exec(given)?.[1] ?? '[]') as string[]
const asset = (more: readonly string[] = attributes) =>
  assetPermissions({
    status: 'active',
    tradable: true,
    fractionable: true,
    shortable: true,
    attributes: [...more],
  } as Asset)

/** Monday, 21:00 in New York. */
const MONDAY_NIGHT = Date.parse('2026-11-24T02:00:00Z')

function night(ageMs = 500, more: Partial<Parameters<typeof moment>[0]> = {}) {
  const at = MONDAY_NIGHT - ageMs
  const row = rowWith({
    symbol: stockSymbol.parse('KLMN'),
    bid: p('100.4'),
    ask: p('100.5'),
    price: p('100.45'),
    origin: { source: 'overnight', at, receivedAt: at },
    freshness: ageMs < 2_000 ? 'live' : 'closed',
  })
  return moment({ now: MONDAY_NIGHT, session: nyse.sessionAt(MONDAY_NIGHT), asset: asset(), row, ...more })
}

test('in the overnight session an order for extended hours can trade now, which the trader is told', () => {
  expect(attributes).toContain('overnight_tradable')
  expect(nyse.sessionAt(MONDAY_NIGHT).phase).toBe('overnight')
  expect(stops(draft, night())).toEqual([])
  expect(found('OVERNIGHT_SESSION', draft, night())).toMatchObject({
    level: 'tell',
    sentence: 'Can fill now in the overnight session, until 4:00 ET.',
  })
  expect(found('MARKET_CLOSED', draft, night())).toBeUndefined()
})

test('such an order is judged by the age and the spread of its quote, as in other sessions', () => {
  expect(stops(draft, night(5 * 3_600_000))).toContain('refuse QUOTE_STALE')
  const { row } = night()
  const wide = night(500, { row: { ...row!, bid: p('98'), ask: p('100.5') } })
  expect(stops(draft, wide)).toContain('refuse SPREAD_TOO_WIDE')
})

test('a stock that does not trade overnight, or is halted there, waits for the pre-market', () => {
  for (const attributesOf of [[], ['overnight_tradable', 'overnight_halted']]) {
    const context = night(5 * 3_600_000, { asset: asset(attributesOf) })
    expect(stops(draft, context)).toEqual([])
    expect(found('MARKET_CLOSED', draft, context)?.sentence).toBe(
      'KLMN isn’t traded overnight. Pre-market opens 4:00 ET. Order queues until then.',
    )
  }
})

test('while the list of assets is unknown, the trader is told that the order may trade', () => {
  expect(found('OVERNIGHT_SESSION', draft, night(500, { asset: 'unknown' }))?.sentence).toContain(
    'If KLMN is overnight tradable',
  )
})

test('a market order waits for the regular session, and may become a limit order that trades now', () => {
  const problem = found('MARKET_CLOSED', atMarket(), night(500, { asset: EASY }))
  expect(problem).toMatchObject({
    level: 'ask',
    sentence: expect.stringContaining('Opens 9:30 ET.'),
    fix: { change: { type: 'limit', extendedHours: true, limitPrice: '100.5' } },
  })
  const { fix } = found(
    'MARKET_CLOSED',
    atMarket(),
    night(500, { asset: { ...EASY, overnightTradable: false } }),
  )!
  expect(fix).toBeUndefined()
})

test('from Friday 20:00 to Sunday 20:00 the market is closed', () => {
  const sentenceAt = (time: string) => {
    const now = Date.parse(`${time}-05:00`)
    return found('MARKET_CLOSED', draft, night(500, { now, session: nyse.sessionAt(now) }))?.sentence
  }
  expect(sentenceAt('2026-11-20T19:59')).toBeUndefined()
  for (const time of ['2026-11-20T20:00', '2026-11-21T10:00', '2026-11-22T19:59'])
    expect(sentenceAt(time)).toContain('Market closed')
  expect(sentenceAt('2026-11-21T10:00')).toContain('(weekend)')
  expect(sentenceAt('2026-11-22T20:00')).toBeUndefined()
})
