import { expect, test } from 'vitest'
import { checkDraft, dailyLoss } from '../index.ts'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import {
  accountWith,
  atMarket,
  draftWith,
  fixed,
  found,
  heldBack,
  holding,
  moment,
  NOW,
  q,
  s,
  stops,
  working,
} from '../../../../tests/support/risk-context.ts'

const exit = atMarket({ side: 'sell' })
const long = { position: holding('10') }

test.each([
  ['feed-mute', 'FEED_MUTE'],
  ['reconciling', 'RECONCILING'],
  ['disconnected', 'NOT_CONNECTED'],
  ['not-armed', 'LIVE_NOT_ARMED'],
] as const)('%s refuses entries with %s, but no exit', (reason, code) => {
  const trading = heldBack('reducing', reason)
  const problem = found(code, draftWith(), moment({ trading }))
  expect(problem?.level).toBe('refuse')
  expect(problem?.sentence).toBe(`Because of ${reason}. Closing orders only.`)
  expect(stops(exit, moment({ trading, ...long }))).toEqual([])
})

test('the daily loss reason is shown as it is, without the note about exits', () => {
  const trading = heldBack('reducing', 'daily-loss')
  expect(found('DAILY_LOSS_LIMIT', draftWith(), moment({ trading }))?.sentence).toBe('Because of daily-loss.')
  expect(stops(exit, moment({ trading, ...long }))).toEqual([])
})

test('the kill switch refuses everything and says how to continue', () => {
  const trading = heldBack('halted', 'kill-switch')
  expect(stops(exit, moment({ trading, ...long }))).toEqual(['refuse KILL_SWITCH_ENGAGED'])
  expect(found('KILL_SWITCH_ENGAGED', draftWith(), moment({ trading }))?.sentence).toBe(
    'Because of kill-switch.',
  )
  expect(found('KILL_SWITCH_ENGAGED', exit, moment({ trading, ...long }))?.sentence).toContain(
    'close or flatten the position',
  )
  const unsaid = moment({ trading: heldBack('halted') })
  expect(found('KILL_SWITCH_ENGAGED', draftWith(), unsaid)?.sentence).toContain('Turn it off')
})

test('without the database nothing can be recorded, so nothing is sent, and the way out is shown', () => {
  const trading = heldBack('reducing', 'database-away')
  expect(stops(exit, moment({ trading, ...long }))).toEqual(['refuse DATABASE_AWAY'])
  expect(stops(draftWith(), moment({ trading }))).toEqual(['refuse DATABASE_AWAY'])
  expect(found('DATABASE_AWAY', exit, moment({ trading, ...long }))?.sentence).toContain(
    'flatten or use Alpaca',
  )
})

test('every reason that applies is reported', () => {
  const trading = heldBack('reducing', 'feed-mute', 'not-armed')
  expect(stops(draftWith(), moment({ trading }))).toEqual(['refuse FEED_MUTE', 'refuse LIVE_NOT_ARMED'])
})

test('one key turns an order larger than the position into an exit', () => {
  const trading = heldBack('reducing', 'feed-mute')
  const context = moment({ trading, ...long })
  const over = atMarket({ side: 'sell', quantity: q('11') })
  const problem = found('REDUCE_ONLY_WOULD_INCREASE_POSITION', over, context)
  expect(problem?.level).toBe('refuse')
  expect(stops(fixed(over, problem), context)).toEqual([])
  const taken = moment({ trading, ...long, openOrders: [working('a', { quantity: q('10') })] })
  expect(found('REDUCE_ONLY_WOULD_INCREASE_POSITION', exit, taken)?.fix).toMatchObject({ orderId: 'a' })
})

test('the live account opens no position until it is armed, and offers to arm it', () => {
  const live = (armedUntil?: number) =>
    moment({
      mode: 'live',
      trading: { state: 'active', reasons: [], ...(armedUntil !== undefined && { armedUntil }) },
    })
  expect(stops(draftWith(), live(NOW + 1))).toEqual([])
  expect(stops(draftWith(), live(NOW))).toEqual(['refuse LIVE_NOT_ARMED'])
  expect(found('LIVE_NOT_ARMED', draftWith(), live())?.fix).toMatchObject({ kind: 'arm' })
  expect(stops(exit, { ...live(), ...long })).toEqual([])
})

const lost = (equity: string) => moment({ account: accountWith({ equity: s(equity) }) })

test('a loss warns from four fifths of the limit, and refuses entries at the limit', () => {
  const level = (equity: string) => found('DAILY_LOSS_LIMIT', draftWith(), lost(equity))?.level
  expect(level('97600.01')).toBeUndefined()
  expect(level('97600')).toBe('tell')
  expect(level('97000.01')).toBe('tell')
  expect(level('97000')).toBe('refuse')
  expect(found('DAILY_LOSS_LIMIT', draftWith(), lost('96500'))?.sentence).toBe(
    'Daily loss $3,500.00 (3.5%) has reached your 3% limit. Close-only until next session.',
  )
  expect(stops(exit, { ...lost('50000'), ...long })).toEqual([])
})

test('the daily loss is reported once, even if two checks find it', () => {
  const context = { ...lost('96000'), trading: heldBack('reducing', 'daily-loss') }
  expect(checkDraft(draftWith(), context).filter(({ code }) => code === 'DAILY_LOSS_LIMIT')).toHaveLength(1)
})

test('a gain, an unknown account and an account without equity count as no loss', () => {
  for (const account of [
    undefined,
    accountWith({ equity: s('120000') }),
    accountWith({ lastEquity: s('0') }),
  ]) {
    const { state, lossPercent } = dailyLoss(account, DEFAULT_RISK_LIMITS)
    expect([state, lossPercent.toFixed()]).toEqual(['fine', '0'])
  }
})
