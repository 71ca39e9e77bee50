import { expect, test } from 'vitest'
import type { MarketRow } from '#shared/market'
import { price, stockSymbol } from '#shared/units'
import { nextShown, snapshotRow } from './shown-row.ts'

const row = (amount: string, more: Partial<MarketRow> = {}): MarketRow => ({
  symbol: stockSymbol.parse('AAPL'),
  price: price.parse(amount),
  freshness: 'live',
  ...more,
})

test('the arrow compares with the price that was on the screen, not with one in between', () => {
  const first = snapshotRow(row('100.00'))
  const next = nextShown(first, row('99.50'))
  expect(next).toMatchObject({ direction: 'down', movedFrom: '100.00', moves: 1 })
})

test('9.99 to 10.00 is a rise', () => {
  expect(nextShown(snapshotRow(row('9.99')), row('10.00')).direction).toBe('up')
})

test('new sizes at the same price turn it gray, and do not flash', () => {
  const risen = nextShown(snapshotRow(row('100.00')), row('100.01'))
  const same = nextShown(risen, row('100.01', { bidSize: 200 }))
  expect(same).toMatchObject({ direction: 'unchanged', movedFrom: '100.00', moves: 1 })
})

test('neither the first paint nor the first price after a lost connection flashes', () => {
  expect(nextShown(undefined, row('100.00'))).toMatchObject({ direction: 'unchanged', moves: 0 })
  const lost = snapshotRow(row('100.00', { freshness: 'disconnected' }))
  expect(nextShown(lost, row('101.00'))).toMatchObject({ direction: 'unchanged', moves: 0 })
  const flashed = nextShown(snapshotRow(row('100.00')), row('100.01'))
  expect(snapshotRow(row('105.00'), flashed).moves).toBe(flashed.moves)
})

test('the last trade has a direction of its own, apart from the midpoint', () => {
  const traded = (mid: string, last: string) => row(mid, { last: price.parse(last) })
  const next = nextShown(snapshotRow(traded('100.00', '100.01')), traded('100.02', '99.99'))
  expect(next.direction).toBe('up')
  expect(next.lastMove).toEqual({ direction: 'down', movedFrom: '100.01', moves: 1 })
})
