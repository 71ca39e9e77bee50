import { expect, test } from 'vitest'
import { ManualClock } from '../../../../tests/support/manual-clock.ts'
import { NOW } from '../../../../tests/support/risk-context.ts'
import type { OrderNotice } from '../deps.ts'
import { NoticeLimiter } from './notice-limiter.ts'

const notice = (kind: OrderNotice['kind'], nth = 0): OrderNotice => ({
  kind,
  key: `${kind} ${nth}`,
  title: `${kind} ${nth}`,
  body: '',
})

function limited() {
  const clock = new ManualClock(NOW)
  const shown: string[] = []
  const inWindows: string[] = []
  const limiter = new NoticeLimiter({
    onNoticed: ({ text }) => void inWindows.push(text),
    onNotice: ({ title }) => void shown.push(title),
    clock,
  })
  return {
    clock,
    shown,
    inWindows,
    tell: (...notices: readonly OrderNotice[]) => notices.forEach((one) => limiter.tell(one)),
  }
}

test('of six hundred fills at once five are shown, and the others as one sum', async () => {
  const { clock, shown, tell } = limited()
  tell(...Array.from({ length: 600 }, (_, nth) => notice('filled', nth)), notice('adjusted'))
  expect(shown).toEqual(['filled 0', 'filled 1', 'filled 2', 'filled 3', 'filled 4'])
  await clock.turn(10_000)
  expect(shown.slice(5)).toEqual(['More in the last 10 s: 595 orders filled, 1 position adjusted to Alpaca'])
})

test('what went wrong with an order is always shown', async () => {
  const { shown, tell } = limited()
  const kinds = ['rejected', 'unconfirmed', 'never-arrived', 'overfilled'] as const
  tell(...Array.from({ length: 20 }, (_, nth) => notice('filled', nth)), ...kinds.map((kind) => notice(kind)))
  expect(shown.slice(5)).toEqual(kinds.map((kind) => `${kind} 0`))
})

test('a few notices now and then are all shown, without a sum', async () => {
  const { clock, shown, tell } = limited()
  for (let round = 0; round < 3; round++) {
    tell(...Array.from({ length: 5 }, (_, nth) => notice('filled', nth)))
    await clock.turn(10_000)
  }
  expect(shown).toHaveLength(15)
})

test('the windows get every notice, and the desktop none that is for windows alone', () => {
  const { inWindows, shown, tell } = limited()
  tell(...Array.from({ length: 20 }, (_, nth) => notice('filled', nth)))
  tell({ ...notice('canceled'), body: '40 of 100 filled.', onlyInWindows: true })
  expect(inWindows).toHaveLength(21)
  expect(inWindows.at(-1)).toBe('canceled 0. 40 of 100 filled.')
  expect(shown).toHaveLength(5)
})
