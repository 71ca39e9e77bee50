import { expect, test, vi } from 'vitest'
import { err } from '#shared/result'
import { disagreements } from '../../../../tests/support/trading-model/disagreements.ts'
import {
  AAPL,
  fillAll,
  filling,
  heldOf,
  holding,
  orderOf,
} from '../../../../tests/support/trading-model/holding.ts'
import type { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

const INTENT = '00000000-0000-4000-8000-000000000001'

const reverse = ({ trading }: TradingWorld) =>
  trading.handlers.reverse({ intent: INTENT, symbol: AAPL, accepted: [] })

const toldNotReversed = ({ notices }: TradingWorld) =>
  notices.filter(({ kind }) => kind === 'not-reversed').map(({ title }) => title)

test('killed at any moment, a reverse never continues by itself, and what is missing is reported once', async () => {
  for (let after = 0; after < 2_000; after += after < 60 ? 1 : 97)
    for (const isStored of [true, false]) {
      const world = await holding()
      void reverse(world)
      for (let passed = 0; passed < after; passed++) {
        await world.clock.turn(1)
        if (passed % 40 === 39) fillAll(world)
      }
      world.crash({ isStored })
      const asked = world.sent.has(INTENT)
      void world.trading
      await filling(world, 120_000)
      const state = `after ${after} ms, ${isStored ? 'stored' : 'not stored'}`
      if (!asked) expect(world.sent.has(INTENT), state).toBe(false)
      const isBegun = world.log.events.some(({ payload }) => 'opens' in payload)
      const isAsked = world.log.events.some(
        ({ stream, type }) => stream === `paper:order:${INTENT}` && type === 'OrderRequested',
      )
      expect(toldNotReversed(world).length, state).toBe(isBegun && !isAsked ? 1 : 0)
      world.crash({ isStored: true })
      void world.trading
      await filling(world, 20_000)
      expect(toldNotReversed(world).length, state).toBe(isBegun && !isAsked ? 1 : 0)
      expect(disagreements(world, new Set()), state).toEqual([])
    }
}, 60_000)

test('after a crash in between, it says that the position is closed and the reverse is not completed', async () => {
  const world = await holding()
  void reverse(world)
  await world.clock.turn(1_000)
  world.crash({ isStored: true })
  fillAll(world)
  void world.trading
  await world.clock.turn(20_000)
  expect(toldNotReversed(world)).toEqual(['AAPL closed; reverse not completed'])
  expect(orderOf(world, INTENT)).toMatchObject({
    state: 'denied',
    side: 'sell',
    quantity: '10',
    problem:
      'AAPL closed; reverse not completed. Signal was restarted in between; the opposite order was not sent.',
  })
  expect(heldOf(world)).toEqual([])
  expect(await reverse(world)).toMatchObject({ ok: true, value: { state: 'denied' } })
})

test('a cut-short reverse that cannot be recorded at first is told once, when it is', async () => {
  const world = await holding()
  void reverse(world)
  await world.clock.turn(1_000)
  world.crash({ isStored: true })
  fillAll(world)
  const append = world.log.append.bind(world.log)
  let refusals = 3
  vi.spyOn(world.log, 'append').mockImplementation((given) =>
    JSON.stringify(given).includes('REVERSE_STOPPED') && refusals-- > 0
      ? (err({ kind: 'lost', message: 'Away in the test.' }) as never) // what the storage process answers
      : append(given),
  )
  void world.trading
  await world.clock.turn(300_000)
  expect(refusals).toBeLessThan(0)
  expect(toldNotReversed(world)).toEqual(['AAPL closed; reverse not completed'])
})
