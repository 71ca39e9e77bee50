import { expect, test } from 'vitest'
import type { MarketRow } from '#shared/market'
import { price, stockSymbol } from '#shared/units'
import { describeFreshness } from './describe-freshness.ts'
import { believe, provenance, sourceName } from './provenance.ts'

const now = Date.parse('2024-11-15T14:32:10Z')
const row = (more: Partial<MarketRow>): MarketRow => ({
  symbol: stockSymbol.parse('AAPL'),
  price: price.parse('185.50'),
  basis: 'mid',
  origin: { source: 'sip', at: now - 7_000, receivedAt: now - 6_977 },
  freshness: 'live',
  ...more,
})

test('a live price needs no note, a stale one shows its age', () => {
  expect(describeFreshness(row({}), now)).toBe('')
  expect(describeFreshness(row({ freshness: 'stale' }), now)).toBe('stale 7 s')
  expect(describeFreshness(row({ freshness: 'quiet' }), now)).toBe('no trades')
  expect(describeFreshness(row({ freshness: 'closed' }), now)).toBe('closed')
  expect(describeFreshness(row({ freshness: 'disconnected' }), now)).toBe('no feed')
  expect(describeFreshness({ freshness: 'waiting' }, now)).toBe('waiting for quote')
})

test('a halt is mentioned before anything else', () => {
  const halt = { code: 'T1', reason: 'News Pending', at: now }
  expect(describeFreshness(row({ freshness: 'quiet', halt }), now)).toBe('halted')
  expect(believe(row({ halt }), now).because).toContain('News Pending')
})

test('a fresh price of the whole tape is trusted, one from IEX alone with caution, a stale one not', () => {
  expect(believe(row({}), now).answer).toBe('yes')
  expect(believe(row({ origin: { source: 'iex', at: now, receivedAt: now } }), now).answer).toBe('caution')
  expect(believe(row({ freshness: 'stale' }), now)).toMatchObject({ answer: 'no' })
  expect(believe(row({ freshness: 'stale' }), now).because).toContain('7 s old')
})

test('the provenance names the feed, both times and the latency', () => {
  const facts = new Map(provenance(row({}), now))
  expect(facts.get('Exchange timestamp')).toBe('09:32:03 ET')
  expect(facts.get('Latency')).toBe('23 ms')
  expect(facts.get('Feed')).toBe('SIP (all US exchanges)')
})

test('a clock behind the exchange is not shown as a negative latency', () => {
  const early = row({ origin: { source: 'sip', at: now, receivedAt: now - 500 } })
  expect(new Map(provenance(early, now)).get('Latency')).toBe('computer clock is slow')
})

test('a wide quote that was passed over is named in the cell, with the price that is shown instead', () => {
  const wide = row({
    bid: price.parse('75'),
    ask: price.parse('150.02'),
    basis: 'trade',
    quoteProblem: 'wide',
  })
  expect(describeFreshness(wide, now)).toBe('wide quote')
  expect(describeFreshness({ ...wide, freshness: 'stale' }, now)).toBe('stale 7 s')
  const facts = new Map(provenance(wide, now))
  expect(facts.get('Showing')).toBe('last trade')
  expect(facts.get('Quote')).toBe('not used: spread of 66.7% is too wide')
  expect(believe(wide, now)).toEqual({
    answer: 'caution',
    because: 'Showing last trade, 7 s old. Quote not used: spread of 66.7% is too wide.',
  })
})

test('what a change is measured from is named: the official close, one exchange alone, a split in between', () => {
  const from = (previousCloseOf: MarketRow['previousCloseOf']) =>
    new Map(provenance(row(previousCloseOf === undefined ? {} : { previousCloseOf }), now)).get('Change from')
  expect(from(undefined)).toBeUndefined()
  expect(from({ feed: 'sip', day: '2024-11-14' })).toBe('official close of 2024-11-14')
  expect(from({ feed: 'iex', day: '2024-11-14', split: '4-for-1' })).toBe(
    'last IEX trade of 2024-11-14, adjusted for 4-for-1 split',
  )
})

test('a delayed feed is called delayed, and its prices are not believed, however usual their age', () => {
  const origin = { at: now - 900_000, receivedAt: now }
  const delayed = row({ origin: { ...origin, source: 'delayed_sip' } })
  expect(new Map(provenance(delayed, now)).get('Feed')).toBe('SIP, delayed 15 min')
  for (const source of ['delayed_sip', 'host:delayed_sip@127.0.0.1:4000'] as const)
    for (const freshness of ['live', 'quiet', 'stale', 'closed'] as const)
      expect(believe(row({ origin: { ...origin, source }, freshness }), now)).toMatchObject({
        answer: 'no',
        because: expect.stringContaining('Delayed 15 min') as string,
      })
})

test('a feed of a foreign host bears the host’s name, and what the host calls it', () => {
  const source = 'host:delayed_sip@127.0.0.1:4000' as const
  expect(sourceName(source)).toBe('127.0.0.1:4000 (not Alpaca), labeled SIP, delayed 15 min')
})
