import { expect, test } from 'vitest'
import { tradingStateOf, type TradingContext } from './trading-state.ts'

const stateOf = (context: Partial<TradingContext>) =>
  tradingStateOf({ mode: 'paper', disarmedSince: 1, ...context })

test('trading is active when nothing limits it', () => {
  expect(stateOf({})).toEqual({ state: 'active', reasons: [] })
})

test('any doubt allows only exits, and says since when', () => {
  expect(stateOf({ feedMuteSince: 7 })).toMatchObject({
    state: 'reducing',
    reasons: [{ reason: 'feed-mute', since: 7 }],
  })
})

test('the kill switch blocks trading whatever else applies; the gravest reason comes first', () => {
  const { state, reasons } = stateOf({
    reconcilingSince: 1,
    disconnectedSince: 2,
    databaseAwaySince: 3,
    lossReachedAt: 4,
    haltedSince: 5,
    feedMuteSince: 6,
  })
  expect(state).toBe('halted')
  expect(reasons.map(({ reason }) => reason)).toEqual([
    'kill-switch',
    'daily-loss',
    'database-away',
    'disconnected',
    'reconciling',
    'feed-mute',
  ])
  for (const { sentence } of reasons) expect(sentence).toMatch(/^[A-Z].*[.…]$/)
})

test('unconfirmed limits block trading with their reasons, as does a safety file that cannot be written', () => {
  const unconfirmed = { since: 3, reasons: ['The database was replaced.'] }
  const { state, reasons } = stateOf({ unconfirmed, unwrittenSince: 4 })
  expect(state).toBe('halted')
  expect(reasons.map(({ reason }) => reason)).toEqual(['limits-unconfirmed', 'safety-file'])
  expect(reasons[0]?.sentence).toMatch(/^The database was replaced\. New orders are blocked until/)
  expect(stateOf({ unconfirmed }).state).toBe('halted')
  expect(stateOf({ unwrittenSince: 4 }).state).toBe('halted')
})

test('the live account must be armed, and says until when; the others need not be', () => {
  expect(stateOf({ mode: 'live' })).toMatchObject({
    state: 'reducing',
    reasons: [{ reason: 'not-armed', since: 1 }],
  })
  expect(stateOf({ mode: 'live', armedUntil: 9 })).toEqual({ state: 'active', reasons: [], armedUntil: 9 })
  expect(stateOf({ mode: 'demo', armedUntil: 9 })).toEqual({ state: 'active', reasons: [] })
})
