import { expect, test } from 'vitest'
import { status, TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { endedByTrade, haltAfter } from './halts.ts'

const halt = haltAfter(undefined, status())

test('a halt has its reason and its start time', () => {
  expect(halt).toEqual({ code: 'T1', reason: 'Halt News Pending', at: TEN_O_CLOCK })
})

test('both tapes’ status codes halt and resume', () => {
  for (const statusCode of ['2', 'H', 'P'])
    expect(haltAfter(undefined, status({ statusCode }))?.at).toBe(TEN_O_CLOCK)
  for (const statusCode of ['3', 'T']) expect(haltAfter(halt, status({ statusCode }))).toBeUndefined()
})

test('resuming quotes does not resume trading, and other statuses change nothing', () => {
  expect(haltAfter(halt, status({ statusCode: 'Q' }))).toBe(halt)
  expect(haltAfter(halt, status({ statusCode: 'E' }))).toBe(halt)
  expect(haltAfter(undefined, status({ statusCode: 'D' }))).toBeUndefined()
})

test('a late resumption of an earlier halt does not end this one', () => {
  expect(haltAfter(halt, status({ statusCode: 'T', at: TEN_O_CLOCK - 1_000 }))).toBe(halt)
})

test('a halt without a reason still has a description', () => {
  const bare = status({ reasonMessage: '', reasonCode: '' })
  expect(haltAfter(undefined, bare)).toMatchObject({ code: 'H', reason: 'Trading Halt' })
  expect(haltAfter(undefined, { ...bare, statusMessage: '' })?.reason).toBe('halted (no reason given)')
})

test('a trade well after the halt shows that trading resumed; one at the moment of the halt does not', () => {
  if (halt === undefined) throw new Error('no halt')
  expect(endedByTrade(halt, TEN_O_CLOCK + 1_000)).toBe(false)
  expect(endedByTrade(halt, TEN_O_CLOCK + 10_000)).toBe(true)
})
